package cdrl.studio.inpaint;

import cdrl.data.Crop;
import cdrl.data.PixelValues;
import cdrl.model.ImageModelSpec;
import cdrl.runtime.HostTensor;
import cdrl.runtime.TensorLane;
import cdrl.sampling.Inpainter;
import cdrl.sampling.SampleObserver;
import cdrl.sampling.SamplingSettings;
import cdrl.studio.engine.InpaintingService;
import cdrl.studio.engine.LoadedModel;
import cdrl.studio.engine.ModelKind;
import cdrl.studio.engine.ModelService;
import cdrl.studio.engine.PictureService;
import cdrl.studio.engine.SamplingService;
import cdrl.studio.engine.SamplingSession;
import cdrl.studio.engine.SeedText;
import cdrl.studio.engine.Stage;
import cdrl.studio.engine.Trace;
import cdrl.studio.raster.Raster;
import cdrl.studio.resources.Messages;
import cdrl.studio.shell.SamplingJob;
import cdrl.studio.workspace.PictureExport;
import cdrl.studio.workspace.SamplingSetup;
import cdrl.studio.workspace.TraceCursor;
import cdrl.studio.workspace.WorkspaceContext;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import javafx.beans.binding.Bindings;
import javafx.beans.property.BooleanProperty;
import javafx.beans.property.DoubleProperty;
import javafx.beans.property.IntegerProperty;
import javafx.beans.property.ObjectProperty;
import javafx.beans.property.ReadOnlyBooleanProperty;
import javafx.beans.property.ReadOnlyBooleanWrapper;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;
import javafx.beans.property.SimpleBooleanProperty;
import javafx.beans.property.SimpleDoubleProperty;
import javafx.beans.property.SimpleIntegerProperty;
import javafx.beans.property.SimpleObjectProperty;
import org.jspecify.annotations.Nullable;

/** What the Inpaint workspace knows and does. Use it on the user interface's thread. */
public final class InpaintViewModel {
  /** The most candidates of one run. */
  public static final int MOST_CANDIDATES = 16;

  /** The most rounds of a run. */
  public static final int MOST_ROUNDS = 16;

  /** The smallest brush, in pixels of the model. */
  public static final double LEAST_BRUSH = 1;

  private static final double BRUSH_STEP = 1.2;
  private static final double HARDNESS_STEP = 0.1;
  private static final double FEATHER = 1;
  private static final long SEEDS = 1_000_000_000L;

  /**
   * Where a candidate is compared with the original.
   *
   * @param index of the candidate
   * @param split the original is seen to the left of this share of the width, 0 to 1
   */
  public record Comparing(int index, double split) {}

  private final WorkspaceContext context;
  private final InpaintingService inpainting;
  private final PictureService pictures;
  private final SamplingSetup sampling;
  private final SamplingSession drawing;
  private final PictureExport export;
  private final TraceCursor cursor;
  private final InpaintDocument document = new InpaintDocument();

  private final ObjectProperty<Tool> tool = new SimpleObjectProperty<>(Tool.BRUSH);
  private final DoubleProperty brushSize = new SimpleDoubleProperty(6);
  private final DoubleProperty hardness = new SimpleDoubleProperty(0.8);
  private final DoubleProperty threshold = new SimpleDoubleProperty(0.5);
  private final BooleanProperty maskVisible = new SimpleBooleanProperty(true);
  private final BooleanProperty smooth = new SimpleBooleanProperty();
  private final IntegerProperty strength = new SimpleIntegerProperty(6);
  private final IntegerProperty rounds = new SimpleIntegerProperty(Inpainter.USUAL_ROUNDS);
  private final IntegerProperty selected = new SimpleIntegerProperty();
  private final BooleanProperty candidateShown = new SimpleBooleanProperty();
  private final ObjectProperty<@Nullable Comparing> comparing = new SimpleObjectProperty<>();
  private final ReadOnlyObjectWrapper<@Nullable Candidates> candidates =
      new ReadOnlyObjectWrapper<>();
  private final ReadOnlyObjectWrapper<EditorPainter.@Nullable Scene> scene =
      new ReadOnlyObjectWrapper<>();
  private final ReadOnlyBooleanWrapper opening = new ReadOnlyBooleanWrapper();
  private @Nullable FillingRun pending;
  private @Nullable FillingRun shown;
  private int newestFrame;

  /** A workspace without a picture. */
  public InpaintViewModel(
      WorkspaceContext context,
      ModelService models,
      SamplingService samples,
      InpaintingService inpainting,
      PictureService pictures) {
    this.context = context;
    this.inpainting = inpainting;
    this.pictures = pictures;
    sampling =
        new SamplingSetup(
            context,
            new SamplingSetup.Kind("inpaint", ModelKind.IMAGES, 6, model -> MOST_CANDIDATES),
            models,
            this::fill,
            (model, chosen) -> chosen.withStartLevel(Math.min(strength.get(), chosen.startLevel())),
            Bindings.createStringBinding(
                this::findObstacle, document.pictureProperty(), document.filledCountProperty()));
    drawing = new SamplingSession(samples, context.userInterface(), context.nanoTime());
    Messages messages = context.messages();
    new SamplingJob(
            messages,
            messages.text("inpaint.draw.job"),
            drawing,
            context.jobs(),
            context.problems())
        .attach();
    export = new PictureExport(context, pictures);
    sampling
        .session()
        .traceProperty()
        .addListener(
            (property, before, after) -> {
              if (after == null) {
                shown = null;
              } else if (!after.isOfSameRun(before)) {
                shown = pending;
                selected.set(0);
              }
            });
    cursor = new TraceCursor(sampling.session().traceProperty(), this::showCandidates);
    sampling
        .models()
        .loadedProperty()
        .addListener((property, before, after) -> modelLoaded(before, after));
    drawing.traceProperty().addListener((property, before, after) -> refresh());
    drawing
        .stateProperty()
        .addListener(
            (property, before, after) -> {
              if (after == SamplingSession.State.DONE) {
                drawn();
              }
              refresh();
            });
    document.pictureProperty().addListener((property, before, after) -> refresh());
    threshold.addListener((property, before, after) -> document.setThreshold(after.doubleValue()));
    for (var property : List.of(selected, comparing, candidateShown, maskVisible, smooth)) {
      property.addListener((observable, before, after) -> refresh());
    }
    smooth.set(context.preferences().word("inpaint.pixels").filter("smooth"::equals).isPresent());
    smooth.addListener(
        (property, before, after) ->
            context.preferences().setWord("inpaint.pixels", after ? "smooth" : "crisp"));
  }

  /** The model, the settings and the runs. */
  public SamplingSetup sampling() {
    return sampling;
  }

  /** The picture, the mask and their history. */
  public InpaintDocument document() {
    return document;
  }

  /** What the pointer does. */
  public ObjectProperty<Tool> toolProperty() {
    return tool;
  }

  /** The brush's diameter in pixels of the model. */
  public DoubleProperty brushSizeProperty() {
    return brushSize;
  }

  /** The share of the brush that covers fully, 0 to 1. */
  public DoubleProperty hardnessProperty() {
    return hardness;
  }

  /** How much of a pixel must be painted for it to be filled, 0 to 1. */
  public DoubleProperty thresholdProperty() {
    return threshold;
  }

  /** Whether the mask is seen. */
  public BooleanProperty maskVisibleProperty() {
    return maskVisible;
  }

  /** Whether enlarged pixels are blurred into each other. */
  public BooleanProperty smoothProperty() {
    return smooth;
  }

  /** The noise level at which the masked part starts, 1 … T; at T nothing of it is left. */
  public IntegerProperty strengthProperty() {
    return strength;
  }

  /** How often the upper noise levels are gone through, 1 … {@link #MOST_ROUNDS}. */
  public IntegerProperty roundsProperty() {
    return rounds;
  }

  /** The stop of the run that is looked at, as in {@link Trace}. */
  public IntegerProperty stopProperty() {
    return cursor.stopProperty();
  }

  /** Moves to another stop of the run. */
  public void moveStop(int by) {
    cursor.move(by);
  }

  /** What the run has made, or null. */
  public ReadOnlyObjectProperty<@Nullable Candidates> candidatesProperty() {
    return candidates.getReadOnlyProperty();
  }

  /** The selected candidate. */
  public IntegerProperty selectedProperty() {
    return selected;
  }

  /** Whether the selected candidate is seen in place of the picture with its mask. */
  public BooleanProperty candidateShownProperty() {
    return candidateShown;
  }

  /** The candidate that is being compared with the original, or null. */
  public ObjectProperty<@Nullable Comparing> comparingProperty() {
    return comparing;
  }

  /** Whether a picture is being read. */
  public ReadOnlyBooleanProperty openingProperty() {
    return opening.getReadOnlyProperty();
  }

  /** Whether the model is drawing a picture to start from. */
  public boolean isDrawing() {
    return drawing.isBusy();
  }

  /** What is to be seen in the editor, or null. */
  ReadOnlyObjectProperty<EditorPainter.@Nullable Scene> sceneProperty() {
    return scene.getReadOnlyProperty();
  }

  /** The noise levels of the model, 1 before one is loaded. */
  public int levels() {
    LoadedModel model = sampling.models().loadedProperty().get();
    return model == null ? 1 : model.schedule().levels();
  }

  // Opening

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
   * Takes a file that was dropped: a picture that was filled here brings back what it was made
   * from, any other one is opened.
   */
  public void drop(Path file) {
    context.inBackground(
        () -> pictures.readNotes(file),
        notes -> {
          if (InpaintNotes.original(notes).isPresent()) {
            restore(notes);
          } else {
            open(file);
          }
        });
  }

  /** Takes model, picture, mask and settings from what a saved picture tells. */
  public void restore(Map<String, String> notes) {
    sampling.restore(notes, model -> restorePicture(notes));
  }

  private void restorePicture(Map<String, String> notes) {
    InpaintNotes.original(notes)
        .ifPresent(
            image -> {
              open(SourcePicture.of(notes.getOrDefault("cdrl.picture", ""), image));
              tool.set(Tool.BRUSH);
              PaintedMask mask = document.maskProperty().get();
              if (mask != null) {
                InpaintNotes.mask(notes, mask.resolution() * mask.resolution())
                    .ifPresent(pixels -> document.act(painted -> painted.set(pixels)));
              }
            });
    rounds.set(InpaintNotes.rounds(notes));
    SeedText.parse(notes.getOrDefault("cdrl.start-level", ""))
        .ifPresent(level -> strength.set((int) Math.max(1, Math.min(levels(), level))));
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

  /** Stops what runs and keeps what it made. */
  public void cancel() {
    if (drawing.isBusy()) {
      drawing.cancel();
    } else {
      sampling.cancel();
    }
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

  private void open(SourcePicture source) {
    drawing.cancel();
    newestFrame++; // frames of the picture before are of no use any more
    sampling.session().clear();
    candidateShown.set(false);
    document.open(source, fitted(source, source.wholeFrame()));
    LoadedModel model = sampling.models().loadedProperty().get();
    boolean exact = model == null || source.fits(spec(model).resolution());
    if (!exact) {
      tool.set(Tool.FRAME);
    } else if (tool.get() == Tool.FRAME) {
      tool.set(Tool.BRUSH);
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

  private void modelLoaded(@Nullable LoadedModel before, @Nullable LoadedModel after) {
    if (after == null) {
      return;
    }
    int levels = after.schedule().levels();
    if (before == null || strength.get() >= before.schedule().levels()) {
      strength.set(levels);
    } else {
      strength.set(Math.min(strength.get(), levels));
    }
    SourcePicture source = document.sourceProperty().get();
    if (source != null) {
      WorkingPicture now = document.pictureProperty().get();
      document.fit(fitted(source, now == null ? source.wholeFrame() : now.frame()));
    }
    candidateShown.set(false);
    refresh();
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
            sampling.session().clear();
            candidateShown.set(false);
            document.reframe(made, continued);
          }
        });
  }

  // Painting

  /** The brush that is set. */
  public Brush brush() {
    return new Brush(brushSize.get() / 2, hardness.get());
  }

  /** Makes the brush larger or smaller by some steps. */
  public void growBrush(int by) {
    brushSize.set(bounded(brushSize.get() * Math.pow(BRUSH_STEP, by)));
  }

  /** Zooming by a factor lets the brush keep its size on the screen where people prefer that. */
  void zoomed(double factor) {
    if (context.preferences().brushKeepsSizeProperty().get()) {
      brushSize.set(bounded(brushSize.get() / factor));
    }
  }

  private double bounded(double size) {
    WorkingPicture picture = document.pictureProperty().get();
    double most = picture == null ? 64 : picture.resolution();
    return Math.max(LEAST_BRUSH, Math.min(most, size));
  }

  /** Makes the brush harder or softer by some steps. */
  public void hardenBrush(int by) {
    double value = Math.round(hardness.get() / HARDNESS_STEP) * HARDNESS_STEP + by * HARDNESS_STEP;
    hardness.set(Math.max(0, Math.min(1, value)));
  }

  private void beginToPaint() {
    candidateShown.set(false);
    maskVisible.set(true);
  }

  /** Begins a stroke. */
  public void press(Place at, boolean erase) {
    beginToPaint();
    document.press(at, brush(), erase);
  }

  /** Goes on with a stroke. */
  public void drag(Place to, boolean erase) {
    document.drag(to, brush(), erase);
  }

  /** Ends a stroke. */
  public void release() {
    document.release();
  }

  /** Draws a straight line from the end of the last stroke. */
  public void lineTo(Place to, boolean erase) {
    beginToPaint();
    document.lineTo(to, brush(), erase);
  }

  /** Covers a rectangle. */
  public void rectangle(Place corner, Place opposite, boolean erase) {
    beginToPaint();
    document.act(mask -> mask.rectangle(corner, opposite, erase));
  }

  /** Covers what a closed line encloses. */
  public void lasso(List<Place> corners, boolean erase) {
    beginToPaint();
    document.act(mask -> mask.polygon(corners, erase));
  }

  /** Covers everything. */
  public void fillMask() {
    beginToPaint();
    document.act(mask -> mask.fill(false));
  }

  /** Takes all paint away. */
  public void clearMask() {
    beginToPaint();
    document.act(mask -> mask.fill(true));
  }

  /** Covers what is not covered and the other way round. */
  public void invertMask() {
    beginToPaint();
    document.act(PaintedMask::invert);
  }

  /** Softens the mask's edges. */
  public void featherMask() {
    beginToPaint();
    document.act(mask -> mask.feather(FEATHER));
  }

  /** Brings the mask of the last run back. */
  public void lastMask() {
    FillingRun run = shown;
    PaintedMask mask = document.maskProperty().get();
    if (run != null && mask != null && run.picture().resolution() == mask.resolution()) {
      beginToPaint();
      document.act(painted -> painted.set(run.mask()));
    }
  }

  /** Takes the last step back. */
  public void undo() {
    document.undo();
  }

  /** Does a step again. */
  public void redo() {
    document.redo();
  }

  // Filling

  private String findObstacle() {
    WorkingPicture picture = document.pictureProperty().get();
    if (picture == null) {
      return context.messages().text("inpaint.no-picture");
    }
    return document.filledCountProperty().get() == 0
        ? context.messages().text("inpaint.no-mask")
        : "";
  }

  private TensorLane.Task<HostTensor> fill(
      LoadedModel model, SamplingSettings settings, SampleObserver observer) {
    WorkingPicture picture = document.pictureProperty().get();
    PaintedMask mask = document.maskProperty().get();
    if (picture == null || mask == null) {
      throw new IllegalStateException("there is no picture"); // the obstacle says so before
    }
    FillingRun run = new FillingRun(picture, mask.filled(), rounds.get());
    pending = run;
    candidateShown.set(true);
    TensorLane.Task<Inpainter.Result> task =
        inpainting.inpaint(model, picture.image(), run.mask(), run.rounds(), settings, observer);
    return new TensorLane.Task<>(
        task.result()
            .thenApply(
                result -> {
                  context.userInterface().execute(() -> finished(run, result));
                  return result.images();
                }),
        task.cancellation());
  }

  private void finished(FillingRun run, Inpainter.Result result) {
    run.finished(result);
    if (run == shown) {
      showCandidates();
    }
  }

  private void showCandidates() {
    Trace trace = sampling.session().traceProperty().get();
    FillingRun run = shown;
    HostTensor seen = trace == null ? null : trace.at(cursor.stopProperty().get(), Stage.REFINED);
    candidates.set(run == null || seen == null ? null : run.candidates(seen, cursor.isAtResult()));
    refresh();
  }

  private void refresh() {
    scene.set(findScene());
  }

  private EditorPainter.@Nullable Scene findScene() {
    Trace drawn = drawing.traceProperty().get();
    if (drawing.isBusy() && drawn != null) {
      HostTensor forming = drawn.at(drawn.newestStop(), Stage.REFINED);
      if (forming != null) {
        return new EditorPainter.Scene(Raster.of(forming, 0), null, 0, null, smooth.get());
      }
    }
    Candidates made = candidates.get();
    Comparing compared = comparing.get();
    if (made != null && compared != null) {
      return new EditorPainter.Scene(
          made.raster(made.nearest(compared.index())),
          made.original(),
          compared.split(),
          null,
          smooth.get());
    }
    if (made != null && candidateShown.get()) {
      return new EditorPainter.Scene(
          made.raster(made.nearest(selected.get())), null, 0, null, smooth.get());
    }
    WorkingPicture picture = document.pictureProperty().get();
    return picture == null
        ? null
        : new EditorPainter.Scene(
            picture.raster(),
            null,
            0,
            maskVisible.get() ? document.maskProperty().get() : null,
            smooth.get());
  }

  /** Whether there is a finished candidate to keep. */
  public boolean canKeep() {
    Candidates made = candidates.get();
    return made != null && !made.energies().isEmpty();
  }

  /**
   * Goes on with the selected candidate as the picture; its mask is wiped. One step back undoes it.
   */
  public void keep() {
    FillingRun run = shown;
    Inpainter.Result result = run == null ? null : run.result();
    Candidates made = candidates.get();
    Trace trace = sampling.session().traceProperty().get();
    if (run == null || result == null || made == null || trace == null) {
      return;
    }
    int index = made.nearest(selected.get());
    HostTensor image = result.images().get(index);
    float[] values = new float[image.values().length];
    for (int i = 0; i < values.length; i++) {
      // As a picture file would hold it, so that what is saved is what is gone on with.
      values[i] = PixelValues.toValue(PixelValues.toByte(image.values()[i]));
    }
    document.keep(
        new WorkingPicture(
            new HostTensor(image.shape(), values),
            run.picture().frame(),
            notes(run, trace, index)));
    candidateShown.set(false);
    context.jobs().tell(context.messages().text("inpaint.kept", index + 1));
  }

  // Saving

  /** A name for a picture's file. */
  public String fileName(String ending) {
    SourcePicture source = document.sourceProperty().get();
    String name = source == null ? "picture" : source.name();
    String stem = name.replaceFirst("\\.[A-Za-z0-9]{1,5}$", "");
    return stem.replaceAll("[^\\p{L}\\p{N}._-]+", "-") + "-" + ending + ".png";
  }

  /** Saves the picture as it is worked on. */
  public void savePicture(Path file) {
    WorkingPicture picture = document.pictureProperty().get();
    LoadedModel model = sampling.models().loadedProperty().get();
    if (picture != null && model != null) {
      Map<String, String> notes = PictureExport.notes("inpaint", model);
      InpaintNotes.addFrame(notes, picture.frame());
      notes.putAll(picture.origin());
      export.save(file, picture.raster(), notes);
    }
  }

  /** Saves the selected candidate as it is seen. */
  public void saveCandidate(Path file) {
    FillingRun run = shown;
    Candidates made = candidates.get();
    Trace trace = sampling.session().traceProperty().get();
    if (run != null && made != null && trace != null) {
      int index = made.nearest(selected.get());
      Map<String, String> notes = notes(run, trace, index);
      if (!cursor.isAtResult()) {
        notes.put("cdrl.level", Integer.toString(trace.levelOf(cursor.stopProperty().get())));
      }
      export.save(file, made.raster(index), notes);
    }
  }

  /** Saves the mask: white is filled. */
  public void saveMask(Path file) {
    PaintedMask mask = document.maskProperty().get();
    LoadedModel model = sampling.models().loadedProperty().get();
    if (mask != null && model != null) {
      boolean[] filled = mask.filled();
      int[] argb = new int[filled.length];
      for (int i = 0; i < argb.length; i++) {
        argb[i] = filled[i] ? 0xffffffff : 0xff000000;
      }
      export.save(
          file,
          new Raster(mask.resolution(), mask.resolution(), argb),
          Map.of("cdrl.mask-for", fileName("picture")));
    }
  }

  private Map<String, String> notes(FillingRun run, Trace trace, int index) {
    Map<String, String> notes = PictureExport.notes("inpaint", trace.model());
    PictureExport.add(notes, trace.settings());
    SourcePicture source = document.sourceProperty().get();
    notes.put("cdrl.picture", source == null ? "" : source.name());
    notes.put("cdrl.candidate", Integer.toString(index + 1));
    Inpainter.Result result = run.result();
    if (result != null) {
      notes.put("cdrl.energy", Float.toString(result.energies()[index]));
    }
    InpaintNotes.add(notes, run);
    return notes;
  }
}
