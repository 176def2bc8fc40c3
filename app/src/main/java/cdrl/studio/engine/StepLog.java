package cdrl.studio.engine;

import cdrl.runtime.HostTensor;
import cdrl.sampling.SamplingSettings;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What a run looked like between its Langevin steps, rounded far below the noise of a step: after
 * every step where memory allows that, else after every second, every third, … one of each level.
 * Written by the engine, one step after another; read by the user interface.
 */
final class StepLog {
  /** Bound on the values of one run (24 MB and a little more). */
  private static final long MOST_VALUES = 24L << 20;

  /** So many steps are kept as changes from the first of them, to be read in little time. */
  private static final int TOGETHER = 16;

  private final Map<Integer, List<Chain>> levels = new HashMap<>();

  /** The steps to which more are added. */
  private @Nullable Chain open;

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
   * What one step changed, to 8 bits a value.
   *
   * @param unit what a value of 1 stands for
   */
  @SuppressWarnings("ArrayRecordComponent") // nobody changes or compares them
  private record Change(float unit, byte[] values) {}

  /**
   * Some steps of one level: the first to 16 bits a value, of the others what they changed. Each
   * change is from what is read back for the step before, so that errors do not add up.
   */
  private static final class Chain {
    private final long[] shape;
    private final float unit;
    private final short[] first;
    private final List<Change> changes = new ArrayList<>();

    /** What is read back for the last step, while more are added. */
    private float @Nullable [] last;

    Chain(HostTensor tensor) {
      shape = tensor.shape();
      float[] exact = tensor.values();
      unit = largest(exact) / Short.MAX_VALUE;
      first = new short[exact.length];
      for (int i = 0; i < exact.length; i++) {
        first[i] = (short) Math.round(exact[i] / unit);
      }
      last = tensor(1).values();
    }

    /** No more is added. */
    void end() {
      last = null;
    }

    private static float largest(float[] values) {
      float largest = Float.MIN_NORMAL;
      for (float value : values) {
        largest = Math.max(largest, Math.abs(value));
      }
      return largest;
    }

    /** How many steps there are. */
    int size() {
      return 1 + changes.size();
    }

    void add(HostTensor tensor) {
      float[] known = Objects.requireNonNull(last);
      float[] difference = tensor.values().clone();
      for (int i = 0; i < known.length; i++) {
        difference[i] -= known[i];
      }
      float unit = largest(difference) / Byte.MAX_VALUE;
      byte[] values = new byte[known.length];
      for (int i = 0; i < known.length; i++) {
        values[i] = (byte) Math.round(difference[i] / unit);
        known[i] += values[i] * unit;
      }
      changes.add(new Change(unit, values));
    }

    HostTensor tensor(int number) {
      float[] about = new float[first.length];
      copy(number, 0, about, 0, about.length);
      return new HostTensor(shape, about);
    }

    /**
     * Copies some values.
     *
     * @param number the step, from 1
     */
    void copy(int number, int from, float[] to, int at, int size) {
      for (int i = 0; i < size; i++) {
        to[at + i] = first[from + i] * unit;
      }
      for (Change change : changes.subList(0, number - 1)) {
        for (int i = 0; i < size; i++) {
          to[at + i] += change.values[from + i] * change.unit;
        }
      }
    }
  }

  /** Of so many steps one is kept. */
  int stride() {
    return stride;
  }

  /**
   * Adds what a step of a level made, where it is one of those that are kept and follows on the one
   * that was added last.
   */
  synchronized void add(int level, int step, HostTensor value) {
    List<Chain> chains = levels.computeIfAbsent(level, key -> new ArrayList<>());
    int number = step / stride;
    if (step % stride != 0 || number != size(chains) + 1) {
      return;
    }
    if (number % TOGETHER == 1) {
      if (open != null) {
        open.end();
      }
      open = new Chain(value);
      chains.add(open);
    } else if (open != null && open == chains.get(chains.size() - 1)) {
      open.add(value);
    }
  }

  private static int size(List<Chain> chains) {
    int whole = chains.size() - 1;
    return whole < 0 ? 0 : whole * TOGETHER + chains.get(whole).size();
  }

  /** The steps among which one is, null when it was not kept. */
  private @Nullable Chain holding(int level, int step) {
    List<Chain> chains = levels.getOrDefault(level, List.of());
    return step > 0 && step % stride == 0 && step / stride <= size(chains)
        ? chains.get((step / stride - 1) / TOGETHER)
        : null;
  }

  /** Which of the steps that are kept together a step is, from 1. */
  private int place(int step) {
    return (step / stride - 1) % TOGETHER + 1;
  }

  /** The values after a step (1 … K − 1) of a level, null when they were not kept. */
  synchronized @Nullable HostTensor at(int level, int step) {
    Chain known = holding(level, step);
    return known == null ? null : known.tensor(place(step));
  }

  /**
   * Copies one item after a step.
   *
   * @return whether that was kept
   */
  synchronized boolean copy(int level, int step, int index, float[] to, int at, int size) {
    Chain known = holding(level, step);
    if (known == null || (index + 1) * size > known.first.length) {
      return false;
    }
    known.copy(place(step), index * size, to, at, size);
    return true;
  }
}
