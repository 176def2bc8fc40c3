package cdrl.studio.widgets;

import java.util.List;
import java.util.Objects;
import java.util.function.Function;
import javafx.beans.property.ObjectProperty;
import javafx.beans.property.SimpleObjectProperty;
import javafx.scene.AccessibleRole;
import javafx.scene.control.ToggleButton;
import javafx.scene.control.ToggleGroup;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import org.jspecify.annotations.Nullable;

/**
 * A few alternatives as one bar of buttons, exactly one of them pressed.
 *
 * @param <T> what can be chosen
 */
public final class SegmentedChoice<T> extends HBox {
  private final Function<T, String> names;
  private final ObjectProperty<@Nullable T> value = new SimpleObjectProperty<>();
  private final ToggleGroup group = new ToggleGroup();

  /**
   * @param id the node's id; button i gets {@code id-i}
   * @param names what people see of an alternative
   */
  public SegmentedChoice(String id, Function<T, String> names) {
    this.names = names;
    setId(id);
    getStyleClass().add("segmented");
    setMaxHeight(USE_PREF_SIZE); // so that a row places it as it places its other controls
    setAccessibleRole(AccessibleRole.PARENT);
    value.addListener((property, before, after) -> press(after));
    group
        .selectedToggleProperty()
        .addListener(
            (property, before, after) -> {
              if (after == null) { // a pressed button was pressed again
                press(value.get());
              }
            });
  }

  /** The chosen alternative. */
  public ObjectProperty<@Nullable T> valueProperty() {
    return value;
  }

  /** Replaces the alternatives and keeps the chosen one when it is still there. */
  public void setItems(List<T> items) {
    getChildren().clear();
    for (int i = 0; i < items.size(); i++) {
      T item = items.get(i);
      ToggleButton button = new ToggleButton(names.apply(item));
      button.setId(getId() + "-" + i);
      button.setUserData(item);
      button.setToggleGroup(group);
      button.setMaxWidth(Double.MAX_VALUE);
      button.setMinWidth(USE_PREF_SIZE);
      setHgrow(button, Priority.ALWAYS);
      if (items.size() > 1) {
        button
            .getStyleClass()
            .add(i == 0 ? "left-pill" : i == items.size() - 1 ? "right-pill" : "center-pill");
      }
      button.setOnAction(event -> value.set(item));
      getChildren().add(button);
    }
    press(value.get());
  }

  private void press(@Nullable T item) {
    for (var child : getChildren()) {
      if (child instanceof ToggleButton button && Objects.equals(button.getUserData(), item)) {
        button.setSelected(true);
        return;
      }
    }
  }
}
