package cdrl.studio.detect;

import cdrl.evaluate.EnergyScores;
import cdrl.studio.resources.Messages;
import cdrl.studio.widgets.Controls;
import cdrl.studio.widgets.ModelSection;
import cdrl.studio.widgets.SegmentedChoice;
import java.util.List;
import java.util.Locale;
import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.control.Tooltip;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import org.kordamp.ikonli.bootstrapicons.BootstrapIcons;

/** The panel at the left: the model, the sets, how they are scored, and what can be saved. */
final class DetectPanel {
  /** The choices of how many pictures of each set are scored. */
  static final List<Integer> MOST = List.of(100, 300, 1_000, 3_000);

  private final Messages messages;
  private final DetectViewModel model;
  private final SetsPane sets;
  private final DetectFiles files;
  private final Runnable saveCharts;
  private final SegmentedChoice<Integer> levels;

  /**
   * @param saveCharts saves a picture of the charts
   */
  DetectPanel(
      Messages messages,
      DetectViewModel model,
      SetsPane sets,
      DetectFiles files,
      Runnable saveCharts) {
    this.messages = messages;
    this.model = model;
    this.sets = sets;
    this.files = files;
    this.saveCharts = saveCharts;
    levels = new SegmentedChoice<>("detect-level", Object::toString);
    model.models().loadedProperty().addListener((property, before, after) -> offerLevels());
    offerLevels();
  }

  /** What people call what pictures are scored by. */
  static String word(Messages messages, EnergyScores.Kind kind) {
    return messages.text("detect.kind." + kind.name().toLowerCase(Locale.ROOT));
  }

  private void offerLevels() {
    levels.setItems(model.levelChoices());
  }

  /** All of it. */
  Node node() {
    SegmentedChoice<EnergyScores.Kind> kinds =
        new SegmentedChoice<>("detect-kind", kind -> word(messages, kind));
    kinds.setItems(List.of(EnergyScores.Kind.values()));
    kinds.valueProperty().bindBidirectional(model.kindProperty());
    levels.valueProperty().bindBidirectional(model.levelProperty());
    SegmentedChoice<Integer> most =
        new SegmentedChoice<>("detect-most", count -> messages.grouped(count, 0));
    most.setItems(MOST);
    most.valueProperty().set(model.mostProperty().get());
    most.valueProperty()
        .addListener(
            (property, before, after) -> {
              if (after != null) {
                model.mostProperty().set(after);
              }
            });
    model
        .mostProperty()
        .addListener((property, before, after) -> most.valueProperty().set(after.intValue()));
    Label explained = new Label(messages.text("detect.level.hint"));
    explained.getStyleClass().add("hint");
    explained.setWrapText(true);
    explained.setMinHeight(Label.USE_PREF_SIZE);
    Button score =
        Controls.button("score", BootstrapIcons.PLAY_FILL, messages.text("detect.score"));
    score.getStyleClass().add("accent");
    score.setTooltip(new Tooltip(messages.text("detect.score.hint")));
    score.setMaxWidth(Double.MAX_VALUE);
    score.setOnAction(event -> model.score());
    score.setDisable(true);
    model.unfinishedProperty().addListener((property, before, after) -> score.setDisable(!after));
    HBox.setHgrow(score, Priority.ALWAYS);
    Button cancel = Controls.button("cancel", BootstrapIcons.STOP_FILL, messages.text("cancel"));
    cancel.setTooltip(new Tooltip(messages.text("cancel.hint")));
    cancel.setOnAction(event -> model.cancel());
    cancel.disableProperty().bind(model.runningProperty().not());
    HBox buttons = new HBox(score, cancel);
    buttons.getStyleClass().addAll("row", "main-buttons");
    Button charts =
        Controls.wideButton(
            "save-charts", BootstrapIcons.IMAGE, messages.text("detect.save.charts"), saveCharts);
    Button table =
        Controls.wideButton(
            "save-scores",
            BootstrapIcons.TABLE,
            messages.text("detect.save.scores"),
            files::saveScores);
    Runnable allow =
        () -> {
          boolean nothing = model.analysisProperty().get().order().isEmpty();
          charts.setDisable(nothing);
          table.setDisable(nothing);
        };
    model.analysisProperty().addListener((property, before, after) -> allow.run());
    allow.run();
    return Controls.sidePanel(
        new ModelSection(messages, model.models(), files::openModel).node(),
        sets.training(),
        sets.sets(),
        Controls.section(
            messages.text("detect.scoring"),
            Controls.field(messages.text("detect.kind"), kinds, kinds),
            Controls.field(messages.text("detect.level"), levels, levels),
            explained,
            Controls.field(messages.text("detect.most"), most, most),
            buttons),
        Controls.section(messages.text("save.heading"), charts, table));
  }
}
