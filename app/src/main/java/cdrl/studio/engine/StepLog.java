package cdrl.studio.engine;

import cdrl.runtime.HostTensor;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a run looked like after every Langevin step, as far as memory allows. Written by the engine,
 * read by the user interface.
 */
final class StepLog {
  /** Bound on the memory of one run, in float values (48 MB). */
  private static final long MOST_VALUES = 12L << 20;

  private final Map<Integer, List<HostTensor>> steps = new HashMap<>();
  private long room = MOST_VALUES;

  /** Adds the next step of a level. */
  synchronized void add(int level, HostTensor value) {
    room -= value.values().length;
    if (room >= 0) {
      steps.computeIfAbsent(level, key -> new ArrayList<>()).add(value);
    }
  }

  /** The values after a step (1 … K) of a level, null when they were not kept. */
  synchronized @Nullable HostTensor at(int level, int step) {
    List<HostTensor> known = steps.get(level);
    return known == null || step < 1 || step > known.size() ? null : known.get(step - 1);
  }
}
