package cdrl.studio.inpaint;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Optional;
import org.junit.jupiter.api.Test;

final class HistoryTest {
  private final History<String> history = new History<>(100, String::length);

  @Test
  void goesBackAndForth() {
    history.add("a");
    history.add("b");
    assertEquals(Optional.of("b"), history.undo());
    assertEquals(Optional.of("a"), history.undo());
    assertEquals(Optional.empty(), history.undo());
    assertFalse(history.canUndoProperty().get());
    assertEquals(Optional.of("a"), history.redo());
    assertTrue(history.canRedoProperty().get());
  }

  @Test
  void aNewStepForgetsWhatWasUndone() {
    history.add("a");
    history.add("b");
    history.undo();
    history.add("c");
    assertEquals(Optional.empty(), history.redo());
    assertEquals(Optional.of("c"), history.undo());
  }

  @Test
  void theOldestStepsGoWhenMemoryIsFull() {
    for (int i = 0; i < 20; i++) {
      history.add("ten bytes ");
    }
    assertEquals(10, history.depth());
    history.add("x".repeat(1000));
    assertEquals(1, history.depth(), "the newest one always stays");
    history.add("y");
    assertEquals(1, history.depth());
  }

  @Test
  void theLastStepCanBeReplaced() {
    history.add("a");
    history.replaceLast("b");
    assertEquals(Optional.of("b"), history.last());
    assertEquals(1, history.depth());
  }
}
