package cdrl.studio.density;

import cdrl.evaluate.ScoreField;
import cdrl.runtime.TensorLane;
import cdrl.studio.engine.DensityService;
import cdrl.studio.engine.LoadedModel;
import cdrl.studio.widgets.PlaneViewport;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;
import org.jspecify.annotations.Nullable;

/** The scores of one model at the wanted level in the wanted square. The newest wish wins. */
final class ScoreArrows {
  /** Arrows per side. */
  static final int SIZE = 24;

  /** What is wanted. */
  private record Wish(LoadedModel model, int level, PlaneViewport seen) {}

  private final DensityService service;
  private final Executor userInterface;
  private final Consumer<Throwable> problems;
  private final ReadOnlyObjectWrapper<@Nullable ScoreField> shown = new ReadOnlyObjectWrapper<>();
  private @Nullable Wish wish;
  private TensorLane.@Nullable Task<ScoreField> running;

  ScoreArrows(DensityService service, Executor userInterface, Consumer<Throwable> problems) {
    this.service = service;
    this.userInterface = userInterface;
    this.problems = problems;
  }

  /** The scores to show, or null. */
  ReadOnlyObjectProperty<@Nullable ScoreField> shownProperty() {
    return shown.getReadOnlyProperty();
  }

  /**
   * Shows scores.
   *
   * @param model null for none
   */
  void show(@Nullable LoadedModel model, int level, PlaneViewport seen) {
    Wish wanted = model == null ? null : new Wish(model, level, seen);
    if (wanted == null ? wish == null : wanted.equals(wish)) {
      return;
    }
    // Arrows of another level would be wrong; those of another square are only elsewhere.
    if (wanted == null
        || wish == null
        || !wanted.model().equals(wish.model())
        || level != wish.level()) {
      shown.set(null);
    }
    wish = wanted;
    if (running != null) {
      running.cancel();
      running = null;
    }
    if (wanted == null) {
      return;
    }
    TensorLane.Task<ScoreField> task =
        service.scores(
            wanted.model(),
            level,
            SIZE,
            new DensityService.Square(seen.centerX(), seen.centerY(), seen.half()));
    running = task;
    task.result()
        .whenComplete(
            (field, problem) ->
                userInterface.execute(
                    () -> {
                      if (!task.equals(running)) {
                        return;
                      }
                      running = null;
                      if (field != null) {
                        shown.set(field);
                      } else if (problem != null) {
                        problems.accept(problem);
                      }
                    }));
  }
}
