package cdrl.studio.detect;

import cdrl.evaluate.Interval;
import cdrl.studio.detect.PictureSet.State;
import cdrl.studio.resources.Messages;
import cdrl.studio.widgets.AxisStyle;
import cdrl.studio.widgets.Controls;
import java.util.Locale;
import javafx.css.PseudoClass;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.control.TextField;
import javafx.scene.control.Tooltip;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.VBox;
import javafx.scene.shape.Circle;
import org.jspecify.annotations.Nullable;
import org.kordamp.ikonli.bootstrapicons.BootstrapIcons;

/** A set in the panel: its colour and name, how far it is, and how well it can be told apart. */
final class SetRow extends VBox {
  private static final PseudoClass FAILED = PseudoClass.getPseudoClass("failed");

  private final Messages messages;
  private final PictureSet set;
  private final Circle swatch = new Circle(6);
  private final AxisStyle style = new AxisStyle(this::paint);
  private final Label count = new Label();
  private final Label figure = new Label();
  private final Label verdict = new Label();
  private final Label note = new Label();

  /**
   * @param remove takes the set away
   */
  SetRow(Messages messages, PictureSet set, Runnable remove) {
    this.messages = messages;
    this.set = set;
    getStyleClass().add("set-row");
    setId("set-" + set.key());
    TextField name = new TextField();
    name.setId("set-name-" + set.key());
    name.getStyleClass().add("set-name");
    name.textProperty().bindBidirectional(set.nameProperty());
    name.setAccessibleText(messages.text("detect.set.name"));
    HBox.setHgrow(name, Priority.ALWAYS);
    Button away = Controls.iconButton("set-remove-" + set.key(), BootstrapIcons.X, "");
    away.setOnAction(event -> remove.run());
    Controls.explain(away, messages.text("detect.set.remove", set.nameProperty().get()));
    set.nameProperty()
        .addListener(
            (property, before, after) ->
                Controls.explain(away, messages.text("detect.set.remove", after)));
    HBox top = new HBox(swatch, name, away, style.probe());
    top.getStyleClass().add("row");
    count.getStyleClass().add("hint");
    figure.setId("set-figure-" + set.key());
    figure.getStyleClass().add("set-figure");
    verdict.setId("set-verdict-" + set.key());
    verdict.getStyleClass().add("hint");
    note.getStyleClass().add("set-note");
    for (Label label : new Label[] {count, figure, verdict, note}) {
      label.setWrapText(true);
      label.setMinHeight(USE_PREF_SIZE);
    }
    VBox words = new VBox(count, figure, verdict, note);
    words.getStyleClass().add("set-words");
    getChildren().addAll(top, words);
    set.stateProperty().addListener((property, before, after) -> describe());
    set.noteProperty().addListener((property, before, after) -> describe());
    paint();
    describe();
    compare(null);
  }

  PictureSet set() {
    return set;
  }

  private void paint() {
    swatch.setFill(Inks.of(set.ink(), style));
  }

  private void describe() {
    State state = set.stateProperty().get();
    String words =
        messages.text(
            "detect.state." + state.name().toLowerCase(Locale.ROOT),
            set.scored(),
            Math.max(set.total(), set.scored()));
    count.setText(words);
    String problem = set.noteProperty().get();
    note.setText(problem);
    note.setTooltip(problem.isEmpty() ? null : new Tooltip(problem));
    note.pseudoClassStateChanged(FAILED, state == State.FAILED);
    Controls.show(note, !problem.isEmpty());
  }

  /** Tells how well the set can be told from the model's own kind; null: it cannot be said. */
  void compare(Analysis.@Nullable Comparison comparison) {
    describe();
    Controls.show(figure, comparison != null);
    Interval interval = comparison == null ? null : comparison.interval();
    Controls.show(verdict, interval != null || comparison != null && comparison.small());
    if (comparison == null) {
      return;
    }
    String area = messages.number(comparison.auroc(), 3);
    if (comparison.small()) {
      figure.setText(messages.text("detect.auroc.small", area));
      verdict.setText(messages.text("detect.verdict.small", Analysis.FEWEST));
    } else if (interval == null) {
      figure.setText(messages.text("detect.auroc.sofar", area));
    } else {
      figure.setText(
          messages.text(
              "detect.auroc",
              area,
              messages.number(interval.low(), 3),
              messages.number(interval.high(), 3)));
      verdict.setText(messages.text(Verdict.of(comparison.auroc(), interval).key()));
    }
  }
}
