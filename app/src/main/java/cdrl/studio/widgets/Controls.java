package cdrl.studio.widgets;

import java.util.List;
import java.util.function.DoubleFunction;
import java.util.function.Function;
import javafx.beans.property.BooleanProperty;
import javafx.beans.property.DoubleProperty;
import javafx.geometry.Pos;
import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.control.ButtonBase;
import javafx.scene.control.Label;
import javafx.scene.control.ScrollPane;
import javafx.scene.control.Slider;
import javafx.scene.control.Tooltip;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;
import javafx.scene.layout.VBox;
import javafx.util.StringConverter;
import org.jspecify.annotations.Nullable;
import org.kordamp.ikonli.Ikon;
import org.kordamp.ikonli.javafx.FontIcon;

/** Builds small controls the same way everywhere. */
public final class Controls {
  private Controls() {}

  /** An icon that takes its size and colour from the stylesheet. */
  public static FontIcon icon(Ikon ikon) {
    FontIcon icon = new FontIcon(ikon);
    icon.setMouseTransparent(true);
    return icon;
  }

  /** A button with an icon only; its name is told by a tooltip and to screen readers. */
  public static Button iconButton(String id, Ikon ikon, String name) {
    Button button = new Button("", icon(ikon));
    button.setId(id);
    button.getStyleClass().addAll("button-icon", "flat", "icon-only");
    explain(button, name);
    return button;
  }

  /** A button with an icon and a text. */
  public static Button button(String id, Ikon ikon, String text) {
    Button button = new Button(text, icon(ikon));
    button.setId(id);
    return button;
  }

  /** A button with an icon and a text at its left, as wide as it may be. */
  public static Button wideButton(String id, Ikon ikon, String text, Runnable action) {
    Button button = button(id, ikon, text);
    button.setMaxWidth(Double.MAX_VALUE);
    button.setAlignment(Pos.CENTER_LEFT);
    button.setOnAction(event -> action.run());
    HBox.setHgrow(button, Priority.ALWAYS);
    return button;
  }

  /** The panel at a workspace's left, made of sections. */
  public static ScrollPane sidePanel(Node... sections) {
    VBox content = new VBox(sections);
    content.getStyleClass().add("side-content");
    ScrollPane panel = scrolled(content);
    panel.getStyleClass().add("side-panel");
    panel.setFocusTraversable(false);
    return panel;
  }

  /**
   * A pane that moves up and down what is too tall for it. The toolkit would keep a picture of what
   * each of them shows, also while it cannot be seen.
   */
  public static ScrollPane scrolled(Node content) {
    ScrollPane pane = new ScrollPane(content);
    pane.setFitToWidth(true);
    pane.skinProperty()
        .addListener((property, before, after) -> pane.lookup(".viewport").setCache(false));
    return pane;
  }

  /** A choice between two alternatives, of which the second one is "yes". */
  public static SegmentedChoice<Boolean> eitherOr(
      String id, String no, String yes, BooleanProperty value) {
    SegmentedChoice<Boolean> choice = new SegmentedChoice<>(id, which -> which ? yes : no);
    choice.setItems(List.of(false, true));
    choice.valueProperty().set(value.get());
    choice
        .valueProperty()
        .addListener((property, before, after) -> value.set(Boolean.TRUE.equals(after)));
    value.addListener((property, before, after) -> choice.valueProperty().set(after));
    return choice;
  }

  /**
   * A slider in a row with its name and its value.
   *
   * @param words the value for people
   */
  public static HBox sliderRow(
      String id,
      String name,
      DoubleProperty value,
      double least,
      double most,
      DoubleFunction<String> words) {
    Slider slider = new Slider(least, most, value.get());
    slider.setId(id);
    slider.setBlockIncrement((most - least) / 20);
    slider.valueProperty().bindBidirectional(value);
    HBox.setHgrow(slider, Priority.ALWAYS);
    Label shown = new Label(words.apply(value.get()));
    shown.setId(id + "-value");
    shown.getStyleClass().add("slider-value");
    value.addListener((property, before, after) -> shown.setText(words.apply(after.doubleValue())));
    Label caption = caption(name, slider);
    caption.setMinWidth(Region.USE_PREF_SIZE);
    HBox row = new HBox(caption, slider, shown);
    row.getStyleClass().add("slider-row");
    return row;
  }

  /** Shows the alternatives of a box by their names; nothing can be typed there. */
  public static <T> StringConverter<T> names(Function<T, String> names) {
    return new StringConverter<>() {
      @Override
      public String toString(@Nullable T value) {
        return value == null ? "" : names.apply(value);
      }

      @Override
      public T fromString(String text) {
        throw new UnsupportedOperationException("names are only shown");
      }
    };
  }

  /** Gives a control a tooltip and the same text as its accessible name. */
  public static void explain(ButtonBase control, String name) {
    control.setTooltip(new Tooltip(name));
    control.setAccessibleText(name);
  }

  /** A label that names a control, also to screen readers. */
  public static Label caption(String text, Node control) {
    Label label = new Label(text);
    label.getStyleClass().add("caption");
    label.setLabelFor(control);
    if (control.getAccessibleText() == null) {
      control.setAccessibleText(text);
    }
    return label;
  }

  /** A control with its name above it. */
  public static VBox field(String text, Node named, Node shown) {
    VBox box = new VBox(caption(text, named), shown);
    box.getStyleClass().add("field");
    return box;
  }

  /** A group of controls with a heading. */
  public static VBox section(String heading, Node... content) {
    Label title = new Label(heading);
    title.getStyleClass().add("section-title");
    VBox box = new VBox(title);
    box.getChildren().addAll(content);
    box.getStyleClass().add("section");
    return box;
  }

  /** Shows the text of a label as a hint as well, for where the label is too small for it. */
  public static void hintWhole(Label label) {
    label
        .textProperty()
        .addListener(
            (property, before, after) ->
                label.setTooltip(after == null || after.isEmpty() ? null : new Tooltip(after)));
  }

  /** Takes the space that is left. */
  public static Region spacer() {
    Region spacer = new Region();
    HBox.setHgrow(spacer, Priority.ALWAYS);
    VBox.setVgrow(spacer, Priority.ALWAYS);
    return spacer;
  }

  /** Shows a node, or takes it out of the layout. */
  public static void show(Node node, boolean visible) {
    node.setVisible(visible);
    node.setManaged(visible);
  }
}
