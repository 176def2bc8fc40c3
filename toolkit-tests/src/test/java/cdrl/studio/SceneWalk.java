package cdrl.studio;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import javafx.scene.Node;
import javafx.scene.Parent;
import javafx.scene.control.ComboBoxBase;
import javafx.scene.control.ScrollBar;
import javafx.scene.control.Spinner;

/** Goes through the nodes that can be seen. */
final class SceneWalk {
  private SceneWalk() {}

  /** The visible nodes below and including a node that are as wanted; not inside of controls. */
  static List<Node> controls(Node root, Predicate<Node> wanted) {
    List<Node> found = new ArrayList<>();
    collect(root, wanted, node -> node instanceof ComboBoxBase || node instanceof Spinner, found);
    return found;
  }

  /** The visible nodes below and including a node that are as wanted. */
  static List<Node> all(Node root, Predicate<Node> wanted) {
    List<Node> found = new ArrayList<>();
    collect(root, wanted, node -> false, found);
    return found;
  }

  private static void collect(
      Node node, Predicate<Node> wanted, Predicate<Node> closed, List<Node> found) {
    if (!node.isVisible() || node instanceof ScrollBar) {
      return;
    }
    if (wanted.test(node)) {
      found.add(node);
    }
    if (node instanceof Parent parent && !closed.test(node)) {
      parent.getChildrenUnmodifiable().forEach(child -> collect(child, wanted, closed, found));
    }
  }
}
