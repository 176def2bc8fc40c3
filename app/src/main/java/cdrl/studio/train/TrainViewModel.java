package cdrl.studio.train;

import cdrl.runtime.CdrlException;
import cdrl.store.RunSnapshot;
import cdrl.studio.engine.PictureService;
import cdrl.studio.workspace.WorkspaceContext;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import javafx.beans.property.ReadOnlyBooleanProperty;
import javafx.beans.property.ReadOnlyBooleanWrapper;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;
import javafx.beans.property.ReadOnlyStringProperty;
import javafx.beans.property.ReadOnlyStringWrapper;
import javafx.collections.FXCollections;
import javafx.collections.ObservableList;
import javafx.collections.SetChangeListener;
import org.jspecify.annotations.Nullable;

/** What the Train workspace shows and does. All methods are for the user interface's thread. */
public final class TrainViewModel {
  private static final long LOOK_MILLISECONDS = 1000;

  /** After that a process that cannot begin has ended, and a second click is no double click. */
  private static final long SETTLE_MILLISECONDS = 1000;

  private static final String RUNS = "runs";

  private final WorkspaceContext context;
  private final RunLauncher launcher;
  private final ModelTaker taker;
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
  private final ReadOnlyObjectWrapper<Path> folder = new ReadOnlyObjectWrapper<>();
  private final ReadOnlyBooleanWrapper looked = new ReadOnlyBooleanWrapper();
  private final ReadOnlyObjectWrapper<@Nullable RunEntry> selected = new ReadOnlyObjectWrapper<>();
  private final ReadOnlyStringWrapper warning = new ReadOnlyStringWrapper("");
  private final ReadOnlyStringWrapper log = new ReadOnlyStringWrapper("");
  private final ReadOnlyStringWrapper config = new ReadOnlyStringWrapper("");

  private final RunCurves curves;
  private final SampleSheets sheets;
  private final RunWords words;
  private final RunJobs jobs;
  private final RunControl control;
  private final ReadOnlyBooleanWrapper underWay = new ReadOnlyBooleanWrapper();
  private volatile RunShelf shelf;
  private volatile Set<String> wanted = Set.of();
  private List<RunEntry> found = List.of();
  private @Nullable String selectedName;
  private @Nullable String configured;
  private @Nullable RunEntry judged;

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
    Path place = context.preferences().folder(RUNS).orElse(home);
    shelf = new RunShelf(place, launcher, context.messages());
    folder.set(place);
    newRun = new NewRun(context.messages(), name -> shelf.isTaken(name));
    curves = new RunCurves(context, pictures, view);
    curves.charted().addListener((SetChangeListener<String>) change -> want());
    sheets = new SampleSheets(context, pictures);
    words = new RunWords(context.messages());
    jobs =
        new RunJobs(
            context.messages(),
            context.jobs(),
            name -> entryOf(name).ifPresent(running -> stop(running, false)));
    control = new RunControl(context, () -> shelf, this::lookLater, this::showRuns);
  }

  /** What comes back at the next start: the run that is looked at, and what is drawn of it. */
  public Map<String, String> memory() {
    Map<String, String> settings = new HashMap<>();
    settings.put("quantity", String.valueOf(curves.quantityProperty().get()));
    settings.put("levels", String.valueOf(curves.perLevelProperty().get()));
    settings.put("charted", RunNotes.joined(curves.charted()));
    settings.put("sheet.levels", String.valueOf(sheets.perLevelProperty().get()));
    settings.putAll(newRun.memory());
    if (selectedName != null) {
      settings.put("run", selectedName);
    }
    return settings;
  }

  /** Brings back what was remembered, before the runs are looked for. */
  public void recall(Map<String, String> settings) {
    selectedName = settings.get("run");
    curves.charted().addAll(RunNotes.parted(settings.get("charted")));
    sheets.perLevelProperty().set("true".equals(settings.get("sheet.levels")));
    newRun.recall(settings);
    want();
    curves.perLevelProperty().set("true".equals(settings.get("levels")));
    String quantity = settings.get("quantity");
    if (quantity != null) {
      curves.quantityProperty().set(quantity);
    }
  }

  /** Begins to watch the runs. */
  public void watch() {
    watcher.scheduleWithFixedDelay(
        () -> look(() -> {}), 0, LOOK_MILLISECONDS, TimeUnit.MILLISECONDS);
  }

  /** Ends watching; processes that train go on. */
  public void close() {
    watcher.shutdownNow();
  }

  private void lookSoon() {
    if (!watcher.isShutdown()) {
      watcher.execute(() -> look(() -> {}));
    }
  }

  private void lookLater(Runnable before) {
    if (!watcher.isShutdown()) {
      watcher.schedule(() -> look(before), SETTLE_MILLISECONDS, TimeUnit.MILLISECONDS);
    }
  }

  /**
   * Runs on the watcher's thread.
   *
   * @param before done on the user interface's thread before it shows what was seen
   */
  private void look(Runnable before) {
    RunShelf looked = shelf;
    try {
      List<RunEntry> seen = looked.look(wanted);
      context
          .userInterface()
          .execute(
              () -> {
                before.run();
                show(looked, seen);
              });
    } catch (RuntimeException | OutOfMemoryError e) {
      context
          .userInterface()
          .execute(
              () -> {
                before.run();
                context.problems().report(e);
              });
    }
  }

  private void show(RunShelf from, List<RunEntry> seen) {
    if (from != shelf) {
      return; // another folder was chosen meanwhile
    }
    looked.set(true);
    found = seen;
    showRuns();
    jobs.show(seen);
  }

  /** Shows the runs as they are known to be, or soon will be. */
  private void showRuns() {
    List<RunEntry> runs = control.apply(found);
    replace(runs);
    Set<String> names = runs.stream().map(RunEntry::name).collect(Collectors.toSet());
    curves.retain(names);
    if (selectedName == null || !names.contains(selectedName)) {
      select(runs.isEmpty() ? null : runs.get(0).name());
    } else {
      showSelected();
    }
  }

  /** Changes what has changed only, so that the list keeps its place and selection. */
  private void replace(List<RunEntry> runs) {
    boolean same =
        runs.stream()
            .map(RunEntry::name)
            .toList()
            .equals(entries.stream().map(RunEntry::name).toList());
    if (!same) {
      entries.setAll(runs);
      return;
    }
    for (int i = 0; i < runs.size(); i++) {
      if (!runs.get(i).equals(entries.get(i))) {
        entries.set(i, runs.get(i));
      }
    }
  }

  private Optional<RunEntry> entryOf(@Nullable String name) {
    return entries.stream().filter(entry -> entry.name().equals(name)).findFirst();
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
    shelf = new RunShelf(chosen, launcher, context.messages());
    folder.set(chosen);
    looked.set(false);
    control.forget();
    found = List.of();
    curves.retain(Set.of());
    entries.clear();
    select(null);
    lookSoon();
  }

  /** The run that is looked at, or null. */
  public ReadOnlyObjectProperty<@Nullable RunEntry> selectedProperty() {
    return selected.getReadOnlyProperty();
  }

  /** Whether the selected run was asked for something, and nobody knows yet what came of it. */
  public ReadOnlyBooleanProperty underWayProperty() {
    return underWay.getReadOnlyProperty();
  }

  /** The curves of the runs. */
  public RunCurves curves() {
    return curves;
  }

  /** The sample sheets of the selected run. */
  public SampleSheets sheets() {
    return sheets;
  }

  /** What people read about runs. */
  RunWords words() {
    return words;
  }

  /** Draws the curves of all runs, or of the selected one alone when all are drawn. */
  public void chartAll() {
    Set<String> names = entries.stream().map(RunEntry::name).collect(Collectors.toSet());
    if (curves.charted().containsAll(names)) {
      curves.charted().clear();
    } else {
      curves.charted().addAll(names);
    }
    showCheckMarks();
  }

  /** Draws the curve of a run, or does so no longer. */
  public void chart(String name) {
    if (!curves.charted().remove(name)) {
      curves.charted().add(name);
    }
    showCheckMarks();
  }

  private void showCheckMarks() {
    for (int i = 0; i < entries.size(); i++) {
      entries.set(i, entries.get(i));
    }
  }

  /** Tells something in a sentence. */
  void tell(String sentence) {
    context.jobs().tell(sentence);
  }

  /** Looks at a run. */
  public void select(@Nullable String name) {
    selectedName = name;
    sheets.begin(entryOf(name).map(RunEntry::snapshot).orElse(null));
    want();
    showSelected();
  }

  /** Has the figures of the selected run and of those whose curves are drawn read. */
  private void want() {
    Set<String> names = new HashSet<>(curves.charted());
    if (selectedName != null) {
      names.add(selectedName);
    }
    Set<String> before = wanted;
    wanted = Set.copyOf(names);
    if (!before.containsAll(wanted)) {
      lookSoon();
    }
  }

  private void showSelected() {
    RunEntry entry = entryOf(selectedName).orElse(null);
    selected.set(entry);
    underWay.set(entry != null && control.isUnderWay(entry.name()));
    log.set(entry == null ? "" : words.log(entry));
    if (!Objects.equals(entry, judged)) {
      judged = entry;
      warning.set(words.warning(entry));
    }
    sheets.show(entry == null ? null : entry.snapshot());
    curves.show(entry);
    showConfig(entry);
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
              configured = text.isEmpty() ? null : configured; // it may not have been written yet
            }
          });
    }
  }

  /** The folder of a run. */
  public Path folderOf(RunEntry entry) {
    return folder.get().resolve(entry.name());
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
    control.start(
        name,
        yaml.get(),
        () -> {
          newRun.close();
          select(name);
        });
  }

  /** Goes on with a run. */
  public void resume(RunEntry entry) {
    control.resume(entry.name());
  }

  /** Asks a run to write a checkpoint and end, or ends it at once. */
  public void stop(RunEntry entry, boolean atOnce) {
    control.stop(entry, atOnce);
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
