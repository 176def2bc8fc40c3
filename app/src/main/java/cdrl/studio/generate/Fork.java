package cdrl.studio.generate;

import cdrl.runtime.HostTensor;
import cdrl.sampling.SamplingSettings;
import cdrl.studio.engine.LoadedModel;
import cdrl.studio.engine.Trace;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** A state of a run from which another run goes on. Safe to use from every thread. */
final class Fork {
  /**
   * A run, and the level from which the next one goes on.
   *
   * @param level the level at which that run had been refined; the run's start level for what it
   *     began with
   */
  record Ancestor(SamplingSettings settings, int level) {
    /** The Langevin steps to that level. */
    int steps() {
      return (settings.startLevel() - level) * settings.langevinSteps();
    }
  }

  private final LoadedModel model;
  private final List<Ancestor> ancestors;
  private volatile @Nullable HostTensor start;

  /**
   * @param ancestors the oldest first, at least one
   * @param start null where it is to be drawn again
   */
  Fork(LoadedModel model, List<Ancestor> ancestors, @Nullable HostTensor start) {
    this.model = model;
    this.ancestors = List.copyOf(ancestors);
    this.start = start;
  }

  /**
   * The state of a run at a stop; null where none can be gone on from.
   *
   * @param before what the run itself goes on from
   */
  static @Nullable Fork of(Trace trace, int stop, @Nullable Fork before) {
    int level = trace.levelOf(stop);
    boolean fromNoise = stop <= 0;
    HostTensor state = level < 1 ? null : fromNoise ? trace.noise() : trace.refined(level);
    if (state == null
        || trace.stepsAt(level) < (fromNoise ? 0 : trace.settings().langevinSteps())) {
      return null;
    }
    List<Ancestor> line = new ArrayList<>(before == null ? List.of() : before.ancestors);
    line.add(new Ancestor(trace.settings(), level));
    return new Fork(trace.model(), line, state);
  }

  LoadedModel model() {
    return model;
  }

  List<Ancestor> ancestors() {
    return ancestors;
  }

  private Ancestor parent() {
    return ancestors.get(ancestors.size() - 1);
  }

  /** The level from which the run goes on. */
  int level() {
    return parent().level();
  }

  /** The number of images. */
  int count() {
    return parent().settings().count();
  }

  /** What the run begins with; null until it was drawn again. */
  @Nullable HostTensor start() {
    return start;
  }

  /** Keeps what was drawn again. */
  void drawn(HostTensor state) {
    start = state;
  }

  @Override
  public String toString() {
    return ancestors.stream()
        .map(ancestor -> ancestor.level() + ":" + ancestor.settings().seed())
        .collect(Collectors.joining(" "));
  }
}
