package cdrl.studio.workspace;

import cdrl.sampling.SamplingSettings;
import cdrl.studio.engine.LoadedModel;
import cdrl.studio.engine.PictureService;
import cdrl.studio.raster.Raster;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Saves pictures that tell how they were made. */
public final class PictureExport {
  private final WorkspaceContext context;
  private final PictureService pictures;

  /**
   * @param pictures writes the files
   */
  public PictureExport(WorkspaceContext context, PictureService pictures) {
    this.context = context;
    this.pictures = pictures;
  }

  /** Writes a file in the background and tells how that ended. */
  public void save(Path file, Raster picture, Map<String, String> notes) {
    Map<String, String> kept = new LinkedHashMap<>(notes);
    context.inBackground(
        () -> {
          pictures.savePng(file, picture, kept);
          return file;
        },
        saved -> context.jobs().tell(context.messages().text("saved", saved.toString())));
  }

  /** Writes an animation in the background and tells how that ended. */
  public void saveGif(Path file, List<Raster> frames, int scale, int milliseconds) {
    context.inBackground(
        () -> {
          pictures.saveGif(file, frames, scale, milliseconds);
          return file;
        },
        saved -> context.jobs().tell(context.messages().text("saved", saved.toString())));
  }

  /** The beginning of a file's name: the model's name without what file systems do not like. */
  public static String stem(LoadedModel model) {
    return model.description().name().replaceAll("[^A-Za-z0-9._-]+", "-");
  }

  /** Notes that name a workspace and a model, in a map that takes more. */
  public static Map<String, String> notes(String workspace, LoadedModel model) {
    Map<String, String> notes = new LinkedHashMap<>();
    notes.put("cdrl.workspace", workspace);
    notes.put("cdrl.model", model.description().name());
    notes.put("cdrl.model.sha256", model.checksum());
    return notes;
  }

  /** Adds the settings of a run. */
  public static void add(Map<String, String> notes, SamplingSettings settings) {
    notes.put("cdrl.seed", Long.toString(settings.seed()));
    notes.put("cdrl.count", Integer.toString(settings.count()));
    notes.put("cdrl.steps", Integer.toString(settings.langevinSteps()));
    notes.put("cdrl.start-level", Integer.toString(settings.startLevel()));
    notes.put("cdrl.initializer-only", Boolean.toString(settings.initializerOnly()));
  }
}
