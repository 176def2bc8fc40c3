package cdrl.studio.engine;

import cdrl.data.Drawing;
import cdrl.data.PlaneShape;
import cdrl.evaluate.DensityGrid;
import cdrl.model.Provenance;
import cdrl.runtime.CdrlException;
import cdrl.schedule.NoiseSchedule;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The true densities of data that are known: those of the shapes that come with the program, and of
 * drawings that a model remembers. Safe to use from every thread.
 */
final class KnownDensities {
  private final Map<Drawing, NoisyDensity> known = new ConcurrentHashMap<>();

  /** What a model learned, where that is known. */
  static Optional<Drawing> source(LoadedModel model) {
    Provenance provenance = model.description().provenance();
    String drawing = provenance.settings().get(LiveRecipe.DRAWING);
    if (drawing == null) {
      return PlaneShape.of(provenance.data()).map(shape -> new Drawing(shape, List.of()));
    }
    try {
      Drawing read = Drawing.parse(drawing);
      return read.isBlank() ? Optional.empty() : Optional.of(read);
    } catch (CdrlException e) {
      return Optional.empty(); // somebody else's file; the density just stays unknown
    }
  }

  /** The true density at a noise level. Takes a while; nothing that a person waits at. */
  DensityGrid at(Drawing source, NoiseSchedule schedule, int level, int size, double extent) {
    return known
        .computeIfAbsent(source, drawing -> new NoisyDensity(drawing.distribution()))
        .at(schedule.signalScale(level), schedule.noiseScale(level), size, extent);
  }
}
