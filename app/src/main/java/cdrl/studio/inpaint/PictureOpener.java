package cdrl.studio.inpaint;

import cdrl.data.Crop;
import cdrl.model.ImageModelSpec;
import cdrl.runtime.HostTensor;
import cdrl.sampling.SamplingSettings;
import cdrl.studio.engine.LoadedModel;
import cdrl.studio.engine.PictureService;
import cdrl.studio.engine.SamplingService;
import cdrl.studio.engine.SamplingSession;
import cdrl.studio.engine.Trace;
import cdrl.studio.raster.Raster;
import cdrl.studio.resources.Messages;
import cdrl.studio.shell.SamplingJob;
import cdrl.studio.workspace.SamplingSetup;
import cdrl.studio.workspace.WorkspaceContext;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import javafx.beans.property.ReadOnlyBooleanProperty;
import javafx.beans.property.ReadOnlyBooleanWrapper;
import org.jspecify.annotations.Nullable;

/**
 * Opens pictures to work on, from files, from elsewhere in the program, or drawn by the model, and
 * fits them to what the model sees.
 */
public final class PictureOpener {
  private static final long SEEDS = 1_000_000_000L;

  private final WorkspaceContext context;
  private final PictureService pictures;
  private final SamplingSetup sampling;
  private final InpaintDocument document;
  private final MaskTools tools;
  private final Runnable replaced;
  private final SamplingSession drawing;
  private final ReadOnlyBooleanWrapper opening = new ReadOnlyBooleanWrapper();
  private int newestFrame;

  /**
   * @param samples draw pictures
   * @param pictures read them
   * @param sampling tells the model
   * @param replaced called before the picture becomes another one
   */
  PictureOpener(
      WorkspaceContext context,
      SamplingService samples,
      PictureService pictures,
      SamplingSetup sampling,
      InpaintDocument document,
      MaskTools tools,
      Runnable replaced) {
    this.context = context;
    this.pictures = pictures;
    this.sampling = sampling;
    this.document = document;
    this.tools = tools;
    this.replaced = replaced;
    drawing = new SamplingSession(samples, context.userInterface(), context.nanoTime());
    Messages messages = context.messages();
    new SamplingJob(
            messages,
            messages.text("inpaint.draw.job"),
            drawing,
            context.jobs(),
            context.problems())
        .attach();
    drawing
        .stateProperty()
        .addListener(
            (property, before, after) -> {
              if (after == SamplingSession.State.DONE) {
                drawn();
              }
            });
    sampling.models().loadedProperty().addListener((property, before, after) -> refit());
  }

  /** Whether a picture is being read. */
  public ReadOnlyBooleanProperty openingProperty() {
    return opening.getReadOnlyProperty();
  }

  /** Draws pictures to start from. */
  SamplingSession drawing() {
    return drawing;
  }

  /** Whether the model is drawing a picture to start from. */
  public boolean isDrawing() {
    return drawing.isBusy();
  }

  /** Opens a picture file. */
  public void open(Path file) {
    context.problems().dismiss();
    opening.set(true);
    context.inBackground(
        () -> SourcePicture.of(String.valueOf(file.getFileName()), pictures.readPicture(file)),
        this::open,
        () -> opening.set(false));
  }

  /**
   * Opens a picture that is no file.
   *
   * @param name what people call it
   */
  public void open(String name, Raster picture) {
    context.problems().dismiss();
    open(SourcePicture.of(name, picture.toTensor()));
  }

  /** Says that the clipboard holds no picture. */
  public void nothingToPaste() {
    context.problems().report(context.messages().text("inpaint.paste.none"));
  }

  /** Lets the model draw a picture to start from. */
  public void draw() {
    CompletableFuture<LoadedModel> model = sampling.models().opening();
    if (model == null) {
      context.problems().report(sampling.obstacleProperty().get());
      return;
    }
    context.problems().dismiss();
    long seed = context.dice().nextLong(SEEDS);
    drawing.start(
        model,
        loaded ->
            new SamplingSettings(
                1, seed, loaded.description().langevinSteps(), false, loaded.schedule().levels()));
  }

  private void drawn() {
    Trace trace = drawing.traceProperty().get();
    HostTensor result = trace == null ? null : trace.result();
    if (trace != null && result != null) {
      String name =
          context.messages().text("inpaint.drawn", Long.toString(trace.settings().seed()));
      open(SourcePicture.of(name, Raster.of(result, 0).toTensor()));
    }
  }

  /** Opens a picture; one that does not have the model's size is framed first. */
  void open(SourcePicture source) {
    drawing.cancel();
    newestFrame++; // frames of the picture before are of no use any more
    replaced.run();
    document.open(source, fitted(source, source.wholeFrame()));
    LoadedModel model = sampling.models().loadedProperty().get();
    boolean exact = model == null || source.fits(spec(model).resolution());
    if (!exact) {
      tools.toolProperty().set(Tool.FRAME);
    } else if (tools.toolProperty().get() == Tool.FRAME) {
      tools.toolProperty().set(Tool.BRUSH);
    }
  }

  private static ImageModelSpec spec(LoadedModel model) {
    return (ImageModelSpec) model.description().spec(); // the picker offers nothing else
  }

  private @Nullable WorkingPicture fitted(SourcePicture source, Crop frame) {
    LoadedModel model = sampling.models().loadedProperty().get();
    if (model == null) {
      return null;
    }
    ImageModelSpec spec = spec(model);
    return new WorkingPicture(
        pictures.fitted(source.image(), frame, spec.resolution(), spec.imageChannels()),
        frame,
        Map.of());
  }

  /** Another model may see pictures in another size. */
  private void refit() {
    SourcePicture source = document.sourceProperty().get();
    if (source != null && sampling.models().loadedProperty().get() != null) {
      WorkingPicture now = document.pictureProperty().get();
      document.fit(fitted(source, now == null ? source.wholeFrame() : now.frame()));
    }
  }

  /**
   * Takes another part of the opened picture, in one step that can be taken back. The newest frame
   * wins.
   *
   * @param continued whether this goes on with the last change of the frame
   */
  public void setFrame(Crop frame, boolean continued) {
    SourcePicture source = document.sourceProperty().get();
    WorkingPicture now = document.pictureProperty().get();
    if (source == null || now == null || now.frame().equals(frame)) {
      return;
    }
    int number = ++newestFrame;
    context.inBackground(
        () -> fitted(source, frame),
        made -> {
          if (number == newestFrame && made != null) {
            replaced.run();
            document.reframe(made, continued);
          }
        });
  }
}
