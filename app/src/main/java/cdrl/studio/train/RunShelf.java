package cdrl.studio.train;

import cdrl.runtime.CdrlException;
import cdrl.store.RunFolder;
import cdrl.store.RunFollower;
import cdrl.store.RunSnapshot;
import cdrl.store.RunState;
import cdrl.studio.engine.TranslatedException;
import cdrl.studio.resources.Messages;
import cdrl.studio.shell.Trash;
import cdrl.training.DivergenceSign;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;

/**
 * The runs in a folder. {@link #look} is to be called by one thread at a time; what changes runs
 * may be called by any.
 */
public final class RunShelf {
  private static final String TRASH = ".trash";

  private final Path folder;
  private final RunLauncher launcher;
  private final Messages messages;
  private final Map<String, RunFollower> followers = new HashMap<>();
  private Set<String> active = Set.of();
  private final Set<String> stopping = ConcurrentHashMap.newKeySet();

  /**
   * @param folder holds a folder for each run; need not exist yet
   */
  public RunShelf(Path folder, RunLauncher launcher, Messages messages) {
    this.folder = folder.toAbsolutePath();
    this.launcher = launcher;
    this.messages = messages;
  }

  /** The folder of runs. */
  public Path folder() {
    return folder;
  }

  /**
   * Looks at all runs, the newest first.
   *
   * @param wanted the runs of which all metrics are wanted
   * @throws CdrlException when the folder cannot be read
   */
  public List<RunEntry> look(Set<String> wanted) {
    Set<String> names = new TreeSet<>(launcher.names(folder));
    for (Path run : RunFollower.runs(folder)) {
      names.add(String.valueOf(run.getFileName()));
    }
    followers.keySet().retainAll(names);
    List<RunEntry> entries = new ArrayList<>();
    for (String name : names) {
      entry(name, wanted.contains(name) || active.contains(name)).ifPresent(entries::add);
    }
    // All that they log is followed, to see it when one of them begins to diverge.
    active =
        entries.stream()
            .filter(entry -> entry.standing().isActive())
            .map(RunEntry::name)
            .collect(Collectors.toSet());
    entries.sort(Comparator.comparing(RunEntry::begun).reversed().thenComparing(RunEntry::name));
    return entries;
  }

  private Optional<RunEntry> entry(String name, boolean everything) {
    Path run = folder.resolve(name);
    boolean launched = launcher.process(folder, name).isPresent();
    if (!RunFolder.isRun(run)) {
      boolean known = Files.isDirectory(launcher.folder(folder, name));
      return known
          ? Optional.of(
              new RunEntry(
                  name,
                  launched ? active(name, Standing.STARTING) : Standing.FAILED,
                  begun(launcher.folder(folder, name)),
                  null,
                  launched ? "" : launcher.complaint(folder, name)))
          : Optional.empty();
    }
    RunSnapshot snapshot;
    try {
      snapshot = followers.computeIfAbsent(name, n -> new RunFollower(run)).look(everything);
    } catch (CdrlException e) {
      return Optional.of(
          new RunEntry(
              name, Standing.FAILED, begun(run), null, TranslatedException.sentence(e, messages)));
    }
    String complaint = launched ? "" : launcher.complaint(folder, name);
    Standing standing = standing(name, snapshot, launched, complaint);
    DivergenceSign sign =
        standing.isActive() ? DivergenceSign.find(snapshot.metrics()).orElse(null) : null;
    return Optional.of(new RunEntry(name, standing, begun(run), snapshot, complaint, sign));
  }

  private Standing standing(String name, RunSnapshot snapshot, boolean launched, String complaint) {
    if (snapshot.state() == RunState.RUNNING) {
      return active(name, Standing.RUNNING);
    }
    if (launched && snapshot.state() != RunState.FINISHED) {
      return active(name, Standing.STARTING); // it reads its data, or is about to end
    }
    stopping.remove(name);
    if (snapshot.state() == RunState.FINISHED) {
      return Standing.FINISHED;
    }
    return complaint.isEmpty() ? Standing.STOPPED : Standing.FAILED;
  }

  private Standing active(String name, Standing standing) {
    return stopping.contains(name) ? Standing.STOPPING : standing;
  }

  /** The time of what is written once, when the run begins. */
  private static Instant begun(Path folder) {
    for (String file : List.of("provenance.json", "config.yaml", "process.txt")) {
      try {
        if (Files.exists(folder.resolve(file))) {
          return Files.getLastModifiedTime(folder.resolve(file)).toInstant();
        }
      } catch (IOException e) {
        return Instant.EPOCH; // removed a moment ago
      }
    }
    return Instant.EPOCH;
  }

  /** Whether there is a run of that name, or something else in its place. */
  public boolean isTaken(String name) {
    return Files.exists(folder.resolve(name)) || Files.exists(launcher.folder(folder, name));
  }

  /**
   * Starts a new run in a process of its own.
   *
   * @param config the configuration as YAML
   */
  public void start(String name, String config) {
    if (isTaken(name)) {
      throw new TranslatedException(null, "fault.run.taken", name, folder);
    }
    stopping.remove(name);
    launcher.start(folder, name, config);
  }

  /**
   * Goes on with a run that has stopped, or begins one anew that never came to write anything.
   *
   * @param iterations the iteration to end at, or 0 for the one that was planned
   * @throws CdrlException when a process works on it, or none can be started
   */
  public void resume(String name, long iterations) {
    if (launcher.process(folder, name).isPresent()) {
      throw new TranslatedException(null, "train.at-work.already", name);
    }
    stopping.remove(name);
    if (RunFolder.isRun(folder.resolve(name))) {
      launcher.resume(folder, name, iterations);
    } else {
      launcher.start(folder, name, launcher.config(folder, name));
    }
  }

  /**
   * Asks the process of a run to end, which writes a checkpoint first.
   *
   * @param atOnce whether to end it without that
   * @throws CdrlException when there is no such process on this machine
   */
  public void stop(RunEntry entry, boolean atOnce) {
    ProcessHandle process =
        Optional.ofNullable(entry.snapshot())
            .map(RunSnapshot::process)
            .filter(number -> number > 0)
            .flatMap(ProcessHandle::of)
            .or(() -> launcher.process(folder, entry.name()))
            .orElseThrow(() -> new TranslatedException(null, "fault.run.elsewhere", entry.name()));
    stopping.add(entry.name());
    boolean asked = atOnce ? process.destroyForcibly() : process.destroy();
    if (!asked && process.isAlive()) {
      stopping.remove(entry.name());
      throw new TranslatedException(
          null, "fault.run.forbidden", Long.toString(process.pid()), entry.name());
    }
  }

  /**
   * Moves a run that no process works on to the trash.
   *
   * @return where it is now, when that is not the desktop's trash
   */
  public Optional<Path> remove(RunEntry entry) {
    if (launcher.process(folder, entry.name()).isPresent()) {
      throw new TranslatedException(null, "train.at-work", entry.name());
    }
    Path run = folder.resolve(entry.name());
    if (!Files.exists(run)) {
      return Trash.take(launcher.folder(folder, entry.name()), folder.resolve(TRASH));
    }
    Optional<Path> place = Trash.take(run, folder.resolve(TRASH));
    launcher.forget(folder, entry.name());
    return place;
  }

  /** The configuration of a run as YAML; empty when it has none. */
  public String config(RunEntry entry) {
    Path file = folder.resolve(entry.name()).resolve("config.yaml");
    try {
      return Files.exists(file) ? Files.readString(file) : launcher.config(folder, entry.name());
    } catch (IOException e) {
      throw new TranslatedException(e, "fault.read.file", file);
    }
  }
}
