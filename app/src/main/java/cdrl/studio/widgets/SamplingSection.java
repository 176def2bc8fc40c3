package cdrl.studio.widgets;

import cdrl.studio.engine.SamplingSession;
import cdrl.studio.resources.Messages;
import java.util.List;
import javafx.beans.binding.Bindings;
import javafx.beans.property.IntegerProperty;
import javafx.beans.property.ObjectProperty;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.StringProperty;
import javafx.beans.value.ObservableBooleanValue;
import javafx.beans.value.ObservableStringValue;
import javafx.css.PseudoClass;
import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.control.Spinner;
import javafx.scene.control.SpinnerValueFactory;
import javafx.scene.control.TextField;
import javafx.scene.control.Tooltip;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.VBox;
import javafx.util.StringConverter;
import org.jspecify.annotations.Nullable;
import org.kordamp.ikonli.bootstrapicons.BootstrapIcons;

/** Seed, number and steps of a sampling run, and the buttons that start and stop it. */
public final class SamplingSection {
  /** What the section shows and does. */
  public interface Model {
    /** The seed as text. */
    StringProperty seedProperty();

    /** How many samples. */
    IntegerProperty countProperty();

    /** Langevin steps per level. */
    ObjectProperty<@Nullable Integer> stepsProperty();

    /** The numbers of steps to choose from. */
    ReadOnlyObjectProperty<List<Integer>> stepChoicesProperty();

    /** Why no sampling can start, or an empty text. */
    ObservableStringValue obstacleProperty();

    /** The runs. */
    SamplingSession session();

    /** Takes a new seed. */
    void rollSeed();
  }

  /**
   * What its buttons do.
   *
   * @param sample starts a run
   * @param cancel stops it
   * @param busy whether there is something to stop; null where that is the session's run alone
   */
  public record Actions(Runnable sample, Runnable cancel, @Nullable ObservableBooleanValue busy) {
    /** For the session's runs alone. */
    public Actions(Runnable sample, Runnable cancel) {
      this(sample, cancel, null);
    }
  }

  /**
   * The words that differ between workspaces.
   *
   * @param count what is counted
   * @param start what the button says that starts a run
   * @param hint what that does, and its key
   */
  public record Words(String count, String start, String hint) {
    /** Words for drawing samples. */
    public static Words sample(Messages messages, String count) {
      return new Words(count, messages.text("sample"), messages.text("sample.hint"));
    }
  }

  private static final PseudoClass INVALID = PseudoClass.getPseudoClass("error");

  private final Button sample;
  private final VBox node;
  private boolean focusWanted;

  /**
   * @param most samples of a run
   * @param countStep by which the arrows change the number
   * @param further settings of the workspace's own
   */
  public SamplingSection(
      Messages messages,
      Model model,
      Actions actions,
      Words words,
      int most,
      int countStep,
      Node... further) {
    TextField seed = new TextField();
    seed.setId("seed");
    seed.textProperty().bindBidirectional(model.seedProperty());
    HBox.setHgrow(seed, Priority.ALWAYS);
    Button dice = Controls.iconButton("dice", BootstrapIcons.DICE_5, messages.text("seed.roll"));
    dice.setOnAction(event -> model.rollSeed());
    HBox seedRow = new HBox(seed, dice);
    seedRow.getStyleClass().add("row");

    Spinner<Integer> count = numberSpinner("count", model.countProperty(), most, countStep);
    count.setAccessibleText(words.count());

    SegmentedChoice<Integer> steps = new SegmentedChoice<>("steps", Object::toString);
    steps.setItems(model.stepChoicesProperty().get());
    model.stepChoicesProperty().addListener((property, before, after) -> steps.setItems(after));
    steps.valueProperty().bindBidirectional(model.stepsProperty());
    steps.setAccessibleText(messages.text("sampling.steps"));

    sample = Controls.button("sample", BootstrapIcons.PLAY_FILL, words.start());
    sample.getStyleClass().add("accent");
    sample.setMaxWidth(Double.MAX_VALUE);
    sample.setTooltip(new Tooltip(words.hint()));
    sample.setOnAction(event -> actions.sample().run());
    sample.disableProperty().bind(Bindings.isNotEmpty(model.obstacleProperty()));
    sample.disabledProperty().addListener((property, before, after) -> focusIfWanted());
    // What is inside a scroll pane joins the scene only when that is drawn for the first time.
    sample.sceneProperty().addListener((property, before, after) -> focusIfWanted());
    HBox.setHgrow(sample, Priority.ALWAYS);
    Button cancel = Controls.button("cancel", BootstrapIcons.STOP_FILL, messages.text("cancel"));
    cancel.setTooltip(new Tooltip(messages.text("cancel.hint")));
    cancel.setOnAction(event -> actions.cancel().run());
    ObservableBooleanValue busy = actions.busy();
    cancel
        .disableProperty()
        .bind(
            Bindings.not(
                busy != null
                    ? busy
                    : Bindings.createBooleanBinding(
                        model.session()::isBusy, model.session().stateProperty())));
    HBox buttons = new HBox(sample, cancel);
    buttons.getStyleClass().addAll("row", "main-buttons");

    Label obstacle = new Label();
    obstacle.setId("obstacle");
    obstacle.getStyleClass().add("hint");
    obstacle.setWrapText(true);
    obstacle.setMinHeight(Label.USE_PREF_SIZE);
    model
        .obstacleProperty()
        .addListener((property, before, after) -> showObstacle(obstacle, after));
    showObstacle(obstacle, model.obstacleProperty().get());
    String invalid = messages.text("seed.invalid");
    model
        .obstacleProperty()
        .addListener(
            (property, before, after) ->
                seed.pseudoClassStateChanged(INVALID, invalid.equals(after)));

    node =
        Controls.section(
            messages.text("sampling.heading"),
            Controls.field(messages.text("seed"), seed, seedRow),
            Controls.field(words.count(), count.getEditor(), count),
            Controls.field(messages.text("sampling.steps"), steps, steps),
            buttons,
            obstacle);
    node.getChildren().addAll(node.getChildren().indexOf(buttons), List.of(further));
  }

  /** The node. */
  public VBox node() {
    return node;
  }

  /** Moves the keyboard's focus to the button that starts a run, as soon as it can be pressed. */
  public void focus() {
    focusWanted = true;
    focusIfWanted();
  }

  private void focusIfWanted() {
    if (focusWanted && !sample.isDisabled() && sample.getScene() != null) {
      focusWanted = false;
      sample.requestFocus();
    }
  }

  private static void showObstacle(Label label, String text) {
    label.setText(text);
    Controls.show(label, !text.isEmpty());
  }

  /** A number from 1 that can be typed and stepped; what is no number changes nothing. */
  public static Spinner<Integer> numberSpinner(
      String id, IntegerProperty count, int most, int step) {
    SpinnerValueFactory.IntegerSpinnerValueFactory values =
        new SpinnerValueFactory.IntegerSpinnerValueFactory(1, most, count.get(), step);
    values.setConverter(
        new StringConverter<>() {
          @Override
          public String toString(@Nullable Integer value) {
            return value == null ? "" : value.toString();
          }

          @Override
          public Integer fromString(@Nullable String text) {
            // What is no number leaves the number as it was; too large ones are cut to the most.
            String digits = text == null ? "" : text.strip();
            if (digits.isEmpty() || !digits.chars().allMatch(c -> c >= '0' && c <= '9')) {
              return count.get();
            }
            return digits.length() > 9 ? most : Math.max(1, Integer.parseInt(digits));
          }
        });
    Spinner<Integer> spinner = new Spinner<>(values);
    spinner.setId(id);
    spinner.setEditable(true);
    spinner.setMaxWidth(Double.MAX_VALUE);
    values
        .valueProperty()
        .addListener(
            (property, before, after) -> {
              if (after != null) {
                count.set(after);
              }
            });
    count.addListener((property, before, after) -> values.setValue(after.intValue()));
    // What is typed counts at once: a key that starts a run leaves the focus where it is.
    spinner
        .getEditor()
        .textProperty()
        .addListener(
            (property, before, after) -> {
              String digits = after.strip();
              if (!digits.isEmpty() && !digits.startsWith("0")) {
                count.set(values.getConverter().fromString(digits));
              }
            });
    spinner
        .focusedProperty()
        .addListener(
            (property, before, after) -> {
              if (!after) {
                spinner.commitValue();
              }
            });
    return spinner;
  }
}
