package cdrl.studio.generate;

import cdrl.runtime.HostTensor;
import cdrl.studio.engine.LoadedModel;
import cdrl.studio.engine.ModelKind;
import cdrl.studio.engine.ModelService;
import cdrl.studio.engine.PictureService;
import cdrl.studio.engine.SamplingService;
import cdrl.studio.engine.Stage;
import cdrl.studio.engine.Trace;
import cdrl.studio.raster.Difference;
import cdrl.studio.raster.Raster;
import cdrl.studio.shell.Preferences;
import cdrl.studio.workspace.PictureExport;
import cdrl.studio.workspace.SamplingSetup;
import cdrl.studio.workspace.TraceCursor;
import cdrl.studio.workspace.WorkspaceContext;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
import javafx.beans.property.BooleanProperty;
import javafx.beans.property.IntegerProperty;
import javafx.beans.property.ObjectProperty;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;
import javafx.beans.property.SimpleBooleanProperty;
import javafx.beans.property.SimpleIntegerProperty;
import javafx.beans.property.SimpleObjectProperty;
import org.jspecify.annotations.Nullable;

/** What the Generate workspace knows and does. Use it on the user interface's thread. */
public final class GenerateViewModel {
  /** The most images of one run. */
  public static final int MOST_IMAGES = 64;

  /** Bound on the memory of one run's trace, in float values (256 MB). */
  private static final long MOST_VALUES = 64L << 20;

  private static final int SHEET_GAP = 2;

  private final SamplingSetup sampling;
  private final PictureExport export;
  private final TraceCursor cursor;
  private final BooleanProperty smooth = new SimpleBooleanProperty();
  private final ObjectProperty<@Nullable Stage> stage = new SimpleObjectProperty<>(Stage.REFINED);
  private final IntegerProperty selected = new SimpleIntegerProperty();
  private final ReadOnlyObjectWrapper<@Nullable HostTensor> grid = new ReadOnlyObjectWrapper<>();
  private final ReadOnlyObjectWrapper<Comparison> comparison =
      new ReadOnlyObjectWrapper<>(Comparison.NOTHING);

  /** A workspace without pictures. */
  public GenerateViewModel(
      WorkspaceContext context,
      ModelService models,
      SamplingService sampling,
      PictureService pictures) {
    this.sampling =
        new SamplingSetup(
            context,
            new SamplingSetup.Kind("generate", ModelKind.IMAGES, 16, GenerateViewModel::mostImages),
            models,
            sampling);
    export = new PictureExport(context, pictures);
    cursor = new TraceCursor(this.sampling.session().traceProperty(), this::refresh);
    stage.addListener((property, before, after) -> refresh());
    selected.addListener((property, before, after) -> refresh());
    Preferences preferences = context.preferences();
    smooth.set(preferences.word("generate.pixels").filter("smooth"::equals).isPresent());
    smooth.addListener(
        (property, before, after) ->
            preferences.setWord("generate.pixels", after ? "smooth" : "crisp"));
  }

  /** The model, the settings and the runs. */
  public SamplingSetup sampling() {
    return sampling;
  }

  /** Whether enlarged pixels are blurred into each other. */
  public BooleanProperty smoothProperty() {
    return smooth;
  }

  /** The stop of the run that is looked at, as in {@link Trace}. */
  public IntegerProperty stopProperty() {
    return cursor.stopProperty();
  }

  /** Whether the grid shows proposals or refined images. */
  public ObjectProperty<@Nullable Stage> stageProperty() {
    return stage;
  }

  /** The selected image. */
  public IntegerProperty selectedProperty() {
    return selected;
  }

  /** The images of the grid, or null. */
  public ReadOnlyObjectProperty<@Nullable HostTensor> gridProperty() {
    return grid.getReadOnlyProperty();
  }

  /** The selected image before and after refinement. */
  public ReadOnlyObjectProperty<Comparison> comparisonProperty() {
    return comparison.getReadOnlyProperty();
  }

  /** The most images whose trace fits the memory set aside for it. */
  public static int mostImages(LoadedModel model) {
    long perImage = model.itemSize() * (2L * model.schedule().levels() + 3);
    return (int) Math.max(1, Math.min(MOST_IMAGES, MOST_VALUES / perImage));
  }

  /** Moves to another stop of the run. */
  public void moveStop(int by) {
    cursor.move(by);
  }

  /** A name for the file of the grid. */
  public String gridFileName() {
    Trace trace = trace();
    return trace == null ? "" : fileStem(trace) + ".png";
  }

  /** A name for the file of the selected image. */
  public String imageFileName() {
    Trace trace = trace();
    return trace == null ? "" : fileStem(trace) + "-image-" + (shownIndex() + 1) + ".png";
  }

  private String fileStem(Trace trace) {
    String level = cursor.isAtResult() ? "" : "-level-" + trace.levelOf(stop());
    return PictureExport.stem(trace.model()) + "-seed-" + trace.settings().seed() + level;
  }

  private int stop() {
    return cursor.stopProperty().get();
  }

  /** Saves all images as they are shown, in their own pixels. */
  public void saveGrid(Path file) {
    HostTensor images = grid.get();
    if (images != null) {
      int columns = (int) Math.ceil(Math.sqrt(images.count()));
      save(file, Raster.sheet(images, columns, SHEET_GAP, 0xffffff), -1);
    }
  }

  /** Saves the selected image as it is shown, in its own pixels. */
  public void saveImage(Path file) {
    HostTensor images = grid.get();
    if (images != null) {
      save(file, Raster.of(images, shownIndex()), shownIndex());
    }
  }

  private void save(Path file, Raster picture, int index) {
    Trace trace = trace();
    if (trace != null) {
      export.save(file, picture, notes(trace, index));
    }
  }

  /** Everything that is needed to make the picture again. */
  private Map<String, String> notes(Trace trace, int index) {
    Map<String, String> notes = PictureExport.notes("generate", trace.model());
    PictureExport.add(notes, trace.settings());
    notes.put(
        "cdrl.level", cursor.isAtResult() ? "result" : Integer.toString(trace.levelOf(stop())));
    notes.put("cdrl.stage", String.valueOf(stage.get()).toLowerCase(Locale.ROOT));
    if (index >= 0) {
      notes.put("cdrl.image", Integer.toString(index));
    }
    return notes;
  }

  private @Nullable Trace trace() {
    return sampling.session().traceProperty().get();
  }

  private int shownIndex() {
    HostTensor images = grid.get();
    return images == null ? 0 : Math.max(0, Math.min(selected.get(), images.count() - 1));
  }

  private void refresh() {
    Trace trace = trace();
    if (trace == null) {
      grid.set(null);
      comparison.set(Comparison.NOTHING);
      return;
    }
    Stage wanted = stage.get();
    grid.set(trace.at(stop(), wanted == null ? Stage.REFINED : wanted));
    int index = shownIndex();
    HostTensor before = trace.before(stop());
    HostTensor after = trace.after(stop());
    comparison.set(
        new Comparison(
            before == null ? null : Raster.of(before, index),
            after == null ? null : Raster.of(after, index),
            before == null || after == null ? null : Difference.between(before, after, index)));
  }
}
