package cdrl.studio.train;

import cdrl.data.Pictures;
import cdrl.runtime.AtomicFile;
import cdrl.runtime.CdrlException;
import cdrl.store.MetricsColumns;
import cdrl.store.RunSnapshot;
import cdrl.studio.charts.ChartLine;
import cdrl.studio.charts.Curve;
import cdrl.studio.charts.Ink;
import cdrl.studio.engine.PictureService;
import cdrl.studio.raster.Raster;
import cdrl.studio.resources.Messages;
import cdrl.studio.shell.Job;
import cdrl.studio.workspace.PictureExport;
import cdrl.studio.workspace.WorkspaceContext;
import cdrl.training.DivergenceSign;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import javafx.beans.property.BooleanProperty;
import javafx.beans.property.DoubleProperty;
import javafx.beans.property.IntegerProperty;
import javafx.beans.property.ReadOnlyBooleanProperty;
import javafx.beans.property.ReadOnlyBooleanWrapper;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;
import javafx.beans.property.ReadOnlyStringProperty;
import javafx.beans.property.ReadOnlyStringWrapper;
import javafx.beans.property.SimpleBooleanProperty;
import javafx.beans.property.SimpleDoubleProperty;
import javafx.beans.property.SimpleIntegerProperty;
import javafx.beans.property.SimpleStringProperty;
import javafx.beans.property.StringProperty;
import javafx.collections.FXCollections;
import javafx.collections.ObservableList;
import javafx.collections.ObservableSet;
import org.jspecify.annotations.Nullable;

/** What the Train workspace shows and does. All methods are for the user interface's thread. */
public final class TrainViewModel {
  private static final long LOOK_MILLISECONDS = 1000;
  private static final String RUNS = "runs";
  private static final int LEAST_CURVES = 1;

  private final WorkspaceContext context;
  private final RunLauncher launcher;
  private final ModelTaker taker;
  private final PictureExport export;
  private final NewRun newRun;

  private final ScheduledExecutorService watcher =
      Executors.newSingleThreadScheduledExecutor(
          work -> {
            Thread thread = new Thread(work, "runs");
            thread.setDaemon(true);
            return thread;
          });

  private final ObservableList<RunEntry> entries = FXCollections.observableArrayList();
  private final ObservableList<RunEntry> view = FXCollections.unmodifiableObservableList(entries);
  private final ObservableSet<String> charted = FXCollections.observableSet();
  private final ReadOnlyObjectWrapper<Path> folder = new ReadOnlyObjectWrapper<>();
  private final ReadOnlyBooleanWrapper looked = new ReadOnlyBooleanWrapper();
  private final ReadOnlyObjectWrapper<@Nullable RunEntry> selected = new ReadOnlyObjectWrapper<>();
  private final ReadOnlyObjectWrapper<List<ChartLine>> lines =
      new ReadOnlyObjectWrapper<>(List.of());
  private final ObservableList<String> quantities = FXCollections.observableArrayList();
  private final StringProperty quantity = new SimpleStringProperty("energy_difference");
  private final BooleanProperty perLevel = new SimpleBooleanProperty();
  private final DoubleProperty smoothing = new SimpleDoubleProperty(0.35);
  private final BooleanProperty logX = new SimpleBooleanProperty();
  private final BooleanProperty logY = new SimpleBooleanProperty();
  private final BooleanProperty outliers = new SimpleBooleanProperty();
  private final BooleanProperty levelSheets = new SimpleBooleanProperty();
  private final IntegerProperty sheet = new SimpleIntegerProperty(-1);
  private final ReadOnlyObjectWrapper<List<Long>> sheets = new ReadOnlyObjectWrapper<>(List.of());
  private final ReadOnlyObjectWrapper<@Nullable Raster> sheetPicture =
      new ReadOnlyObjectWrapper<>();
  private final ReadOnlyStringWrapper warning = new ReadOnlyStringWrapper("");
  private final ReadOnlyStringWrapper log = new ReadOnlyStringWrapper("");
  private final ReadOnlyStringWrapper config = new ReadOnlyStringWrapper("");

  private final Map<String, Integer> inks = new HashMap<>();
  private final Map<String, Drawn> drawn = new HashMap<>();
  private final Map<String, RunningJob> running = new HashMap<>();
  private volatile RunShelf shelf;
  private volatile Set<String> wanted = Set.of();
  private @Nullable String selectedName;
  private @Nullable String configured;
  private boolean followingSheets = true;
  private boolean movingSheet;
  private Optional<Path> pictured = Optional.empty();
  private @Nullable MetricsColumns judged;

  /** A curve that was made of metrics, so that it need not be made again. */
  private record Drawn(
      MetricsColumns metrics, String quantity, Curve raw, double smoothing, Curve smooth) {}

  /** A run in the job bar. */
  private record RunningJob(Job job, SimpleDoubleProperty fraction, SimpleStringProperty detail) {}

  /**
   * @param home the folder for runs when no other was chosen
   * @param taker takes the models that runs have made
   */
  public TrainViewModel(
      WorkspaceContext context,
      Path home,
      RunLauncher launcher,
      PictureService pictures,
      ModelTaker taker) {
    this.context = context;
    this.launcher = launcher;
    this.taker = taker;
    this.export = new PictureExport(context, pictures);
    Path place = context.preferences().folder(RUNS).orElse(home);
    shelf = new RunShelf(place, launcher);
    folder.set(place);
    newRun = new NewRun(context.messages(), name -> shelf.isTaken(name));
    perLevel.addListener((property, before, after) -> offerQuantities());
    for (var property : List.of(quantity, smoothing)) {
      property.addListener((observed, before, after) -> draw());
    }
    charted.addListener((javafx.collections.SetChangeListener<String>) change -> want());
    sheet.addListener((property, before, after) -> sheetChanged(after.intValue()));
    levelSheets.addListener(
        (property, before, after) -> {
          followingSheets = true;
          sheets.set(List.of());
          showSelected();
        });
    remember("train.logx", logX);
    remember("train.logy", logY);
    remember("train.outliers", outliers);
    context
        .preferences()
        .word("train.smoothing")
        .map(TrainViewModel::share)
        .ifPresent(smoothing::set);
    smoothing.addListener(
        (property, before, after) ->
            context.preferences().setWord("train.smoothing", String.valueOf(after)));
  }

  private static double share(String word) {
    try {
      return Math.max(0, Math.min(0.999, Double.parseDouble(word)));
    } catch (NumberFormatException e) {
      return 0;
    }
  }

  private void remember(String key, BooleanProperty property) {
    property.set(context.preferences().word(key).filter("true"::equals).isPresent());
    property.addListener(
        (observed, before, after) -> context.preferences().setWord(key, String.valueOf(after)));
  }

  /** What comes back at the next start: the run that is looked at, and what is drawn of it. */
  public Map<String, String> memory() {
    Map<String, String> settings = new HashMap<>();
    settings.put("quantity", quantity.get());
    settings.put("levels", String.valueOf(perLevel.get()));
    if (selectedName != null) {
      settings.put("run", selectedName);
    }
    return settings;
  }

  /** Brings back what was remembered, before the runs are looked for. */
  public void recall(Map<String, String> settings) {
    selectedName = settings.get("run");
    wanted = selectedName == null ? Set.of() : Set.of(selectedName);
    quantity.set(settings.getOrDefault("quantity", quantity.get()));
    perLevel.set("true".equals(settings.get("levels")));
  }

  /** Begins to watch the runs. */
  public void watch() {
    watcher.scheduleWithFixedDelay(this::look, 0, LOOK_MILLISECONDS, TimeUnit.MILLISECONDS);
  }

  /** Ends watching; processes that train go on. */
  public void close() {
    watcher.shutdownNow();
  }

  private void lookSoon() {
    if (!watcher.isShutdown()) {
      watcher.execute(this::look);
    }
  }

  /** Runs on the watcher's thread. */
  private void look() {
    RunShelf looked = shelf;
    try {
      List<RunEntry> found = looked.look(wanted);
      context.userInterface().execute(() -> show(looked, found));
    } catch (RuntimeException | OutOfMemoryError e) {
      context.userInterface().execute(() -> context.problems().report(e));
    }
  }

  private void show(RunShelf from, List<RunEntry> found) {
    if (from != shelf) {
      return; // another folder was chosen meanwhile
    }
    looked.set(true);
    replace(found);
    Set<String> names = found.stream().map(RunEntry::name).collect(Collectors.toSet());
    charted.retainAll(names);
    drawn.keySet().retainAll(names);
    if (selectedName == null || !names.contains(selectedName)) {
      select(found.isEmpty() ? null : found.get(0).name());
    } else {
      showSelected();
    }
    showJobs(found);
  }

  /** Changes what has changed only, so that the list keeps its place and selection. */
  private void replace(List<RunEntry> found) {
    boolean same =
        found.stream()
            .map(RunEntry::name)
            .toList()
            .equals(entries.stream().map(RunEntry::name).toList());
    if (!same) {
      entries.setAll(found);
      return;
    }
    for (int i = 0; i < found.size(); i++) {
      if (!found.get(i).equals(entries.get(i))) {
        entries.set(i, found.get(i));
      }
    }
  }

  private void showJobs(List<RunEntry> found) {
    Messages messages = context.messages();
    Map<String, RunEntry> active = new HashMap<>();
    found.stream()
        .filter(entry -> entry.standing().isActive())
        .forEach(entry -> active.put(entry.name(), entry));
    for (String name : List.copyOf(running.keySet())) {
      if (!active.containsKey(name)) {
        context.jobs().end(Objects.requireNonNull(running.remove(name)).job());
        found.stream()
            .filter(entry -> entry.name().equals(name))
            .forEach(
                entry ->
                    context.jobs().tell(messages.text("train.ended." + entry.standing(), name)));
      }
    }
    active.forEach(
        (name, entry) -> {
          RunningJob job = running.get(name);
          if (job == null) {
            SimpleDoubleProperty fraction = new SimpleDoubleProperty(-1);
            SimpleStringProperty detail = new SimpleStringProperty("");
            job =
                new RunningJob(
                    new Job(
                        messages.text("train.job", name),
                        fraction,
                        detail,
                        () -> entryOf(name).ifPresent(running -> stop(running, false))),
                    fraction,
                    detail);
            running.put(name, job);
            context.jobs().begin(job.job());
          }
          job.fraction().set(entry.fraction());
          job.detail().set(facts(entry));
        });
  }

  private Optional<RunEntry> entryOf(@Nullable String name) {
    return entries.stream().filter(entry -> entry.name().equals(name)).findFirst();
  }

  /** How far a run is and how long it will take, in a line. */
  public String facts(RunEntry entry) {
    Messages messages = context.messages();
    if (entry.standing() == Standing.STARTING) {
      return messages.text("train.starting");
    }
    String made =
        entry.goal() == 0
            ? messages.text("train.iteration", messages.grouped(entry.iteration(), 0))
            : messages.text(
                "train.iteration.of",
                messages.grouped(entry.iteration(), 0),
                messages.grouped(entry.goal(), 0));
    if (!entry.standing().isActive() || Double.isNaN(entry.speed())) {
      return made;
    }
    String speed = messages.text("train.speed", messages.figures(entry.speed()));
    double left = entry.secondsLeft();
    return Double.isNaN(left)
        ? made + "  ·  " + speed
        : made + "  ·  " + speed + "  ·  " + messages.text("train.left", messages.time(left));
  }

  /** The same in a few words where a run is at work. */
  public String shortFacts(RunEntry entry) {
    if (entry.standing() == Standing.STARTING || !entry.standing().isActive()) {
      return facts(entry);
    }
    Messages messages = context.messages();
    double left = entry.secondsLeft();
    if (entry.fraction() < 0 || Double.isNaN(left)) {
      return messages.text("train.iteration", messages.grouped(entry.iteration(), 0));
    }
    return messages.text("train.short", messages.number(100 * entry.fraction(), 0))
        + "  ·  "
        + messages.text("train.left", messages.time(left));
  }

  /** The runs, the newest first. */
  public ObservableList<RunEntry> entries() {
    return view;
  }

  /** Whether the runs have been looked for. */
  public ReadOnlyBooleanProperty lookedProperty() {
    return looked.getReadOnlyProperty();
  }

  /** The folder of runs. */
  public ReadOnlyObjectProperty<Path> folderProperty() {
    return folder.getReadOnlyProperty();
  }

  /** Takes another folder of runs. */
  public void setFolder(Path chosen) {
    context.preferences().setFolder(RUNS, chosen);
    context.preferences().save();
    shelf = new RunShelf(chosen, launcher);
    folder.set(chosen);
    looked.set(false);
    charted.clear();
    drawn.clear();
    entries.clear();
    select(null);
    lookSoon();
  }

  /** The run that is looked at, or null. */
  public ReadOnlyObjectProperty<@Nullable RunEntry> selectedProperty() {
    return selected.getReadOnlyProperty();
  }

  /** The runs whose curves are drawn beside that of the selected one. */
  public ObservableSet<String> charted() {
    return charted;
  }

  /** Draws the curves of all runs, or of the selected one alone when all are drawn. */
  public void chartAll() {
    Set<String> names = entries.stream().map(RunEntry::name).collect(Collectors.toSet());
    if (charted.containsAll(names)) {
      charted.clear();
    } else {
      charted.addAll(names);
    }
    for (int i = 0; i < entries.size(); i++) {
      entries.set(i, entries.get(i)); // their check marks
    }
  }

  /** Looks at a run. */
  public void select(@Nullable String name) {
    selectedName = name;
    followingSheets = true;
    judged = null;
    sheets.set(List.of());
    want();
    showSelected();
  }

  private void want() {
    List<String> names = new ArrayList<>(charted);
    if (selectedName != null) {
      names.add(selectedName);
    }
    Set<String> before = wanted;
    wanted = Set.copyOf(names.stream().distinct().toList());
    if (!before.containsAll(wanted)) {
      lookSoon();
    }
    draw();
  }

  private void showSelected() {
    RunEntry entry = entryOf(selectedName).orElse(null);
    selected.set(entry);
    RunSnapshot snapshot = entry == null ? null : entry.snapshot();
    log.set(
        snapshot == null || entry == null
            ? entry == null ? "" : entry.complaint()
            : logText(entry, snapshot));
    showSheets(snapshot);
    judge(snapshot);
    showConfig(entry);
    offerQuantities();
  }

  private static String logText(RunEntry entry, RunSnapshot snapshot) {
    String lines = String.join("\n", snapshot.log());
    boolean told = entry.complaint().isEmpty() || lines.contains(entry.complaint());
    return told ? lines : lines + "\n" + entry.complaint();
  }

  private void judge(@Nullable RunSnapshot snapshot) {
    RunEntry entry = selected.get();
    if (entry != null && !entry.complaint().isEmpty()) {
      warning.set(entry.complaint());
      judged = null;
      return;
    }
    if (snapshot == null) {
      warning.set(
          entry != null && entry.standing() == Standing.FAILED
              ? context.messages().text("train.failed.silent")
              : "");
      judged = null;
    } else if (snapshot.metrics() != judged) {
      judged = snapshot.metrics();
      double restarts = snapshot.metrics().last().getOrDefault("restarts", 0.0);
      if (restarts > 0) {
        warning.set(context.messages().text("train.restarted", (long) restarts));
        return;
      }
      warning.set(
          DivergenceSign.find(snapshot.metrics())
              .map(
                  sign ->
                      context
                          .messages()
                          .text(
                              "train.diverging",
                              quantityName(sign.quantity()),
                              context.messages().figures(sign.recent()),
                              context.messages().figures(sign.usual())))
              .orElse(""));
    }
  }

  /** What is wrong with the selected run, or may become so; empty when all is well. */
  public ReadOnlyStringProperty warningProperty() {
    return warning.getReadOnlyProperty();
  }

  /** The log of the selected run. */
  public ReadOnlyStringProperty logProperty() {
    return log.getReadOnlyProperty();
  }

  /** The configuration of the selected run. */
  public ReadOnlyStringProperty configProperty() {
    return config.getReadOnlyProperty();
  }

  /** Reads the configuration of the selected run once it has one. */
  private void showConfig(@Nullable RunEntry entry) {
    if (entry == null) {
      config.set("");
      configured = null;
    } else if (!entry.name().equals(configured)) {
      RunShelf from = shelf;
      configured = entry.name();
      config.set("");
      context.inBackground(
          () -> from.config(entry),
          text -> {
            if (entry.name().equals(configured) && from == shelf) {
              config.set(text);
            }
          });
    }
  }

  private void showSheets(@Nullable RunSnapshot snapshot) {
    List<Long> now =
        snapshot == null
            ? List.of()
            : levelSheets.get() ? snapshot.levelSheets() : snapshot.sheets();
    if (!now.equals(sheets.get())) {
      movingSheet = true;
      sheets.set(now);
      if (followingSheets || sheet.get() >= now.size()) {
        sheet.set(now.size() - 1);
      }
      movingSheet = false;
    }
    showPicture();
  }

  private void sheetChanged(int now) {
    if (!movingSheet) {
      followingSheets = now >= sheets.get().size() - 1;
    }
    showPicture();
  }

  /** The iterations that there are sample sheets of. */
  public ReadOnlyObjectProperty<List<Long>> sheetsProperty() {
    return sheets.getReadOnlyProperty();
  }

  /** Whether pictures of all noise levels are looked at instead of samples. */
  public BooleanProperty levelSheetsProperty() {
    return levelSheets;
  }

  /** Which sample sheet is looked at, from 0; −1 where there are none. */
  public IntegerProperty sheetProperty() {
    return sheet;
  }

  private Optional<Path> sheetFile() {
    RunEntry entry = selected.get();
    int index = sheet.get();
    return entry == null || entry.snapshot() == null || index < 0 || index >= sheets.get().size()
        ? Optional.empty()
        : Optional.of(
            levelSheets.get()
                ? entry.snapshot().levelSheet(sheets.get().get(index))
                : entry.snapshot().sheet(sheets.get().get(index)));
  }

  private void showPicture() {
    Optional<Path> file = sheetFile();
    if (file.equals(pictured)) {
      return;
    }
    pictured = file;
    if (file.isEmpty()) {
      sheetPicture.set(null);
      return;
    }
    context.inBackground(
        () -> Raster.of(Pictures.read(file.get(), 3)),
        picture -> {
          if (file.equals(pictured)) { // the newest wish wins
            sheetPicture.set(picture);
          }
        });
  }

  /** The sample sheet that is looked at, as soon as it is read; null where there is none. */
  public ReadOnlyObjectProperty<@Nullable Raster> sheetPictureProperty() {
    return sheetPicture.getReadOnlyProperty();
  }

  /** The folder of a run. */
  public Path folderOf(RunEntry entry) {
    return folder.get().resolve(entry.name());
  }

  private void offerQuantities() {
    RunEntry entry = selected.get();
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

  /** What can be drawn. */
  public ObservableList<String> quantities() {
    return quantities;
  }

  /** What people call a quantity. */
  public String quantityName(String column) {
    return context.messages().textOr("metric." + column, () -> words(column));
  }

  private static String words(String column) {
    String words = column.replace('_', ' ');
    return words.isEmpty() ? words : Character.toUpperCase(words.charAt(0)) + words.substring(1);
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
    List<ChartLine> shown = new ArrayList<>();
    for (RunEntry entry : entries) {
      boolean front = entry.name().equals(selectedName);
      if (entry.snapshot() != null && (front || charted.contains(entry.name()))) {
        MetricsColumns metrics = entry.snapshot().metrics();
        Drawn curve = drawn(entry.name(), metrics, m -> Quantities.curve(m.metrics, m.quantity));
        if (curve.raw().size() > 0) {
          shown.add(
              new ChartLine(entry.name(), ink(entry.name()), curve.raw(), curve.smooth(), front));
        }
      }
    }
    return shown;
  }

  private List<ChartLine> levelLines() {
    RunEntry entry = selected.get();
    if (entry == null || entry.snapshot() == null) {
      return List.of();
    }
    MetricsColumns metrics = entry.snapshot().metrics();
    int levels = Quantities.levels(metrics);
    List<ChartLine> shown = new ArrayList<>();
    for (int level = 1; level <= levels; level++) {
      int of = level;
      Drawn curve =
          drawn(
              entry.name() + "/" + level,
              metrics,
              m -> Quantities.curve(m.metrics, m.quantity, of));
      if (curve.raw().size() > 0) {
        double share = levels == 1 ? 0 : (level - 1.0) / (levels - 1);
        shown.add(
            new ChartLine(
                context.messages().text("level.title", level),
                new Ink.Ordered(share),
                curve.raw(),
                curve.smooth(),
                false));
      }
    }
    return shown;
  }

  private record Source(MetricsColumns metrics, String quantity) {}

  private Drawn drawn(
      String key, MetricsColumns metrics, java.util.function.Function<Source, Curve> maker) {
    String wantedQuantity = quantity.get();
    Drawn known = drawn.get(key);
    boolean fresh =
        known != null && known.metrics() == metrics && known.quantity().equals(wantedQuantity);
    if (fresh && known != null && known.smoothing() == smoothing.get()) {
      return known;
    }
    Curve raw =
        fresh && known != null ? known.raw() : maker.apply(new Source(metrics, wantedQuantity));
    Drawn made =
        new Drawn(
            metrics, wantedQuantity, raw, smoothing.get(), raw.smoothed(decay(smoothing.get())));
    drawn.put(key, made);
    return made;
  }

  /** Even steps of the slider are even steps of how far back the mean reaches. */
  private static double decay(double slider) {
    return slider <= 0 ? 0 : 1 - Math.pow(10, -3 * slider);
  }

  /** The form for a new run. */
  public NewRun newRun() {
    return newRun;
  }

  /** Starts the run that the form describes. */
  public void start() {
    String name = newRun.nameProperty().get().strip();
    Optional<String> yaml = newRun.yaml();
    if (yaml.isEmpty()) {
      return;
    }
    RunShelf at = shelf;
    context.problems().dismiss();
    context.inBackground(
        () -> {
          at.start(name, yaml.get());
          return name;
        },
        started -> {
          newRun.close();
          select(started);
          lookSoon();
        });
  }

  /** Goes on with a run. */
  public void resume(RunEntry entry) {
    change(
        shelf -> {
          shelf.resume(entry.name(), 0);
          return shelf;
        });
  }

  /** Asks a run to write a checkpoint and end, or ends it at once. */
  public void stop(RunEntry entry, boolean atOnce) {
    change(
        shelf -> {
          shelf.stop(entry, atOnce);
          return shelf;
        });
  }

  private void change(UnaryOperator<RunShelf> work) {
    RunShelf at = shelf;
    context.problems().dismiss();
    context.inBackground(() -> work.apply(at), changed -> lookSoon());
  }

  /** Moves a run to the trash. */
  public void remove(RunEntry entry) {
    RunShelf at = shelf;
    context.problems().dismiss();
    context.inBackground(
        () -> at.remove(entry),
        place -> {
          context
              .jobs()
              .tell(
                  place
                      .map(path -> context.messages().text("train.removed.to", entry.name(), path))
                      .orElse(context.messages().text("train.removed", entry.name())));
          lookSoon();
        });
  }

  /** Opens the newest model of a run where it can be used. */
  public void use(RunEntry entry) {
    if (entry.snapshot() != null && entry.snapshot().hasModel()) {
      taker.use(entry.snapshot().model(), entry.name());
    }
  }

  /** Opens the model of a run whose samples were nearest to the data. */
  public void useBest(RunEntry entry) {
    if (entry.snapshot() != null && entry.snapshot().hasBest()) {
      taker.use(entry.snapshot().best(), context.messages().text("train.best.name", entry.name()));
    }
  }

  /** Copies the newest model of a run among the person's own, with its newest samples. */
  public void keep(RunEntry entry) {
    RunSnapshot snapshot = entry.snapshot();
    if (snapshot != null && snapshot.hasModel()) {
      List<Long> drawnAt = snapshot.sheets();
      taker.keep(
          snapshot.model(),
          entry.name(),
          drawnAt.isEmpty() ? null : snapshot.sheet(drawnAt.get(drawnAt.size() - 1)));
    }
  }

  /** Whether there are curves to export. */
  public boolean hasCurves() {
    return lines.get().size() >= LEAST_CURVES;
  }

  /** A name for a file of the curves, without its extension. */
  public String fileStem() {
    RunEntry entry = selected.get();
    return (entry == null ? "runs" : entry.name()) + "-" + quantity.get().replace('_', '-');
  }

  /** Saves the picture of the chart. */
  public void savePicture(Path file, Raster picture) {
    export.save(
        file,
        picture,
        Map.of(
            "cdrl.workspace",
            "train",
            "cdrl.quantity",
            quantity.get(),
            "cdrl.runs",
            lines.get().stream().map(ChartLine::name).collect(Collectors.joining(", "))));
  }

  /** Saves the points of the curves that are shown, a row for each iteration. */
  public void saveTable(Path file) {
    List<ChartLine> saved = lines.get();
    String column = quantity.get();
    context.inBackground(
        () -> {
          AtomicFile.writeText(file, table(saved, column));
          return file;
        },
        done -> context.jobs().tell(context.messages().text("saved", done.toString())));
  }

  private static String table(List<ChartLine> lines, String column) {
    TreeMap<Double, String[]> rows = new TreeMap<>();
    for (int i = 0; i < lines.size(); i++) {
      Curve curve = lines.get(i).raw();
      for (int point = 0; point < curve.size(); point++) {
        rows.computeIfAbsent(curve.x(point), x -> new String[lines.size()])[i] =
            Double.toString(curve.y(point));
      }
    }
    StringBuilder text = new StringBuilder("iteration");
    for (ChartLine line : lines) {
      String title = (line.name() + " " + column).replace("\"", "\"\"");
      text.append(",\"").append(title).append('"');
    }
    text.append('\n');
    rows.forEach(
        (x, values) -> {
          text.append(x == Math.rint(x) ? Long.toString(x.longValue()) : x.toString());
          for (@Nullable String value : values) {
            text.append(',').append(value == null ? "" : value);
          }
          text.append('\n');
        });
    return text.toString();
  }

  /** Fills the form with the settings of the selected run. */
  public void copySettings() {
    String yaml = config.get();
    RunEntry entry = selected.get();
    if (entry != null && !yaml.isEmpty()) {
      try {
        newRun.open(yaml, entry.name());
      } catch (CdrlException e) {
        context.problems().report(e);
      }
    }
  }
}
