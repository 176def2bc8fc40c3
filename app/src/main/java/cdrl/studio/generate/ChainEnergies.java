package cdrl.studio.generate;

import cdrl.runtime.HostTensor;
import cdrl.studio.engine.SamplingService;
import cdrl.studio.engine.Trace;
import cdrl.studio.workspace.WorkspaceContext;
import java.util.ArrayList;
import java.util.List;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;
import org.jspecify.annotations.Nullable;

/** The energies of one image along its Langevin chain at a level. */
final class ChainEnergies {
  /** The chain of one image at one level. */
  private record Chain(Trace trace, int level, int index) {
    boolean isSameAs(@Nullable Chain other) {
      return other != null
          && trace.isOfSameRun(other.trace)
          && level == other.level
          && index == other.index;
    }
  }

  private final WorkspaceContext context;
  private final SamplingService samples;
  private final ReadOnlyObjectWrapper<List<Float>> values = new ReadOnlyObjectWrapper<>(List.of());
  private @Nullable Chain asked;

  /**
   * @param samples compute energies
   */
  ChainEnergies(WorkspaceContext context, SamplingService samples) {
    this.context = context;
    this.samples = samples;
  }

  /** One per step; none while they are unknown. */
  ReadOnlyObjectProperty<List<Float>> valuesProperty() {
    return values.getReadOnlyProperty();
  }

  /** Shows none. */
  void clear() {
    asked = null;
    values.set(List.of());
  }

  /** Asks for those of an image at a level; none where the chain is not known. */
  void ask(Trace trace, int level, int index) {
    Chain wanted = new Chain(trace, level, index);
    HostTensor states = trace.chain(level, index);
    if (states == null) {
      clear();
      return;
    }
    if (wanted.isSameAs(asked)) {
      return;
    }
    asked = wanted;
    values.set(List.of());
    samples
        .energies(trace.model(), trace.settings(), index, level, states)
        .result()
        .whenComplete(
            (energies, problem) ->
                context.userInterface().execute(() -> answered(wanted, energies, problem)));
  }

  private void answered(Chain wanted, float @Nullable [] energies, @Nullable Throwable problem) {
    if (problem != null) {
      context.problems().report(problem);
    } else if (energies != null && wanted.isSameAs(asked)) {
      List<Float> all = new ArrayList<>();
      for (float energy : energies) {
        all.add(energy);
      }
      values.set(List.copyOf(all));
    }
  }
}
