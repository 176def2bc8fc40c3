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
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import java.util.function.Supplier;
import javafx.beans.property.ReadOnlyBooleanProperty;
import javafx.beans.property.ReadOnlyBooleanWrapper;
import org.jspecify.annotations.Nullable;

/**
 * Opens pictures to work on, from files, from elsewhere in the program, or drawn by the model, and
 * fits them to what the model sees.
 */
public final class PictureOpener {
  private static final long SEEDS = 1_000_000_000L;

  /** Pictures to look at need no more pixels per side, as those from files. */
  private static final int MOST_PIXELS = 1600;

  /**
   * A picture that has been read.
   *
   * @param model what it was fitted to
   */
  private record Opened(
      SourcePicture source, @Nullable LoadedModel model, @Nullable WorkingPicture fitted) {}

  private final WorkspaceContext context;
  private final PictureService pictures;
  private final SamplingSetup sampling;
  private final InpaintDocument document;
  private final MaskTools tools;
  private final Runnable replaced;
  private final SamplingSession drawing;
  private final ReadOnlyBooleanWrapper opening = new ReadOnlyBooleanWrapper();
  private int newestWish;
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
    drawing =
        new SamplingSession(samples, context.userInterface(), context.nanoTime()).withoutSteps();
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
    sampling.models().loadedProperty().addListener((property, before, after) -> refit(after));
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
    open(
        () -> SourcePicture.of(String.valueOf(file.getFileName()), pictures.readPicture(file)),
        () -> {});
  }

  /**
   * Opens a picture that is no file.
   *
   * @param name what people call it
   */
  public void open(String name, Raster picture) {
    open(name, () -> picture);
  }

  /**
   * Opens a picture that is no file.
   *
   * @param name what people call it
   * @param picture called in the background
   */
  void open(String name, Supplier<Raster> picture) {
    open(() -> SourcePicture.of(name, picture.get().atMost(MOST_PIXELS).toTensor()), () -> {});
  }

  /**
   * Opens a picture.
   *
   * @param source called in the background
   * @param then called when the picture is there
   */
  void open(Supplier<SourcePicture> source, Runnable then) {
    context.problems().dismiss();
    LoadedModel model = sampling.models().loadedProperty().get();
    inBackground(
        () -> {
          SourcePicture made = source.get();
          return new Opened(made, model, fitted(made, made.wholeFrame(), model));
        },
        opened -> {
          show(opened);
          then.run();
        });
  }

  /**
   * Does what the next picture needs in the background. Once another picture is asked for, nothing
   * comes of it.
   */
  <T> void inBackground(Supplier<T> work, Consumer<T> done) {
    int number = ++newestWish;
    opening.set(true);
    context.inBackground(
        work,
        made -> {
          if (number == newestWish) {
            done.accept(made);
          }
        },
        () -> {
          if (number == newestWish) {
            opening.set(false);
          }
        });
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
    newestWish++; // what is being read was wished for before
    opening.set(false);
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
      // It has the model's size, so that it is there at once.
      SourcePicture source = SourcePicture.of(name, Raster.of(result, 0).toTensor());
      LoadedModel model = sampling.models().loadedProperty().get();
      show(new Opened(source, model, fitted(source, source.wholeFrame(), model)));
    }
  }

  /** Shows a picture; one that does not have the model's size is framed first. */
  private void show(Opened opened) {
    drawing.cancel();
    newestFrame++; // frames of the picture before are of no use any more
    replaced.run();
    LoadedModel model = sampling.models().loadedProperty().get();
    SourcePicture source = opened.source();
    document.open(
        source,
        Objects.equals(model, opened.model())
            ? opened.fitted()
            : fitted(source, source.wholeFrame(), model)); // loaded while the picture was read
    if (tools.toolProperty().get() == Tool.FRAME) {
      tools.toolProperty().set(Tool.BRUSH);
    }
    frameIfLarger(source);
  }

  private void frameIfLarger(SourcePicture source) {
    LoadedModel model = sampling.models().loadedProperty().get();
    if (model != null && !source.fits(spec(model).resolution())) {
      tools.toolProperty().set(Tool.FRAME);
    }
  }

  private static ImageModelSpec spec(LoadedModel model) {
    return (ImageModelSpec) model.description().spec(); // the picker offers nothing else
  }

  private @Nullable WorkingPicture fitted(
      SourcePicture source, Crop frame, @Nullable LoadedModel model) {
    return model == null ? null : fitted(source, frame, spec(model));
  }

  private WorkingPicture fitted(SourcePicture source, Crop frame, ImageModelSpec spec) {
    return WorkingPicture.opened(
        pictures.fitted(source.image(), frame, spec.resolution(), spec.imageChannels()), frame);
  }

  /** Another model may see pictures in another size; the first one may come after the picture. */
  private void refit(@Nullable LoadedModel model) {
    SourcePicture source = document.sourceProperty().get();
    if (source == null || model == null) {
      return;
    }
    newestFrame++; // frames for the model before have its size
    ImageModelSpec spec = spec(model);
    WorkingPicture now = document.pictureProperty().get();
    if (!document.resume(spec.resolution(), spec.imageChannels())) {
      document.fit(fitted(source, now == null ? source.wholeFrame() : now.frame(), spec));
    }
    if (now == null) {
      frameIfLarger(source);
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
    LoadedModel model = sampling.models().loadedProperty().get();
    context.inBackground(
        () -> fitted(source, frame, model),
        made -> {
          if (number == newestFrame && made != null) {
            replaced.run();
            document.reframe(made, continued);
          }
        });
  }
}
