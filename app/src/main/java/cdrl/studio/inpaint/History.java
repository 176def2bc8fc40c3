package cdrl.studio.inpaint;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;
import java.util.function.ToIntFunction;
import javafx.beans.property.ReadOnlyBooleanProperty;
import javafx.beans.property.ReadOnlyBooleanWrapper;

/**
 * Steps that can be undone and done again. The oldest are forgotten when they take too much memory.
 *
 * @param <S> a step
 */
final class History<S> {
  private final int mostBytes;
  private final ToIntFunction<S> size;
  private final Deque<S> done = new ArrayDeque<>();
  private final Deque<S> undone = new ArrayDeque<>();
  private final ReadOnlyBooleanWrapper canUndo = new ReadOnlyBooleanWrapper();
  private final ReadOnlyBooleanWrapper canRedo = new ReadOnlyBooleanWrapper();
  private long bytes;

  /**
   * @param mostBytes the memory all steps may take
   * @param size the memory of one
   */
  History(int mostBytes, ToIntFunction<S> size) {
    this.mostBytes = mostBytes;
    this.size = size;
  }

  ReadOnlyBooleanProperty canUndoProperty() {
    return canUndo.getReadOnlyProperty();
  }

  ReadOnlyBooleanProperty canRedoProperty() {
    return canRedo.getReadOnlyProperty();
  }

  /** Adds a step that has been done; what was undone is forgotten. */
  void add(S step) {
    undone.forEach(forgotten -> bytes -= size.applyAsInt(forgotten));
    undone.clear();
    done.addLast(step);
    bytes += size.applyAsInt(step);
    while (bytes > mostBytes && done.size() > 1) {
      bytes -= size.applyAsInt(done.removeFirst());
    }
    refresh();
  }

  /** Puts a step in the place of the last one that has been done. */
  void replaceLast(S step) {
    S last = done.pollLast();
    if (last != null) {
      bytes -= size.applyAsInt(last);
    }
    add(step);
  }

  /** The step that was done last, if there is one. */
  Optional<S> last() {
    return Optional.ofNullable(done.peekLast());
  }

  /** The step to take back, if there is one. */
  Optional<S> undo() {
    return move(done, undone);
  }

  /** The step to do again, if there is one. */
  Optional<S> redo() {
    return move(undone, done);
  }

  /** How many steps can be taken back. */
  int depth() {
    return done.size();
  }

  private Optional<S> move(Deque<S> from, Deque<S> to) {
    S step = from.pollLast();
    if (step != null) {
      to.addLast(step);
    }
    refresh();
    return Optional.ofNullable(step);
  }

  private void refresh() {
    canUndo.set(!done.isEmpty());
    canRedo.set(!undone.isEmpty());
  }
}
