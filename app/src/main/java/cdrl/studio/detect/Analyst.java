package cdrl.studio.detect;

import cdrl.studio.workspace.WorkspaceContext;
import java.util.List;
import java.util.function.Supplier;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;

/**
 * Works out in the background what the scores say. While it does, any number of changes lead to one
 * more round. Use it on the user interface's thread.
 */
final class Analyst {
  private final WorkspaceContext context;
  private final Supplier<List<Analysis.Scores>> scores;
  private final ReadOnlyObjectWrapper<Analysis> analysis =
      new ReadOnlyObjectWrapper<>(Analysis.NOTHING);
  private boolean busy;
  private boolean changed;

  /**
   * @param scores the scores of all sets as they are now
   */
  Analyst(WorkspaceContext context, Supplier<List<Analysis.Scores>> scores) {
    this.context = context;
    this.scores = scores;
  }

  /** The newest result. */
  ReadOnlyObjectProperty<Analysis> analysisProperty() {
    return analysis.getReadOnlyProperty();
  }

  /** Looks at the scores again. */
  void look() {
    if (busy) {
      changed = true;
      return;
    }
    busy = true;
    List<Analysis.Scores> now = scores.get();
    context.inBackground(() -> Analysis.of(now), analysis::set, this::ended);
  }

  private void ended() {
    busy = false;
    if (changed) {
      changed = false;
      context.userInterface().execute(this::look); // after the result that has just come
    }
  }
}
