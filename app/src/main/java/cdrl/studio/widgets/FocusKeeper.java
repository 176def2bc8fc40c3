package cdrl.studio.widgets;

import java.util.function.Predicate;
import javafx.beans.value.ChangeListener;
import javafx.scene.Node;
import javafx.scene.Scene;
import org.jspecify.annotations.Nullable;

/** Keeps the keyboard inside a node that lies over others, and gives it back afterwards. */
final class FocusKeeper {
  private final Node place;
  private final Predicate<Node> allowed;
  private final ChangeListener<@Nullable Node> listener = (property, was, is) -> keep(is);
  private @Nullable Scene scene;
  private @Nullable Node before;
  private @Nullable Node first;

  /**
   * @param place where the keyboard stays
   * @param allowed what else may have it, with all that is inside
   */
  FocusKeeper(Node place, Predicate<Node> allowed) {
    this.place = place;
    this.allowed = allowed;
  }

  /** Gives the keyboard to a node inside, where it also comes back to. */
  void begin(Node focus) {
    first = focus;
    Scene here = place.getScene();
    if (scene == null && here != null) {
      scene = here;
      before = here.getFocusOwner();
      here.focusOwnerProperty().addListener(listener);
    }
    focus.requestFocus();
  }

  /** Lets the keyboard go. The place must not be visible any more. */
  void end() {
    if (scene != null) {
      scene.focusOwnerProperty().removeListener(listener);
      scene = null;
    }
    if (before != null) {
      before.requestFocus();
    }
    before = null;
  }

  private void keep(@Nullable Node focused) {
    if (place.getScene() != scene) {
      return; // another workspace is in front
    }
    for (Node above = focused; above != null; above = above.getParent()) {
      if (above == place || allowed.test(above)) {
        return;
      }
    }
    if (first != null) {
      first.requestFocus();
    }
  }
}
