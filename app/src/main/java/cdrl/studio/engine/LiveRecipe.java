package cdrl.studio.engine;

import cdrl.data.Drawing;
import cdrl.data.PlaneShape;
import cdrl.data.PointDataSet;
import cdrl.runtime.CdrlException;
import cdrl.schedule.ScheduleSpec;
import cdrl.store.Checkpoint;
import cdrl.training.ConfigFile;
import cdrl.training.DialTurns;
import cdrl.training.Dials;
import cdrl.training.Presets;
import cdrl.training.TrainingConfig;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * What to train in the window, in full: the same recipe and the same turns of the dials make the
 * same model.
 *
 * @param drawing what to learn; not blank
 * @param dials at the start
 * @param seed of the training and of the points
 */
public record LiveRecipe(Drawing drawing, Dials dials, long seed) {
  /** The setting that holds the drawing. */
  public static final String DRAWING = "data.drawing";

  /** The setting that holds what was changed while the training ran. */
  public static final String CHANGES = "training.changes";

  private static final String PRESET = "live";
  private static final String DIALS = "training.dials";
  private static final String SEED = "training.seed";

  /** The learning rates and the Langevin steps to begin with. */
  public static Dials usualDials() {
    return Dials.of(preset().config(List.of()));
  }

  /** The noise levels of every training. */
  public static ScheduleSpec schedule() {
    return preset().config(List.of()).schedule();
  }

  private static Presets.Preset preset() {
    return Presets.find(PRESET).orElseThrow();
  }

  /**
   * What a training was begun with.
   *
   * @throws CdrlException when the checkpoint does not tell
   */
  public static LiveRecipe of(Checkpoint state) {
    Dials dials = DialTurns.parse(state.counters().getOrDefault(DIALS, "")).at(0).orElse(null);
    String drawn = state.counters().get(DRAWING);
    if (dials == null || drawn == null) {
      throw new CdrlException("The checkpoint is not one of a training in the window.");
    }
    return new LiveRecipe(Drawing.parse(drawn), dials, state.counter(SEED));
  }

  /** All of it in words, as {@link #of} takes it from a checkpoint. */
  Map<String, String> words() {
    String begun = new DialTurns(List.of(new DialTurns.Turn(0, dials))).text();
    return Map.of(DRAWING, drawing.text(), DIALS, begun, SEED, Long.toString(seed));
  }

  private Optional<PlaneShape> shape() {
    return drawing.isDrawn() ? Optional.empty() : Optional.ofNullable(drawing.start());
  }

  /** The configuration of the training. */
  TrainingConfig config() {
    List<String> changes = new ArrayList<>();
    changes.add("data.kind=" + shape().map(PlaneShape::title).orElse("picture"));
    if (shape().isEmpty()) {
      changes.add("data.path=drawing");
    }
    changes.add("training.seed=" + seed);
    changes.add("training.energyRate=" + dials.energyRate());
    changes.add("training.initializerRate=" + dials.initializerRate());
    changes.add("langevin.steps=" + dials.langevinSteps());
    return preset().config(changes);
  }

  /** The points to learn from. */
  PointDataSet data() {
    int count = Integer.parseInt(Objects.requireNonNull(settings().get("data.points")));
    return drawing.distribution().points(count, seed);
  }

  private Map<String, String> settings() {
    return new LinkedHashMap<>(ConfigFile.settings(config()));
  }

  /** Every setting, with the drawing in place of a file, and with what was changed meanwhile. */
  Map<String, String> settings(DialTurns turns) {
    Map<String, String> settings = settings();
    if (shape().isEmpty()) {
      settings.put("data.kind", "drawing");
      settings.remove("data.path");
    }
    settings.put(DRAWING, drawing.text());
    settings.put("training.place", "in the window");
    settings.put(CHANGES, turns.text());
    return settings;
  }
}
