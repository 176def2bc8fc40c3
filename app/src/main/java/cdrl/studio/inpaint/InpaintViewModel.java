package cdrl.studio.inpaint;

import cdrl.runtime.HostTensor;
import cdrl.studio.engine.InpaintingService;
import cdrl.studio.engine.ModelService;
import cdrl.studio.engine.PictureService;
import cdrl.studio.engine.SamplingService;
import cdrl.studio.engine.SamplingSession;
import cdrl.studio.engine.Stage;
import cdrl.studio.engine.Trace;
import cdrl.studio.raster.Raster;
import cdrl.studio.workspace.PictureExport;
import cdrl.studio.workspace.SamplingSetup;
import cdrl.studio.workspace.WorkspaceContext;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.function.BiConsumer;
import javafx.beans.property.BooleanProperty;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;
import javafx.beans.property.SimpleBooleanProperty;
import org.jspecify.annotations.Nullable;

/**
 * What the Inpaint workspace knows and does: a picture is opened, its mask is painted, the runs
 * fill it, and the results are saved. Use it on the user interface's thread.
 */
public final class InpaintViewModel {
  private final InpaintDocument document = new InpaintDocument();
  private final Filling filling;
  private final MaskTools tools;
  private final PictureOpener opener;
  private final InpaintDrops drops;
  private final InpaintExport export;
  private final BooleanProperty smooth = new SimpleBooleanProperty();
  private final ReadOnlyObjectWrapper<EditorPainter.@Nullable Scene> scene =
      new ReadOnlyObjectWrapper<>();

  /** A workspace without a picture. */
  public InpaintViewModel(
      WorkspaceContext context,
      ModelService models,
      SamplingService samples,
      InpaintingService inpainting,
      PictureService pictures) {
    filling = new Filling(context, models, inpainting, document);
    tools =
        new MaskTools(
            context.preferences(), document, () -> filling.candidateShownProperty().set(false));
    opener =
        new PictureOpener(
            context, samples, pictures, filling.sampling(), document, tools, filling::forget);
    drops = new InpaintDrops(context, pictures, document, filling, tools, opener);
    export = new InpaintExport(new PictureExport(context, pictures), document, filling);
    smooth.set(context.preferences().word("inpaint.pixels").filter("smooth"::equals).isPresent());
    smooth.addListener(
        (property, before, after) ->
            context.preferences().setWord("inpaint.pixels", after ? "smooth" : "crisp"));
    for (var property :
        List.of(
            sampling().models().loadedProperty(),
            opener.drawing().traceProperty(),
            opener.drawing().stateProperty(),
            document.pictureProperty(),
            filling.candidatesProperty(),
            filling.selectedProperty(),
            filling.comparingProperty(),
            filling.candidateShownProperty(),
            tools.maskVisibleProperty(),
            smooth)) {
      property.addListener((observable, before, after) -> refresh());
    }
  }

  /** The model, the settings and the runs. */
  public SamplingSetup sampling() {
    return filling.sampling();
  }

  /** The picture, the mask and their history. */
  public InpaintDocument document() {
    return document;
  }

  /** Opens pictures. */
  public PictureOpener opener() {
    return opener;
  }

  /** Paint the mask. */
  public MaskTools tools() {
    return tools;
  }

  /** The runs that fill what is masked, and their candidates. */
  public Filling filling() {
    return filling;
  }

  /** Saves what there is. */
  public InpaintExport export() {
    return export;
  }

  /** Whether enlarged pixels are blurred into each other. */
  public BooleanProperty smoothProperty() {
    return smooth;
  }

  /** What is to be seen in the editor, or null. */
  ReadOnlyObjectProperty<EditorPainter.@Nullable Scene> sceneProperty() {
    return scene.getReadOnlyProperty();
  }

  /**
   * Takes a file that was dropped: a model, a picture, or one that was filled here.
   *
   * @param charts is given the workspace of a picture of charts, and what it tells
   */
  public void drop(Path file, BiConsumer<String, Map<String, String>> charts) {
    drops.drop(file, charts);
  }

  /** Takes model, picture, mask and settings from what a saved picture tells. */
  public void restore(Map<String, String> notes) {
    drops.restore(notes);
  }

  /** Brings the mask of the last run back. */
  public void lastMask() {
    PaintedMask mask = document.maskProperty().get();
    boolean[] last = mask == null ? null : filling.lastMask(mask.resolution());
    if (last != null) {
      tools.set(last);
    }
  }

  /** Stops what runs and keeps what it made. */
  public void cancel() {
    SamplingSession busy = opener.isDrawing() ? opener.drawing() : sampling().session();
    busy.cancel();
  }

  private void refresh() {
    scene.set(findScene());
  }

  private EditorPainter.@Nullable Scene findScene() {
    Trace drawn = opener.drawing().traceProperty().get();
    if (opener.isDrawing() && drawn != null) {
      HostTensor forming = drawn.at(drawn.newestStop(), Stage.REFINED);
      if (forming != null) {
        return plain(Raster.of(forming, 0));
      }
    }
    Candidates made = filling.candidatesProperty().get();
    Filling.Comparing compared = filling.comparingProperty().get();
    if (made != null && compared != null) {
      return new EditorPainter.Scene(
          made.raster(made.nearest(compared.index())),
          made.original(),
          compared.split(),
          null,
          smooth.get());
    }
    if (made != null && filling.candidateShownProperty().get()) {
      return plain(made.raster(made.nearest(filling.selectedProperty().get())));
    }
    WorkingPicture picture = document.pictureProperty().get();
    return picture == null
        ? null
        : new EditorPainter.Scene(
            picture.raster(),
            null,
            0,
            tools.maskVisibleProperty().get() ? document.maskProperty().get() : null,
            smooth.get());
  }

  private EditorPainter.Scene plain(Raster picture) {
    return new EditorPainter.Scene(picture, null, 0, null, smooth.get());
  }
}
