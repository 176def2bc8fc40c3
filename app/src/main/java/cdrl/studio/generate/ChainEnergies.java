package cdrl.studio.generate;

import cdrl.runtime.HostTensor;
import cdrl.studio.engine.SamplingService;
import cdrl.studio.engine.Trace;
import cdrl.studio.workspace.WorkspaceContext;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;
import org.jspecify.annotations.Nullable;

/**
 * The energies of the images along their Langevin chains at a level: those of the selected one
 * first, then one image after the other.
 */
final class ChainEnergies {
  /** What stands where a step was not kept. */
  private static final Float UNKNOWN = Float.NaN;

  /** The chains at one level. */
  private record Chains(Trace trace, int level) {
    boolean areSameAs(@Nullable Chains other) {
      return other != null && trace.isOfSameRun(other.trace) && level == other.level;
    }
  }

  private final WorkspaceContext context;
  private final SamplingService samples;
  private final ReadOnlyObjectWrapper<List<Float>> values = new ReadOnlyObjectWrapper<>(List.of());
  private final ReadOnlyObjectWrapper<List<List<Float>>> others =
      new ReadOnlyObjectWrapper<>(List.of());
  private final Map<Integer, List<Float>> known = new HashMap<>();
  private @Nullable Chains asked;
  private int selected;
  private boolean busy;

  /**
   * @param samples compute energies
   */
  ChainEnergies(WorkspaceContext context, SamplingService samples) {
    this.context = context;
    this.samples = samples;
  }

  /** Those of the selected image, one per step, NaN where that is not kept; none while unknown. */
  ReadOnlyObjectProperty<List<Float>> valuesProperty() {
    return values.getReadOnlyProperty();
  }

  /** Those of the other images, as far as they are known. */
  ReadOnlyObjectProperty<List<List<Float>>> othersProperty() {
    return others.getReadOnlyProperty();
  }

  /** Shows none. */
  void clear() {
    asked = null;
    known.clear();
    show();
  }

  /** Asks for those of all images at a level; none where the chains are not known. */
  void ask(Trace trace, int level, int index) {
    Chains wanted = new Chains(trace, level);
    boolean same = wanted.areSameAs(asked);
    if (same && index == selected) {
      return;
    }
    selected = index;
    if (!same) {
      known.clear();
      asked = trace.hasChain(level) ? wanted : null;
    }
    show();
    next();
  }

  private void show() {
    values.set(known.getOrDefault(selected, List.of()));
    List<List<Float>> rest = new ArrayList<>();
    known.forEach(
        (index, energies) -> {
          if (index != selected) {
            rest.add(energies);
          }
        });
    others.set(List.copyOf(rest));
  }

  /** Asks for one more image unless an answer is waited for, so that what is newest comes soon. */
  private void next() {
    Chains wanted = asked;
    if (busy || wanted == null) {
      return;
    }
    int index = selected;
    for (int i = 0; known.containsKey(index) && i < wanted.trace().settings().count(); i++) {
      index = i;
    }
    HostTensor states =
        known.containsKey(index) ? null : wanted.trace().chain(wanted.level(), index);
    if (states == null) {
      return;
    }
    int image = index;
    busy = true;
    samples
        .energies(wanted.trace().model(), wanted.trace().settings(), image, wanted.level(), states)
        .result()
        .whenComplete(
            (energies, problem) ->
                context.userInterface().execute(() -> answered(wanted, image, energies, problem)));
  }

  private void answered(
      Chains wanted, int image, float @Nullable [] energies, @Nullable Throwable problem) {
    busy = false;
    if (problem != null && wanted.areSameAs(asked)) {
      asked = null; // the others would fail as well
      context.problems().report(problem);
    } else if (energies != null && wanted.areSameAs(asked)) {
      known.put(image, perStep(wanted.trace(), energies));
      show();
    }
    next();
  }

  private static List<Float> perStep(Trace trace, float[] energies) {
    List<Float> all = new ArrayList<>();
    int next = 0;
    for (int step = 0; step <= trace.settings().langevinSteps(); step++) {
      all.add(trace.keepsStep(step) ? Float.valueOf(energies[next++]) : UNKNOWN);
    }
    return List.copyOf(all);
  }
}
