package cdrl.studio.compose;

import cdrl.sampling.Condition;
import cdrl.sampling.SamplingSettings;
import cdrl.studio.engine.LoadedModel;
import cdrl.studio.engine.ModelService;
import cdrl.studio.engine.PictureService;
import cdrl.studio.engine.SamplingService;
import cdrl.studio.engine.SamplingSession;
import cdrl.studio.engine.SeedText;
import cdrl.studio.engine.Stage;
import cdrl.studio.engine.Trace;
import cdrl.studio.resources.Messages;
import cdrl.studio.widgets.GridAxes;
import cdrl.studio.workspace.Gallery;
import cdrl.studio.workspace.GalleryWorkspace;
import cdrl.studio.workspace.PictureExport;
import cdrl.studio.workspace.SamplingMemory;
import cdrl.studio.workspace.SamplingSetup;
import cdrl.studio.workspace.SweepExport;
import cdrl.studio.workspace.WorkspaceContext;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import javafx.beans.binding.Bindings;
import javafx.beans.binding.BooleanBinding;
import javafx.beans.binding.StringBinding;
import javafx.beans.property.BooleanProperty;
import javafx.beans.property.IntegerProperty;
import javafx.beans.property.SimpleBooleanProperty;
import javafx.beans.property.SimpleIntegerProperty;
import javafx.beans.value.ObservableBooleanValue;
import javafx.beans.value.ObservableStringValue;
import org.jspecify.annotations.Nullable;

/** What the Compose workspace knows and does. Use it on the user interface's thread. */
public final class ComposeViewModel implements GalleryWorkspace.Model {
  private final WorkspaceContext context;
  private final ComposeSettings settings;
  private final SamplingSetup sampling;
  private final Gallery gallery;
  private final PictureMatrix matrix;
  private final ShownPictures shown;
  private final SweepExport sweep;
  private final SamplingMemory memory;
  private final BooleanProperty matrixShown = new SimpleBooleanProperty();
  private final MatrixAxes axes = new MatrixAxes(this::axesChanged);
  private final IntegerProperty selectedCell = new SimpleIntegerProperty();
  private final BooleanBinding impossible;
  private final BooleanBinding busy;
  private final StringBinding formula;

  /** The image of the grid that the matrix shows in many ways. */
  private int subject;

  /** What the grid was last asked for; null where any other wish makes other pictures. */
  private @Nullable SamplingSettings asked;

  /** Whether the matrix is to be shown as soon as a model is there. */
  private boolean matrixRecalled;

  /** Whether the view changes without a drawing. */
  private boolean quiet;

  /** A workspace without pictures. */
  public ComposeViewModel(
      WorkspaceContext context,
      ModelService models,
      SamplingService samples,
      PictureService pictures) {
    this.context = context;
    settings = new ComposeSettings(this::draw);
    Messages messages = context.messages();
    // Each cell of a matrix has weights of its own.
    impossible = settings.impossibleProperty().and(matrixShown.not());
    StringBinding obstacle =
        Bindings.createStringBinding(
            () -> impossible.get() ? messages.text("compose.impossible") : "", impossible);
    sampling =
        new SamplingSetup(
            context,
            SamplingSetup.Kind.gallery("compose", true),
            models,
            samples,
            (model, chosen) -> chosen.withCondition(settings.condition()),
            obstacle);
    sampling.session().withoutSteps(); // this workspace shows results only
    PictureExport export = new PictureExport(context, pictures);
    SamplingSession session = sampling.session();
    matrix = new PictureMatrix(context, samples);
    shown = new ShownPictures(messages, session, matrix.pictures(), matrixShown, this::weight);
    gallery = new Gallery(context, export, "compose", shown);
    formula =
        Bindings.createStringBinding(
            this::findFormula,
            settings.formulaProperty(),
            settings.productProperty(),
            settings.oppositeProperty(),
            matrixShown,
            axes.acrossProperty(),
            axes.upProperty(),
            axes.sideProperty(),
            selectedCell);
    selectedCell.bind(gallery.selectedProperty());
    busy =
        Bindings.createBooleanBinding(
            () -> session.isBusy() || matrix.busyProperty().get(),
            session.stateProperty(),
            matrix.busyProperty());
    sweep =
        new SweepExport(
            context,
            samples,
            export,
            sampling,
            new AttributeSweep(
                settings, sampling, () -> matrixShown.get() ? subject : gallery.index()));
    memory = new SamplingMemory(sampling, new Memory());
    session.traceProperty().addListener((property, before, after) -> refresh());
    session.previewProperty().addListener((property, before, after) -> refresh());
    matrix.pictures().imagesProperty().addListener((property, before, after) -> refresh());
    matrixShown.addListener((property, before, after) -> viewChanged(after));
    sampling.stepsProperty().addListener((property, before, after) -> redraw());
    sampling
        .models()
        .loadedProperty()
        .addListener(
            (property, before, after) -> {
              if (after != null) {
                modelLoaded(after);
              }
            });
  }

  @Override
  public SamplingSetup sampling() {
    return sampling;
  }

  /** The attributes' weights and the formula. */
  public ComposeSettings settings() {
    return settings;
  }

  @Override
  public Gallery gallery() {
    return gallery;
  }

  @Override
  public SweepExport sweep() {
    return sweep;
  }

  /** The settings to bring back at the next start. */
  public SamplingMemory memory() {
    return memory;
  }

  /** Whether something is being drawn that can be stopped. */
  @Override
  public ObservableBooleanValue busyProperty() {
    return busy;
  }

  /** Whether there is no energy to draw with: a product needs an attribute that is not off. */
  public ObservableBooleanValue impossibleProperty() {
    return impossible;
  }

  /** Whether a preview is shown until the whole run is through. */
  public boolean isPreview() {
    return !matrixShown.get() && sampling.session().previewProperty().get() != null;
  }

  /** Whether one image with many weights of two attributes is shown, in place of many images. */
  public BooleanProperty matrixShownProperty() {
    return matrixShown;
  }

  /** What is seen along the sides of the matrix. */
  public MatrixAxes axes() {
    return axes;
  }

  /** Whether the model has enough attributes for a matrix. */
  public boolean canShowMatrix() {
    return settings.attributesProperty().get().size() > 1;
  }

  /** The number of the matrix's image, from 1. */
  public int subjectNumber() {
    MatrixPlan plan = shown.plan();
    return (plan == null ? subject : plan.subject()) + 1;
  }

  /**
   * The energy of what is set with all its numbers; in the matrix, that of the selected picture.
   * Empty where there is no such energy.
   */
  public ObservableStringValue formulaProperty() {
    return formula;
  }

  private String findFormula() {
    MatrixSides sides = matrixShown.get() ? axes.sides() : null;
    if (sides == null) {
      return settings.formulaProperty().get();
    }
    Map<Attribute, Double> weights =
        sides.weights(Math.max(0, Math.min(sides.cells() - 1, selectedCell.get())));
    return settings.formula(attribute -> weights.getOrDefault(attribute, attribute.used()));
  }

  private void modelLoaded(LoadedModel model) {
    matrix.clear();
    asked = null;
    settings.fit(model);
    axes.fit(settings.attributesProperty().get());
    showQuietly(canShowMatrix() && (matrixShown.get() || matrixRecalled));
    matrixRecalled = false;
    refresh();
  }

  private void viewChanged(boolean toMatrix) {
    if (toMatrix) {
      subject = gallery.index();
      sampling.cancel();
      selectTheMiddle();
    } else {
      matrix.cancel();
      gallery.selectedProperty().set(subject);
    }
    if (!quiet) {
      asked = shown.isGridFinished() ? shown.grid() : null;
      draw();
    }
    refresh();
  }

  private void showQuietly(boolean toMatrix) {
    quiet = true;
    matrixShown.set(toMatrix);
    quiet = false;
  }

  private void selectTheMiddle() {
    int side = axes.sideProperty().get();
    gallery.selectedProperty().set(side * side / 2);
  }

  /** Draws what is set now where that is something else than before, previews first. */
  private void draw() {
    if (matrixShown.get()) {
      plan().filter(plan -> !matrix.isOf(plan)).ifPresent(this::draw);
    } else {
      sampling
          .current()
          .map(SamplingSetup.Current::settings)
          .filter(wanted -> !wanted.equals(asked))
          .ifPresent(this::follow);
    }
  }

  private void draw(MatrixPlan plan) {
    context.problems().dismiss();
    matrix.draw(plan, sampling::quick);
  }

  private void follow(SamplingSettings wanted) {
    asked = wanted;
    sampling.follow();
  }

  private void axesChanged() {
    if (matrixShown.get()) {
      draw();
    }
  }

  private void redraw() {
    if (gallery.imagesProperty().get() != null) {
      draw();
    }
  }

  /** Starts to sample, or draws the matrix, as a person asks for it. */
  @Override
  public void sample() {
    if (!sampling.obstacleProperty().get().isEmpty()) {
      context.problems().report(sampling.obstacleProperty().get());
    } else if (matrixShown.get()) {
      plan().ifPresent(this::draw);
    } else {
      asked = sampling.current().map(SamplingSetup.Current::settings).orElse(null);
      sampling.sample();
    }
  }

  @Override
  public void cancel() {
    matrix.cancel();
    sampling.cancel();
  }

  /** What a matrix would be drawn with now; nothing where that cannot be. */
  private Optional<MatrixPlan> plan() {
    MatrixSides sides = axes.sides();
    return sides == null
        ? Optional.empty()
        : sampling
            .current()
            .filter(now -> settings.isFor(now.model()))
            .map(now -> plan(now, sides));
  }

  private MatrixPlan plan(SamplingSetup.Current now, MatrixSides sides) {
    List<Optional<Condition>> conditions = new ArrayList<>();
    for (int cell = 0; cell < sides.cells(); cell++) {
      Map<Attribute, Double> weights = sides.weights(cell);
      conditions.add(
          settings.condition(attribute -> weights.getOrDefault(attribute, attribute.used())));
    }
    Map<Attribute, Double> none = Map.of(sides.across(), 0.0, sides.up(), 0.0);
    Condition others =
        settings
            .condition(attribute -> none.getOrDefault(attribute, attribute.used()))
            .orElse(Condition.NONE);
    return new MatrixPlan(
        now.model(),
        sides,
        now.settings().withCondition(others),
        Math.min(subject, now.settings().count() - 1),
        settings.way(),
        conditions);
  }

  /** What stands at the matrix's sides; null where there is no matrix. */
  public @Nullable GridAxes axisLabels() {
    MatrixPlan plan = shown.plan();
    MatrixSides sides = !matrixShown.get() ? null : plan == null ? axes.sides() : plan.sides();
    return sides == null ? null : sides.labels(this::weight);
  }

  /** What stands under the pictures: a word where a product has no expert, and so no picture. */
  public List<String> captions() {
    MatrixPlan plan = shown.plan();
    return plan == null ? List.of() : plan.captions(context.messages().text("compose.cell.empty"));
  }

  /** A weight as people read it. */
  public String weight(double weight) {
    return weight == 0
        ? context.messages().text("compose.off")
        : context.messages().number(weight, weight == Math.rint(weight) ? 0 : 2);
  }

  /** Sets the sliders to the weights of the selected cell, and goes back to the grid. */
  public void takeCell() {
    MatrixPlan plan = shown.plan();
    if (plan == null) {
      return;
    }
    if (plan.isPossible(gallery.index())) {
      settings.setWeights(plan.sides().weights(gallery.index()));
      matrixShown.set(false);
    } else {
      context.problems().report(context.messages().text("compose.impossible"));
    }
  }

  /** Takes model and settings from what a saved picture tells. */
  public void restore(Map<String, String> notes) {
    memory.restore(notes, () -> restoreView(notes));
  }

  private void restoreView(Map<String, String> notes) {
    asked = null;
    String sides = notes.getOrDefault("cdrl.matrix", "");
    showQuietly(axes.restore(sides, settings.attributesProperty().get()));
    SeedText.parse(notes.getOrDefault("cdrl.image", "")).ifPresent(this::select);
    if (matrixShown.get()) {
      selectTheMiddle();
      draw();
    }
  }

  private void select(long number) {
    int image = (int) Math.min(number, Gallery.MOST_IMAGES - 1);
    if (matrixShown.get()) {
      subject = image;
    } else {
      gallery.selectedProperty().set(image);
    }
  }

  /** The sliders, the formula, and the view. */
  private final class Memory implements SamplingMemory.Own {
    @Override
    public Map<String, String> memory() {
      Map<String, String> memory = new HashMap<>(settings.memory());
      boolean matrix = matrixShown.get() || matrixRecalled;
      memory.put("matrix", Boolean.toString(matrix));
      memory.put("axes", axes.note());
      return memory;
    }

    @Override
    public void recall(Map<String, String> memory) {
      settings.recall(memory);
      axes.recall(memory.getOrDefault("axes", ""));
      matrixRecalled = Boolean.parseBoolean(memory.get("matrix"));
    }

    @Override
    public List<String> restore(LoadedModel model, Map<String, String> notes) {
      return settings.restore(model, notes);
    }
  }

  private void refresh() {
    if (matrixShown.get()) {
      gallery.show(matrix.pictures().imagesProperty().get());
      return;
    }
    SamplingSession.Preview quick = sampling.session().previewProperty().get();
    Trace trace = sampling.session().traceProperty().get();
    gallery.show(
        quick != null
            ? quick.samples()
            : trace == null ? null : trace.at(trace.newestStop(), Stage.REFINED));
  }
}
