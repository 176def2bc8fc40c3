package cdrl.studio.train;

import cdrl.runtime.AtomicFile;
import cdrl.store.MetricsColumns;
import cdrl.studio.charts.ChartLine;
import cdrl.studio.charts.Curve;
import cdrl.studio.charts.CurveTable;
import cdrl.studio.charts.Ink;
import cdrl.studio.engine.PictureService;
import cdrl.studio.raster.Raster;
import cdrl.studio.resources.Messages;
import cdrl.studio.shell.Preferences;
import cdrl.studio.workspace.PictureExport;
import cdrl.studio.workspace.WorkspaceContext;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.BiFunction;
import javafx.beans.property.BooleanProperty;
import javafx.beans.property.DoubleProperty;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;
import javafx.beans.property.SimpleBooleanProperty;
import javafx.beans.property.SimpleDoubleProperty;
import javafx.beans.property.SimpleStringProperty;
import javafx.beans.property.StringProperty;
import javafx.collections.FXCollections;
import javafx.collections.ObservableList;
import javafx.collections.ObservableSet;
import javafx.collections.SetChangeListener;
import org.jspecify.annotations.Nullable;

/** What the chart of the Train workspace shows, and how. Use it on the user interface's thread. */
public final class RunCurves {
  private final WorkspaceContext context;
  private final PictureExport export;
  private final ObservableList<RunEntry> runs;
  private final ObservableSet<String> charted = FXCollections.observableSet();
  private final ReadOnlyObjectWrapper<List<ChartLine>> lines =
      new ReadOnlyObjectWrapper<>(List.of());
  private final ObservableList<String> quantities = FXCollections.observableArrayList();
  private final StringProperty quantity = new SimpleStringProperty("energy_difference");
  private final BooleanProperty perLevel = new SimpleBooleanProperty();
  private final DoubleProperty smoothing = new SimpleDoubleProperty(0.35);
  private final BooleanProperty logX = new SimpleBooleanProperty();
  private final BooleanProperty logY = new SimpleBooleanProperty();
  private final BooleanProperty outliers = new SimpleBooleanProperty();
  private final Map<String, Integer> inks = new HashMap<>();
  private final Map<String, Drawn> drawn = new HashMap<>();
  private @Nullable RunEntry selected;

  /** A curve that was made of metrics, so that it need not be made again. */
  private record Drawn(
      MetricsColumns metrics, String quantity, Curve raw, double smoothing, Curve smooth) {}

  /**
   * No curves yet.
   *
   * @param runs all runs, the newest first; read whenever curves are drawn
   */
  RunCurves(WorkspaceContext context, PictureService pictures, ObservableList<RunEntry> runs) {
    this.context = context;
    this.runs = runs;
    export = new PictureExport(context, pictures);
    perLevel.addListener((property, before, after) -> offerQuantities());
    for (var property : List.of(quantity, smoothing)) {
      property.addListener((observed, before, after) -> draw());
    }
    charted.addListener((SetChangeListener<String>) change -> draw());
    remember("train.logx", logX);
    remember("train.logy", logY);
    remember("train.outliers", outliers);
    Preferences preferences = context.preferences();
    preferences.word("train.smoothing").map(RunCurves::share).ifPresent(smoothing::set);
    smoothing.addListener(
        (property, before, after) -> preferences.setWord("train.smoothing", after.toString()));
  }

  private void remember(String key, BooleanProperty property) {
    Preferences preferences = context.preferences();
    property.set(preferences.word(key).filter("true"::equals).isPresent());
    property.addListener(
        (observed, before, after) -> preferences.setWord(key, String.valueOf(after)));
  }

  private static double share(String word) {
    try {
      return Math.max(0, Math.min(0.999, Double.parseDouble(word)));
    } catch (NumberFormatException e) {
      return 0;
    }
  }

  /** Draws what the runs have come to, the given one in front. */
  void show(@Nullable RunEntry front) {
    selected = front;
    offerQuantities();
  }

  /** Forgets all runs but those of the given names. */
  void retain(Set<String> names) {
    charted.retainAll(names);
    drawn.keySet().removeIf(key -> !names.contains(key.replaceFirst("/\\d+$", "")));
  }

  /** The runs whose curves are drawn beside that of the selected one. */
  public ObservableSet<String> charted() {
    return charted;
  }

  /** What can be drawn. */
  public ObservableList<String> quantities() {
    return quantities;
  }

  /** What is drawn: a column, or what there is for every noise level. */
  public StringProperty quantityProperty() {
    return quantity;
  }

  /** Whether the selected run's noise levels are drawn instead of runs. */
  public BooleanProperty perLevelProperty() {
    return perLevel;
  }

  /** How much curves are smoothed, 0 (not at all) to below 1. */
  public DoubleProperty smoothingProperty() {
    return smoothing;
  }

  /** Whether the horizontal axis is logarithmic. */
  public BooleanProperty logXProperty() {
    return logX;
  }

  /** Whether the vertical axis is logarithmic. */
  public BooleanProperty logYProperty() {
    return logY;
  }

  /** Whether the chart makes room for outliers. */
  public BooleanProperty outliersProperty() {
    return outliers;
  }

  /** The curves to draw. */
  public ReadOnlyObjectProperty<List<ChartLine>> linesProperty() {
    return lines.getReadOnlyProperty();
  }

  /** The colour of a run. */
  public Ink ink(String run) {
    return new Ink.Distinct(inks.computeIfAbsent(run, name -> inks.size()));
  }

  private void offerQuantities() {
    RunEntry entry = selected;
    if (entry != null && entry.snapshot() != null && entry.snapshot().metrics().rows() > 0) {
      MetricsColumns metrics = entry.snapshot().metrics();
      List<String> offered =
          perLevel.get() ? Quantities.perLevel(metrics) : Quantities.overall(metrics);
      if (!offered.equals(quantities)) {
        String before = quantity.get();
        quantities.setAll(offered);
        quantity.set(offered.contains(before) ? before : offered.isEmpty() ? "" : offered.get(0));
      }
    }
    draw();
  }

  private void draw() {
    if (quantity.get() == null) {
      return; // the list of quantities is being replaced
    }
    List<ChartLine> next = perLevel.get() ? levelLines() : runLines();
    if (!next.equals(lines.get())) {
      lines.set(next);
    }
  }

  private List<ChartLine> runLines() {
    String first = selected == null ? null : selected.name();
    List<ChartLine> shown = new ArrayList<>();
    for (RunEntry entry : runs) {
      boolean front = entry.name().equals(first);
      if (entry.snapshot() != null && (front || charted.contains(entry.name()))) {
        Drawn curve = drawn(entry.name(), entry.snapshot().metrics(), Quantities::curve);
        if (curve.raw().size() > 0) {
          shown.add(
              new ChartLine(entry.name(), ink(entry.name()), curve.raw(), curve.smooth(), front));
        }
      }
    }
    return shown;
  }

  private List<ChartLine> levelLines() {
    RunEntry entry = selected;
    if (entry == null || entry.snapshot() == null) {
      return List.of();
    }
    Messages messages = context.messages();
    MetricsColumns metrics = entry.snapshot().metrics();
    int levels = Quantities.levels(metrics);
    List<ChartLine> shown = new ArrayList<>();
    for (int level = 1; level <= levels; level++) {
      int of = level;
      Drawn curve =
          drawn(
              entry.name() + "/" + level,
              metrics,
              (columns, name) -> Quantities.curve(columns, name, of));
      if (curve.raw().size() > 0) {
        double share = levels == 1 ? 0 : (level - 1.0) / (levels - 1);
        shown.add(
            new ChartLine(
                messages.text("level.title", level),
                new Ink.Ordered(share),
                curve.raw(),
                curve.smooth(),
                false));
      }
    }
    return shown;
  }

  private Drawn drawn(
      String key, MetricsColumns metrics, BiFunction<MetricsColumns, String, Curve> maker) {
    String wanted = quantity.get();
    Drawn known = drawn.get(key);
    if (known == null || known.metrics() != metrics || !known.quantity().equals(wanted)) {
      known = null;
    } else if (known.smoothing() == smoothing.get()) {
      return known;
    }
    Curve raw = known == null ? maker.apply(metrics, wanted) : known.raw();
    Drawn made =
        new Drawn(metrics, wanted, raw, smoothing.get(), raw.smoothed(decay(smoothing.get())));
    drawn.put(key, made);
    return made;
  }

  /** Even steps of the slider are even steps of how far back the mean reaches. */
  private static double decay(double slider) {
    return slider <= 0 ? 0 : 1 - Math.pow(10, -3 * slider);
  }

  /** Whether there is nothing to export. */
  public boolean isEmpty() {
    return lines.get().isEmpty();
  }

  /** A name for a file of the curves, without its extension. */
  public String fileStem() {
    return (selected == null ? "runs" : selected.name()) + "-" + quantity.get().replace('_', '-');
  }

  /** Saves the picture of the chart, with all that it takes to draw it again. */
  public void savePicture(Path file, Raster picture) {
    export.save(file, picture, notes());
  }

  private Map<String, String> notes() {
    Map<String, String> notes = new LinkedHashMap<>();
    notes.put("cdrl.workspace", "train");
    notes.put(RunNotes.RUN, selected == null ? "" : selected.name());
    notes.put(RunNotes.RUNS, RunNotes.joined(charted));
    notes.put("cdrl.quantity", quantity.get());
    notes.put("cdrl.levels", String.valueOf(perLevel.get()));
    notes.put("cdrl.smoothing", String.valueOf(smoothing.get()));
    notes.put("cdrl.log-x", String.valueOf(logX.get()));
    notes.put("cdrl.log-y", String.valueOf(logY.get()));
    notes.put("cdrl.outliers", String.valueOf(outliers.get()));
    return notes;
  }

  /** Draws as a saved picture tells, beside the selected run those that it names. */
  void restore(Map<String, String> notes) {
    charted.retainAll(RunNotes.parted(notes.get(RunNotes.RUNS)));
    charted.addAll(RunNotes.parted(notes.get(RunNotes.RUNS)));
    perLevel.set("true".equals(notes.get("cdrl.levels")));
    quantity.set(notes.getOrDefault("cdrl.quantity", quantity.get()));
    smoothing.set(share(notes.getOrDefault("cdrl.smoothing", "")));
    logX.set("true".equals(notes.get("cdrl.log-x")));
    logY.set("true".equals(notes.get("cdrl.log-y")));
    outliers.set("true".equals(notes.get("cdrl.outliers")));
    offerQuantities();
  }

  /** Saves the points of the curves that are shown, a row for each iteration. */
  public void saveTable(Path file) {
    CurveTable table = new CurveTable(lines.get(), Objects.requireNonNull(quantity.get()));
    context.inBackground(
        () -> {
          AtomicFile.writeText(file, table.text());
          return file;
        },
        done -> context.jobs().tell(context.messages().text("saved", done.toString())));
  }
}
