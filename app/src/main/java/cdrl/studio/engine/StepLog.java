package cdrl.studio.engine;

import cdrl.runtime.HostTensor;
import cdrl.sampling.SamplingSettings;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a run looked like between its Langevin steps, to 16 bits a value: after every step where
 * memory allows that, else after every second, every third, … one of each level. Written by the
 * engine, read by the user interface.
 */
final class StepLog {
  /** Bound on the values of one run (24 MB). */
  private static final long MOST_VALUES = 12L << 20;

  private final Map<Integer, Map<Integer, Step>> steps = new HashMap<>();
  private final int stride;

  /**
   * @param itemSize the values of one item
   * @param settings of the run
   */
  StepLog(long itemSize, SamplingSettings settings) {
    long values = itemSize * settings.count() * settings.startLevel();
    int least = 1;
    while (values * between(settings.langevinSteps(), least) > MOST_VALUES) {
      least++;
    }
    stride = least;
  }

  private StepLog() {
    stride = Integer.MAX_VALUE;
  }

  /** Keeps no step, for where nobody can look at one. */
  static StepLog ofNothing() {
    return new StepLog();
  }

  /** How many steps are kept between the proposal and the refined items. */
  private static long between(int all, int stride) {
    return (all - 1L) / stride;
  }

  /**
   * The values after one step, rounded far below the noise of a Langevin step.
   *
   * @param unit what a value of 1 stands for
   */
  @SuppressWarnings("ArrayRecordComponent") // nobody changes or compares them
  private record Step(long[] shape, float unit, short[] values) {
    static Step of(HostTensor tensor) {
      float[] exact = tensor.values();
      float most = Float.MIN_NORMAL;
      for (float value : exact) {
        most = Math.max(most, Math.abs(value));
      }
      float unit = most / Short.MAX_VALUE;
      short[] values = new short[exact.length];
      for (int i = 0; i < exact.length; i++) {
        values[i] = (short) Math.round(exact[i] / unit);
      }
      return new Step(tensor.shape(), unit, values);
    }

    HostTensor tensor() {
      float[] about = new float[values.length];
      copy(0, about, 0, values.length);
      return new HostTensor(shape, about);
    }

    private void copy(int from, float[] to, int at, int size) {
      for (int i = 0; i < size; i++) {
        to[at + i] = values[from + i] * unit;
      }
    }
  }

  /** Of so many steps one is kept. */
  int stride() {
    return stride;
  }

  /** Adds what a step of a level made, where it is one of those that are kept. */
  synchronized void add(int level, int step, HostTensor value) {
    if (step % stride == 0) {
      steps.computeIfAbsent(level, key -> new HashMap<>()).put(step, Step.of(value));
    }
  }

  private @Nullable Step find(int level, int step) {
    return steps.getOrDefault(level, Map.of()).get(step);
  }

  /** The values after a step (1 … K − 1) of a level, null when they were not kept. */
  synchronized @Nullable HostTensor at(int level, int step) {
    Step known = find(level, step);
    return known == null ? null : known.tensor();
  }

  /**
   * Copies one item after a step.
   *
   * @return whether that was kept
   */
  synchronized boolean copy(int level, int step, int index, float[] to, int at, int size) {
    Step known = find(level, step);
    if (known == null || (index + 1) * size > known.values.length) {
      return false;
    }
    known.copy(index * size, to, at, size);
    return true;
  }
}
