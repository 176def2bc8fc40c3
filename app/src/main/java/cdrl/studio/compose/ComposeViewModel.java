package cdrl.studio.compose;

import cdrl.sampling.Condition;
import cdrl.sampling.ConditionNotes;
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
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import javafx.beans.binding.Bindings;
import javafx.beans.binding.StringBinding;
import javafx.beans.property.BooleanProperty;
import javafx.beans.property.IntegerProperty;
import javafx.beans.property.ObjectProperty;
import javafx.beans.property.SimpleBooleanProperty;
import javafx.beans.property.SimpleIntegerProperty;
import javafx.beans.property.SimpleObjectProperty;
import javafx.beans.value.ObservableStringValue;
import org.jspecify.annotations.Nullable;

/** What the Compose workspace knows and does. Use it on the user interface's thread. */
public final class ComposeViewModel implements GalleryWorkspace.Model {
  private final WorkspaceContext context;
  private final ComposeSettings settings;
  private final SamplingSetup sampling;
  private final Gallery gallery;
  private final PictureMatrix matrix;
  private final SweepExport sweep;
  private final SamplingMemory memory;
  private final BooleanProperty matrixShown = new SimpleBooleanProperty();
  private final ObjectProperty<@Nullable Attribute> across = new SimpleObjectProperty<>();
  private final ObjectProperty<@Nullable Attribute> up = new SimpleObjectProperty<>();
  private final IntegerProperty side = new SimpleIntegerProperty(5);
  private final IntegerProperty selectedCell = new SimpleIntegerProperty();
  private final StringBinding formula;

  /** The image of the grid that the matrix shows in many ways. */
  private int subject;

  private boolean choosingAxes;

  /** A workspace without pictures. */
  public ComposeViewModel(
      WorkspaceContext context,
      ModelService models,
      SamplingService samples,
      PictureService pictures) {
    this.context = context;
    settings = new ComposeSettings(this::draw);
    Messages messages = context.messages();
    StringBinding impossible =
        Bindings.createStringBinding(
            () -> settings.impossibleProperty().get() ? messages.text("compose.impossible") : "",
            settings.impossibleProperty());
    sampling =
        new SamplingSetup(
            context,
            SamplingSetup.Kind.gallery("compose", true),
            models,
            samples,
            (model, chosen) -> chosen.withCondition(settings.condition()),
            impossible);
    PictureExport export = new PictureExport(context, pictures);
    formula =
        Bindings.createStringBinding(
            this::findFormula,
            settings.formulaProperty(),
            matrixShown,
            across,
            up,
            side,
            selectedCell);
    gallery = new Gallery(context, export, "compose", new Shown());
    selectedCell.bind(gallery.selectedProperty());
    matrix = new PictureMatrix(context, samples);
    sweep = new SweepExport(context, samples, export, sampling, new Sliders());
    memory = new SamplingMemory(sampling, settings);
    SamplingSession session = sampling.session();
    session.traceProperty().addListener((property, before, after) -> refresh());
    session.previewProperty().addListener((property, before, after) -> refresh());
    matrix.imagesProperty().addListener((property, before, after) -> refresh());
    matrixShown.addListener((property, before, after) -> viewChanged(after));
    across.addListener((property, before, after) -> axisChosen(up, before, after));
    up.addListener((property, before, after) -> axisChosen(across, before, after));
    side.addListener((property, before, after) -> draw());
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

  /** Whether a preview is shown until the whole run is through. */
  public boolean isPreview() {
    return !matrixShown.get() && sampling.session().previewProperty().get() != null;
  }

  /** Whether one image with many weights of two attributes is shown, in place of many images. */
  public BooleanProperty matrixShownProperty() {
    return matrixShown;
  }

  /** The attribute whose weight grows from left to right in the matrix. */
  public ObjectProperty<@Nullable Attribute> acrossProperty() {
    return across;
  }

  /** The attribute whose weight grows from bottom to top in the matrix. */
  public ObjectProperty<@Nullable Attribute> upProperty() {
    return up;
  }

  /** Pictures per side of the matrix, odd; weights are whole numbers around 0. */
  public IntegerProperty sideProperty() {
    return side;
  }

  /** Whether the model has enough attributes for a matrix. */
  public boolean canShowMatrix() {
    return settings.attributesProperty().get().size() > 1;
  }

  /** The number of the matrix's image, from 1. */
  public int subjectNumber() {
    return subject + 1;
  }

  /** The energy of what is shown with all its numbers; of the selected picture of the matrix. */
  public ObservableStringValue formulaProperty() {
    return formula;
  }

  private String findFormula() {
    if (!matrixShown.get() || across.get() == null) {
      return settings.formulaProperty().get();
    }
    Map<Attribute, Double> weights =
        cellWeights(Math.max(0, Math.min(side.get() * side.get() - 1, selectedCell.get())));
    return settings.formula(attribute -> weights.getOrDefault(attribute, attribute.used()));
  }

  private void modelLoaded(LoadedModel model) {
    matrix.clear();
    settings.fit(model);
    List<Attribute> attributes = settings.attributesProperty().get();
    choosingAxes = true;
    across.set(attributes.isEmpty() ? null : attributes.get(attributes.size() > 1 ? 1 : 0));
    up.set(attributes.isEmpty() ? null : attributes.get(0));
    choosingAxes = false;
    if (!canShowMatrix()) {
      matrixShown.set(false);
    }
    refresh();
  }

  /** Two axes never show the same attribute: they change places. */
  private void axisChosen(
      ObjectProperty<@Nullable Attribute> other,
      @Nullable Attribute before,
      @Nullable Attribute after) {
    if (choosingAxes) {
      return;
    }
    if (after != null && after.equals(other.get())) {
      choosingAxes = true;
      other.set(before);
      choosingAxes = false;
    }
    draw();
  }

  private void viewChanged(boolean toMatrix) {
    if (toMatrix) {
      subject = gallery.index();
      sampling.cancel();
      gallery.selectedProperty().set(side.get() * side.get() / 2);
      draw();
    } else {
      matrix.cancel();
      gallery.selectedProperty().set(subject);
      SamplingSettings shown = shownSettings();
      if (shown == null || !shown.condition().equals(settings.condition())) {
        sampling.follow();
      }
    }
    refresh();
  }

  /** Draws what is set now, previews first. */
  private void draw() {
    if (matrixShown.get()) {
      drawMatrix();
    } else {
      sampling.follow();
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
      drawMatrix();
    } else {
      sampling.sample();
    }
  }

  @Override
  public void cancel() {
    matrix.cancel();
    sampling.cancel();
  }

  private void drawMatrix() {
    sampling.current().ifPresent(this::drawMatrix);
  }

  private void drawMatrix(SamplingSetup.Current current) {
    List<SamplingSettings> quick = new ArrayList<>();
    List<SamplingSettings> whole = new ArrayList<>();
    for (int cell = 0; cell < side.get() * side.get(); cell++) {
      SamplingSettings one = cellSettings(current.settings(), cell);
      whole.add(one);
      quick.add(sampling.quick(one));
    }
    context.problems().dismiss();
    matrix.draw(current.model(), quick, whole);
  }

  private SamplingSettings cellSettings(SamplingSettings chosen, int cell) {
    Map<Attribute, Double> weights = cellWeights(cell);
    return chosen
        .part(Math.min(subject, chosen.count() - 1), 1)
        .withCondition(
            settings.condition(attribute -> weights.getOrDefault(attribute, attribute.used())));
  }

  /** The weights of the two axes in a cell. */
  private Map<Attribute, Double> cellWeights(int cell) {
    int middle = side.get() / 2;
    Map<Attribute, Double> weights = new LinkedHashMap<>();
    Attribute first = across.get();
    Attribute second = up.get();
    if (first != null) {
      weights.put(first, (double) (cell % side.get() - middle));
    }
    if (second != null) {
      weights.put(second, (double) (middle - cell / side.get()));
    }
    return weights;
  }

  /** What stands at the matrix's axes; null where there is no matrix. */
  public @Nullable GridAxes axes() {
    Attribute first = across.get();
    Attribute second = up.get();
    if (!matrixShown.get() || first == null || second == null) {
      return null;
    }
    List<String> columns = new ArrayList<>();
    List<String> rows = new ArrayList<>();
    int middle = side.get() / 2;
    for (int i = -middle; i <= middle; i++) {
      columns.add(weight(i));
      rows.add(weight(-i));
    }
    return new GridAxes(first.name(), columns, second.name(), rows);
  }

  /** A weight as people read it. */
  public String weight(double weight) {
    return weight == 0
        ? context.messages().text("compose.off")
        : context.messages().number(weight, weight == Math.rint(weight) ? 0 : 2);
  }

  /** Sets the sliders to the weights of the selected cell, and goes back to the grid. */
  public void takeCell() {
    if (matrixShown.get() && gallery.count() > 0) {
      Map<Attribute, Double> weights = cellWeights(gallery.index());
      settings.setWeights(weights);
      matrixShown.set(false);
    }
  }

  /** What can be swept: the weights of the attributes. */
  private final class Sliders implements SweepExport.Sliders {
    @Override
    public List<SweepExport.Slider> list() {
      return sampling.current().isEmpty()
          ? List.of()
          : settings.attributesProperty().get().stream()
              .map(
                  attribute ->
                      new SweepExport.Slider(
                          attribute.name(), -ComposeSettings.MOST, ComposeSettings.MOST))
              .toList();
    }

    @Override
    public Condition condition(int slider, double value) {
      Attribute swept = attribute(slider);
      return settings.condition(other -> other.equals(swept) ? value : other.used());
    }

    @Override
    public int image() {
      return matrixShown.get() ? subject : gallery.index();
    }

    @Override
    public String fileStem(LoadedModel model, int slider) {
      return PictureExport.stem(model)
          + "-seed-"
          + sampling.seedProperty().get().strip()
          + "-"
          + attribute(slider).name();
    }

    private Attribute attribute(int slider) {
      return settings.attributesProperty().get().get(slider);
    }
  }

  /** Takes model and settings from what a saved picture tells. */
  public void restore(Map<String, String> notes) {
    memory.restore(notes, () -> restoreMatrix(notes));
  }

  private void restoreMatrix(Map<String, String> notes) {
    String[] words = notes.getOrDefault("cdrl.matrix", "").split(", ", -1);
    if (words.length != 3 || !canShowMatrix()) {
      matrixShown.set(false);
      return;
    }
    choosingAxes = true;
    for (Attribute attribute : settings.attributesProperty().get()) {
      if (attribute.name().equals(words[0])) {
        across.set(attribute);
      } else if (attribute.name().equals(words[1])) {
        up.set(attribute);
      }
    }
    choosingAxes = false;
    SeedText.parse(words[2]).ifPresent(size -> side.set((int) Math.max(3, Math.min(7, size | 1))));
    SeedText.parse(notes.getOrDefault("cdrl.image", ""))
        .ifPresent(
            image ->
                gallery.selectedProperty().set((int) Math.min(image, Gallery.MOST_IMAGES - 1)));
    matrixShown.set(true);
  }

  private @Nullable SamplingSettings shownSettings() {
    SamplingSession.Preview quick = sampling.session().previewProperty().get();
    Trace trace = sampling.session().traceProperty().get();
    return quick != null ? quick.whole() : trace == null ? null : trace.settings();
  }

  private void refresh() {
    if (matrixShown.get()) {
      gallery.show(matrix.imagesProperty().get());
      return;
    }
    SamplingSession.Preview quick = sampling.session().previewProperty().get();
    Trace trace = sampling.session().traceProperty().get();
    gallery.show(
        quick != null
            ? quick.samples()
            : trace == null ? null : trace.at(trace.newestStop(), Stage.REFINED));
  }

  /** What the shown images are. */
  private final class Shown implements Gallery.Origin {
    @Override
    public String fileStem() {
      return PictureExport.stem(model())
          + "-seed-"
          + shown().seed()
          + (matrixShown.get() ? "-matrix" : "");
    }

    @Override
    public String caption(int index) {
      Messages messages = context.messages();
      if (!matrixShown.get()) {
        return messages.text("generate.image", index + 1, gallery.count());
      }
      List<String> words = new ArrayList<>();
      cellWeights(index)
          .forEach(
              (attribute, weight) ->
                  words.add(messages.text("compose.cell", attribute.name(), weight(weight))));
      return String.join(", ", words);
    }

    @Override
    public String name(int index) {
      return context
          .messages()
          .text(
              "compose.sent",
              model().description().name(),
              Long.toString(shown().seed()),
              caption(index));
    }

    @Override
    public Map<String, String> notes(int index) {
      Map<String, String> notes = PictureExport.notes("compose", model());
      SamplingSettings made = shown();
      boolean cell = matrixShown.get() && index >= 0;
      PictureExport.add(notes, made);
      notes.putAll(
          ConditionNotes.of(
              model().description(),
              cell ? cellSettings(made, index).condition() : made.condition()));
      if (isPreview()) {
        notes.put("cdrl.preview", "true");
      }
      Attribute first = across.get();
      Attribute second = up.get();
      if (matrixShown.get() && !cell && first != null && second != null) {
        notes.put("cdrl.matrix", first.name() + ", " + second.name() + ", " + side.get());
      }
      if (matrixShown.get() || index >= 0) {
        notes.put("cdrl.image", Integer.toString(matrixShown.get() ? subject : index));
      }
      return notes;
    }

    private LoadedModel model() {
      return Objects.requireNonNull(sampling.models().loadedProperty().get(), "there are images");
    }

    /** The settings of what is shown; those of now for the matrix. */
    private SamplingSettings shown() {
      SamplingSession.Preview quick = sampling.session().previewProperty().get();
      if (!matrixShown.get() && quick != null) {
        return quick.whole();
      }
      SamplingSettings drawn = matrixShown.get() ? matrixSettings() : shownSettings();
      return Objects.requireNonNull(drawn, "there are images");
    }

    private @Nullable SamplingSettings matrixSettings() {
      return sampling.current().map(SamplingSetup.Current::settings).orElse(shownSettings());
    }
  }
}
