package cdrl.studio;

import static cdrl.studio.Window.onFxThread;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import cdrl.store.ModelLibrary;
import cdrl.studio.shell.Accent;
import cdrl.studio.shell.ThemeChoice;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import javafx.css.PseudoClass;
import javafx.scene.AccessibleRole;
import javafx.scene.Node;
import javafx.scene.control.ButtonBase;
import javafx.scene.control.ComboBoxBase;
import javafx.scene.control.Labeled;
import javafx.scene.control.ListView;
import javafx.scene.control.MenuButton;
import javafx.scene.control.Slider;
import javafx.scene.control.Spinner;
import javafx.scene.control.TextInputControl;
import javafx.scene.control.ToggleButton;
import javafx.scene.input.KeyCode;
import javafx.scene.paint.Color;
import javafx.scene.text.Text;
import javafx.stage.Stage;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.kordamp.ikonli.javafx.FontIcon;
import org.testfx.api.FxRobot;
import org.testfx.framework.junit5.ApplicationExtension;
import org.testfx.framework.junit5.Start;

/** Everything can be seen, is named, and can be reached by the keyboard. */
@ExtendWith(ApplicationExtension.class)
final class AccessibilityTest {
  private static final double TEXT = 4.5;
  private static final double ICON = 3;
  private static final PseudoClass HOVER = PseudoClass.getPseudoClass("hover");

  @TempDir private static Path models;
  private static ModelLibrary library;

  @TempDir private Path home;
  private Window window;
  private Stage stage;

  @BeforeAll
  static void makeModels() throws IOException {
    library = TinyModels.library(models);
  }

  @Start
  void start(Stage stage) {
    this.stage = stage;
    ExampleRuns.write(home.resolve("runs"));
    window = new Window(library, home);
    window.open(stage);
  }

  @AfterEach
  void close() {
    window.close();
  }

  private Node root() {
    return stage.getScene().getRoot();
  }

  /** What there is to look at, by a name for messages. */
  private void everywhere(FxRobot robot, java.util.function.Consumer<String> look) {
    window.awaitText("model-facts", "T = ");
    robot.push(KeyCode.CONTROL, KeyCode.ENTER);
    window.awaitText("job-news", "Done");
    for (String workspace : workspaces()) {
      robot.interact(window.node("rail-" + workspace, ToggleButton.class)::fire);
      if (workspace.equals("train")) {
        window.awaitText("run-title", "faces");
      }
      robot.interact(() -> {});
      look.accept(workspace);
      if (workspace.equals("train")) {
        robot.push(KeyCode.CONTROL, KeyCode.N);
        robot.interact(() -> {});
        look.accept("form");
        robot.push(KeyCode.ESCAPE);
      }
    }
    robot.push(KeyCode.CONTROL, KeyCode.K);
    look.accept("palette");
    robot.push(KeyCode.ESCAPE).push(KeyCode.F1);
    look.accept("keys");
    robot.push(KeyCode.ESCAPE).push(KeyCode.CONTROL, KeyCode.COMMA);
    look.accept("preferences");
    robot.push(KeyCode.ESCAPE);
  }

  private List<String> workspaces() {
    return onFxThread(
        () ->
            SceneWalk.all(root(), node -> node instanceof ToggleButton).stream()
                .map(Node::getId)
                .filter(id -> id != null && id.startsWith("rail-"))
                .map(id -> id.substring("rail-".length()))
                .toList());
  }

  @Test
  void everyControlHasANameAndARole(FxRobot robot) {
    Set<String> faults = new TreeSet<>();
    List<Integer> counts = new ArrayList<>();
    everywhere(
        robot,
        place ->
            counts.add(
                onFxThread(
                    () -> {
                      List<Node> controls =
                          SceneWalk.controls(root(), AccessibilityTest::isControl);
                      for (Node node : controls) {
                        if (name(node).isBlank()) {
                          faults.add(place + ": no name: " + node);
                        }
                        AccessibleRole role = node.getAccessibleRole();
                        if (role == null
                            || role == AccessibleRole.NODE
                            || role == AccessibleRole.PARENT) {
                          faults.add(place + ": no role: " + node);
                        }
                      }
                      return controls.size();
                    })));
    assertEquals(Set.of(), faults);
    assertTrue(counts.size() >= 9, counts.toString());
    counts.forEach(count -> assertTrue(count >= 10, counts.toString()));
  }

  private static boolean isControl(Node node) {
    return node.isFocusTraversable()
        || node instanceof ButtonBase
        || node instanceof MenuButton
        || node instanceof TextInputControl
        || node instanceof Slider
        || node instanceof Spinner
        || node instanceof ComboBoxBase
        || node instanceof ListView;
  }

  private static String name(Node node) {
    if (node.getAccessibleText() != null) {
      return node.getAccessibleText();
    }
    return node instanceof Labeled labeled && labeled.getText() != null ? labeled.getText() : "";
  }

  @Test
  void theTabKeyReachesEveryControl(FxRobot robot) {
    window.awaitText("model-facts", "T = ");
    for (String workspace : List.of("generate", "inpaint", "density", "models")) {
      robot.interact(window.node("rail-" + workspace, ToggleButton.class)::fire);
      robot.interact(() -> {});
      Set<Node> wanted = new HashSet<>();
      onFxThread(
          () ->
              wanted.addAll(
                  SceneWalk.controls(
                      root(), node -> node.isFocusTraversable() && !node.isDisabled())));
      Node first = onFxThread(() -> stage.getScene().getFocusOwner());
      Set<Node> reached = new HashSet<>();
      for (int i = 0; i < 2 * wanted.size() + 5; i++) {
        robot.push(KeyCode.TAB);
        Node now = onFxThread(() -> stage.getScene().getFocusOwner());
        reached.add(now);
        if (now == first && i > 0) {
          break;
        }
      }
      assertTrue(reached.size() >= 6, "only " + reached.size() + " in " + workspace);
      // In a group of which one is chosen, the arrow keys lead on from the chosen one.
      wanted.removeAll(reached);
      wanted.removeIf(
          node -> node instanceof ToggleButton button && button.getToggleGroup() != null);
      assertEquals(Set.of(), wanted, "not reached in " + workspace);
    }
  }

  @Test
  void everyTextCanBeReadInEveryThemeAndAccent(FxRobot robot) {
    Set<String> faults = new TreeSet<>();
    int[] texts = {0};
    everywhere(
        robot,
        place -> {
          for (ThemeChoice theme : List.of(ThemeChoice.LIGHT, ThemeChoice.DARK)) {
            for (Accent accent : Accent.values()) {
              robot.interact(
                  () -> {
                    window.preferences.themeProperty().set(theme);
                    window.preferences.accentProperty().set(accent);
                    root().applyCss();
                  });
              onFxThread(
                  () -> {
                    String where = (theme + " " + accent + " " + place).toLowerCase(Locale.ROOT);
                    texts[0] += check(where, faults);
                    return null;
                  });
            }
          }
        });
    assertEquals("", String.join("\n", faults));
    assertTrue(texts[0] > 2000, "only " + texts[0] + " texts");
  }

  /** Looks at all texts, and at those of buttons also with the pointer on them. */
  private int check(String where, Set<String> faults) {
    List<Node> texts = SceneWalk.all(root(), AccessibilityTest::isReadable);
    texts.forEach(text -> check(where, (Text) text, faults));
    List<Node> buttons =
        SceneWalk.all(root(), node -> node instanceof ButtonBase && !node.isDisabled());
    buttons.forEach(button -> button.pseudoClassStateChanged(HOVER, true));
    root().applyCss();
    for (Node button : buttons) {
      SceneWalk.all(button, AccessibilityTest::isReadable)
          .forEach(text -> check(where + ", pointed at", (Text) text, faults));
    }
    buttons.forEach(button -> button.pseudoClassStateChanged(HOVER, button.isHover()));
    return texts.size();
  }

  private static boolean isReadable(Node node) {
    return node instanceof Text text
        && !text.isDisabled()
        && !text.getText().isBlank()
        && text.getFill() instanceof Color color
        && color.getOpacity() > 0;
  }

  private static void check(String where, Text text, Set<String> faults) {
    double contrast = Contrast.of(text);
    double wanted = text instanceof FontIcon ? ICON : TEXT;
    if (contrast < wanted) {
      String what = text instanceof FontIcon icon ? icon.getIconLiteral() : text.getText();
      faults.add(
          String.format(
              Locale.ROOT,
              "%s: %.2f '%s' in %s",
              where,
              contrast,
              what,
              text.getParent().getStyleClass()));
    }
  }
}
