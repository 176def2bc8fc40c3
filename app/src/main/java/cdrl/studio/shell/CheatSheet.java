package cdrl.studio.shell;

import cdrl.studio.resources.Messages;
import cdrl.studio.widgets.Controls;
import cdrl.studio.widgets.Overlay;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import javafx.beans.binding.Bindings;
import javafx.geometry.Pos;
import javafx.scene.control.Label;
import javafx.scene.control.ScrollPane;
import javafx.scene.input.KeyCombination;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;
import javafx.scene.layout.VBox;

/** All keys on one sheet, made from the actions there are. */
final class CheatSheet {
  private static final int COLUMNS = 3;
  private static final double LEAST_HEIGHT = 300;
  private static final double MARGINS = 128;

  private final CommandRegistry registry;
  private final KeyNames keys;
  private final Overlay overlay;
  private final HBox columns = new HBox();
  private final ScrollPane scroll = Controls.scrolled(columns);

  CheatSheet(Messages messages, CommandRegistry registry) {
    this.registry = registry;
    keys = new KeyNames(messages);
    overlay = new Overlay("cheat-sheet", messages.text("cheat.title"));
    columns.getStyleClass().add("cheat-columns");
    scroll.setId("cheat-scroll");
    scroll.setAccessibleText(messages.text("cheat.title"));
    scroll.getStyleClass().add("form-scroll");
    scroll.setFocusTraversable(true); // the arrow keys move it
    VBox.setVgrow(scroll, Priority.ALWAYS);
    overlay
        .card()
        .getChildren()
        .addAll(overlay.titleBar(messages.text("cheat.title"), messages.text("close")), scroll);
    overlay
        .card()
        .prefHeightProperty()
        .bind(Bindings.max(LEAST_HEIGHT, overlay.heightProperty().subtract(MARGINS)));
    overlay.setAccessibleHelp(messages.text("cheat.help"));
  }

  /** The node that lies over the window. */
  Overlay overlay() {
    return overlay;
  }

  /** Opens it with the workspace in front first. */
  void open() {
    columns.getChildren().clear();
    List<VBox> boxes = new ArrayList<>();
    int[] heights = new int[COLUMNS];
    for (int i = 0; i < COLUMNS; i++) {
      VBox box = new VBox();
      box.getStyleClass().add("cheat-column");
      HBox.setHgrow(box, Priority.ALWAYS);
      box.setPrefWidth(0);
      boxes.add(box);
    }
    for (CommandRegistry.Group group : registry.groups()) {
      Map<String, List<KeyCombination>> rows = rows(group);
      if (rows.isEmpty()) {
        continue;
      }
      int column = shortest(heights);
      heights[column] += rows.size() + 2;
      boxes.get(column).getChildren().add(box(group, rows));
    }
    columns.getChildren().setAll(boxes);
    scroll.setVvalue(0);
    overlay.open(scroll);
  }

  private static int shortest(int[] heights) {
    int least = 0;
    for (int i = 1; i < heights.length; i++) {
      least = heights[i] < heights[least] ? i : least;
    }
    return least;
  }

  /** An action that has several keys stands there once with all of them. */
  private static Map<String, List<KeyCombination>> rows(CommandRegistry.Group group) {
    Map<String, List<KeyCombination>> rows = new LinkedHashMap<>();
    for (Command command : group.commands()) {
      if (command.keys() != null) {
        rows.computeIfAbsent(command.title(), title -> new ArrayList<>()).add(command.keys());
      }
    }
    return rows;
  }

  private VBox box(CommandRegistry.Group group, Map<String, List<KeyCombination>> rows) {
    Label heading = new Label(group.name());
    heading.getStyleClass().add("cheat-heading");
    VBox box = new VBox(heading);
    box.getStyleClass().add("cheat-group");
    rows.forEach(
        (title, combinations) -> {
          Label name = new Label(title);
          name.setWrapText(true);
          name.setMaxWidth(Double.MAX_VALUE);
          name.setMinHeight(Region.USE_PREF_SIZE);
          HBox.setHgrow(name, Priority.ALWAYS);
          VBox caps = new VBox();
          caps.getStyleClass().add("cheat-keys");
          caps.setMinWidth(Region.USE_PREF_SIZE);
          combinations.stream()
              .distinct()
              .forEach(keys -> caps.getChildren().add(new KeyCaps(this.keys, keys)));
          HBox row = new HBox(name, caps);
          row.getStyleClass().add("cheat-row");
          row.setAlignment(Pos.TOP_LEFT);
          box.getChildren().add(row);
        });
    return box;
  }
}
