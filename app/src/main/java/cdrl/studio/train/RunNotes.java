package cdrl.studio.train;

import cdrl.studio.engine.SeedText;
import cdrl.studio.workspace.WorkspaceContext;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javafx.beans.value.ChangeListener;
import javafx.beans.value.ObservableValue;
import org.jspecify.annotations.Nullable;

/** Brings back what a saved chart or sample sheet shows. Use it on the user interface's thread. */
public final class RunNotes {
  /** The selected run. */
  static final String RUN = "cdrl.run";

  /** The runs that are drawn beside it. */
  static final String RUNS = "cdrl.runs";

  /** The iteration of a sample sheet; charts have none. */
  static final String ITERATION = "cdrl.iteration";

  /** Stands between names, as it cannot be part of any. */
  private static final String BETWEEN = "/";

  private final WorkspaceContext context;
  private final TrainViewModel model;

  /**
   * @param model the workspace whose runs are looked for
   */
  public RunNotes(WorkspaceContext context, TrainViewModel model) {
    this.context = context;
    this.model = model;
  }

  static String joined(Collection<String> names) {
    return String.join(BETWEEN, names);
  }

  static Set<String> parted(@Nullable String names) {
    return Stream.of((names == null ? "" : names).split(BETWEEN, -1))
        .filter(name -> !name.isEmpty())
        .collect(Collectors.toCollection(LinkedHashSet::new));
  }

  /** Shows what a picture tells of, as soon as the runs have been looked for. */
  public void restore(Map<String, String> notes) {
    if (model.lookedProperty().get()) {
      show(notes);
      return;
    }
    model
        .lookedProperty()
        .addListener(
            new ChangeListener<Boolean>() {
              @Override
              public void changed(
                  ObservableValue<? extends Boolean> looked, Boolean before, Boolean after) {
                looked.removeListener(this);
                // The list of runs is being filled when this is called.
                context.userInterface().execute(() -> show(notes));
              }
            });
  }

  private void show(Map<String, String> notes) {
    model.newRun().close();
    String front = notes.getOrDefault(RUN, "");
    Set<String> named = parted(notes.get(RUNS));
    if (!front.isEmpty()) {
      named.add(front);
    }
    Set<String> known = model.entries().stream().map(RunEntry::name).collect(Collectors.toSet());
    List<String> missing = named.stream().filter(name -> !known.contains(name)).toList();
    if (known.contains(front)) {
      model.select(front);
    }
    if (notes.containsKey(ITERATION)) {
      model.sheets().perLevelProperty().set("true".equals(notes.get("cdrl.levels")));
      SeedText.parse(notes.getOrDefault(ITERATION, "")).ifPresent(model.sheets()::seek);
    } else {
      model.curves().restore(notes);
      model.curves().retain(known);
    }
    if (missing.isEmpty()) {
      model.tell(context.messages().text("train.restored"));
    } else {
      context
          .problems()
          .report(
              context
                  .messages()
                  .text(
                      "train.restored.missing",
                      missing.size(),
                      String.join(", ", missing),
                      model.folderProperty().get()));
    }
  }
}
