package cdrl.studio;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import javafx.scene.Node;
import javafx.scene.Parent;
import javafx.scene.control.ComboBox;
import javafx.scene.control.Labeled;
import javafx.scene.control.MenuButton;
import javafx.scene.control.ScrollPane;
import javafx.stage.Stage;

/** The controls of a window that the keyboard reaches. */
final class ReachableControls {
  private ReachableControls() {}

  /**
   * Checks that a screen reader can tell what each of them is.
   *
   * @param least how many there must be
   */
  static void haveNames(Stage stage, int least) {
    List<Node> found = new ArrayList<>();
    Window.onFxThread(
        () -> {
          collect(stage.getScene().getRoot(), found);
          return null;
        });
    assertTrue(found.size() >= least, "only " + found.size() + " controls");
    for (Node node : found) {
      String name =
          node instanceof Labeled labeled
                  && labeled.getText() != null
                  && !labeled.getText().isBlank()
              ? labeled.getText()
              : node.getAccessibleText();
      assertTrue(name != null && !name.isBlank(), "no name: " + node);
    }
  }

  private static void collect(Node node, List<Node> found) {
    if (!node.isVisible() || node.isDisabled()) {
      return;
    }
    if (node.isFocusTraversable() && !(node instanceof ScrollPane)) {
      found.add(node);
    }
    if (node instanceof Parent parent
        && !(node instanceof ComboBox)
        && !(node instanceof MenuButton)) {
      parent.getChildrenUnmodifiable().forEach(child -> collect(child, found));
    }
  }
}
