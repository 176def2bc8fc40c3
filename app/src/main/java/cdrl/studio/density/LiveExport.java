package cdrl.studio.density;

import cdrl.evaluate.DensityGrid;
import cdrl.runtime.AtomicFile;
import cdrl.studio.charts.CurveTable;
import cdrl.studio.engine.LiveTraining;
import cdrl.studio.engine.PictureService;
import cdrl.studio.raster.DensityScale;
import cdrl.studio.raster.Raster;
import cdrl.studio.workspace.PictureExport;
import cdrl.studio.workspace.WorkspaceContext;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;

/** Saves what is seen of a training, with all that it takes to train again. */
public final class LiveExport {
  private static final String PREFIX = "cdrl.live.";

  private final WorkspaceContext context;
  private final LiveViewModel model;
  private final PictureExport export;
  private final ModelKeeper keeper;

  LiveExport(
      WorkspaceContext context, LiveViewModel model, PictureService pictures, ModelKeeper keeper) {
    this.context = context;
    this.model = model;
    this.keeper = keeper;
    export = new PictureExport(context, pictures);
  }

  /** The beginning of a file's name. */
  String fileStem() {
    String name = model.nameProperty().get().strip().replaceAll("[^A-Za-z0-9._-]+", "-");
    return (name.isEmpty() ? "drawn" : name) + "-" + model.iterationProperty().get();
  }

  /** Writes a picture of what is seen. */
  void savePicture(Path file, Raster picture) {
    Map<String, String> notes = new LinkedHashMap<>();
    notes.put("cdrl.workspace", "density");
    notes.put("cdrl.seed", Long.toString(LiveViewModel.SEED));
    notes.put("cdrl.iteration", Long.toString(model.iterationProperty().get()));
    model.appearance().tell(notes);
    new LiveSettings(model).words().forEach((key, value) -> notes.put(PREFIX + key, value));
    export.save(file, picture, notes);
  }

  /** Stores a model with a picture of its density, as soon as it is there. */
  void keep(CompletableFuture<LiveTraining.Trained> made) {
    made.whenComplete(
        (model, problem) ->
            context
                .userInterface()
                .execute(
                    () -> {
                      if (problem != null) {
                        context.problems().report(problem);
                      } else {
                        keeper.keep(model, picture(model.density()));
                      }
                    }));
  }

  private Raster picture(DensityGrid density) {
    return DensityScale.of(false, density).paint(density, model.appearance().colorMap());
  }

  /** Writes the points of all curves, a row for each iteration. */
  void saveTable(Path file) {
    CurveTable table = new CurveTable(model.chart().all(), "");
    context.inBackground(
        () -> {
          AtomicFile.writeText(file, table.text());
          return file;
        },
        done -> context.jobs().tell(context.messages().text("saved", done.toString())));
  }

  /**
   * Takes drawing, settings and appearance from what a saved picture tells.
   *
   * @return whether it is a picture of a training
   */
  public boolean restore(Map<String, String> notes) {
    if (!notes.containsKey(PREFIX + LiveSettings.DRAWING)) {
      return false;
    }
    Map<String, String> words = new HashMap<>();
    notes.forEach(
        (key, value) -> {
          if (key.startsWith(PREFIX)) {
            words.put(key.substring(PREFIX.length()), value);
          }
        });
    model.pause();
    model.appearance().restore(notes);
    new LiveSettings(model).restore(words);
    context.jobs().tell(context.messages().text("live.restored"));
    return true;
  }
}
