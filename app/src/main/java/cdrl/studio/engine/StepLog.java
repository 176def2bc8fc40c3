package cdrl.studio.engine;

import cdrl.runtime.HostTensor;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a run looked like after every Langevin step, to 16 bits a value, as far as memory allows.
 * Written by the engine, read by the user interface.
 */
final class StepLog {
  /** Bound on the values of one run (24 MB). */
  private static final long MOST_VALUES = 12L << 20;

  private final Map<Integer, List<Step>> steps = new HashMap<>();
  private long room = MOST_VALUES;

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
      for (int i = 0; i < about.length; i++) {
        about[i] = values[i] * unit;
      }
      return new HostTensor(shape, about);
    }
  }

  /** Adds the next step of a level. */
  synchronized void add(int level, HostTensor value) {
    room -= value.values().length;
    if (room >= 0) {
      steps.computeIfAbsent(level, key -> new ArrayList<>()).add(Step.of(value));
    }
  }

  /** The values after a step (1 … K) of a level, null when they were not kept. */
  synchronized @Nullable HostTensor at(int level, int step) {
    List<Step> known = steps.get(level);
    return known == null || step < 1 || step > known.size() ? null : known.get(step - 1).tensor();
  }
}
