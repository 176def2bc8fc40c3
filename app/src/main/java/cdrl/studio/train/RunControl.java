package cdrl.studio.train;

import cdrl.studio.workspace.WorkspaceContext;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Starts, stops and removes runs. What was asked of a run counts as done until a look shows what
 * came of it; till then nothing else can be asked of that run, so that a second click of the mouse
 * does not undo the first. Use it on the user interface's thread.
 */
final class RunControl {
  private final WorkspaceContext context;
  private final Supplier<RunShelf> shelf;
  private final Consumer<Runnable> lookLater;
  private final Runnable changed;
  private final Map<String, Asked> asked = new HashMap<>();

  /** What a run is to become; a new run has an entry of its own until it is found. */
  private record Asked(Standing standing, @Nullable RunEntry begun) {}

  /**
   * @param shelf the runs as they are kept now
   * @param lookLater looks at the runs after a moment, and does something before it shows them
   * @param changed called when the runs are to be shown again
   */
  RunControl(
      WorkspaceContext context,
      Supplier<RunShelf> shelf,
      Consumer<Runnable> lookLater,
      Runnable changed) {
    this.context = context;
    this.shelf = shelf;
    this.lookLater = lookLater;
    this.changed = changed;
  }

  /** Whether something was asked of a run, and nobody knows yet what came of it. */
  boolean isUnderWay(String name) {
    return asked.containsKey(name);
  }

  /** The runs that were found, as they will be once all is done that was asked for. */
  List<RunEntry> apply(List<RunEntry> found) {
    List<RunEntry> runs = new ArrayList<>();
    asked.forEach(
        (name, wish) -> {
          if (wish.begun != null && found.stream().noneMatch(run -> run.name().equals(name))) {
            runs.add(wish.begun);
          }
        });
    for (RunEntry run : found) {
      Asked wish = asked.get(run.name());
      runs.add(wish == null ? run : run.with(wish.standing));
    }
    return runs;
  }

  /** Forgets what was asked of the runs of another folder. */
  void forget() {
    asked.clear();
  }

  /**
   * Starts a new run.
   *
   * @param started called once its process runs
   */
  void start(String name, String yaml, Runnable started) {
    RunEntry begun = new RunEntry(name, Standing.STARTING, Instant.now(), null, "");
    ask(name, new Asked(Standing.STARTING, begun), at -> at.start(name, yaml), started);
  }

  /** Goes on with a run. */
  void resume(String name) {
    ask(name, new Asked(Standing.STARTING, null), at -> at.resume(name, 0), () -> {});
  }

  /** Asks a run to write a checkpoint and end, or ends it at once. */
  void stop(RunEntry entry, boolean atOnce) {
    ask(entry.name(), new Asked(Standing.STOPPING, null), at -> at.stop(entry, atOnce), () -> {});
  }

  private void ask(String name, Asked wish, Consumer<RunShelf> work, Runnable done) {
    if (asked.putIfAbsent(name, wish) != null) {
      return;
    }
    changed.run();
    RunShelf at = shelf.get();
    context.problems().dismiss();
    context.inBackground(
        () -> {
          try {
            work.accept(at);
            return at;
          } catch (RuntimeException e) {
            context
                .userInterface()
                .execute(
                    () -> {
                      asked.remove(name, wish);
                      changed.run();
                    });
            throw e;
          }
        },
        shelf -> {
          done.run();
          lookLater.accept(() -> asked.remove(name, wish));
        });
  }
}
