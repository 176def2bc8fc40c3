package cdrl.studio.train;

import cdrl.studio.charts.Ink;
import cdrl.studio.raster.Palette;
import cdrl.studio.resources.Messages;
import cdrl.studio.widgets.AxisStyle;
import cdrl.studio.widgets.Controls;
import javafx.css.PseudoClass;
import javafx.geometry.Pos;
import javafx.scene.control.CheckBox;
import javafx.scene.control.ContentDisplay;
import javafx.scene.control.Label;
import javafx.scene.control.ListCell;
import javafx.scene.control.ProgressBar;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.VBox;
import javafx.scene.paint.Color;
import javafx.scene.shape.Circle;
import org.jspecify.annotations.Nullable;

/** A run in the list: the colour of its curve, its name, where it stands, how far it is. */
final class RunCell extends ListCell<RunEntry> {
  private final Messages messages;
  private final TrainViewModel model;
  private final CheckBox chart = new CheckBox();
  private final Circle swatch = new Circle(4.5);
  private final Label name = new Label();
  private final Label badge = new Label();
  private final Label facts = new Label();
  private final ProgressBar progress = new ProgressBar();
  private final HBox row;
  private final AxisStyle style = new AxisStyle(this::tint);
  private boolean showing;

  RunCell(Messages messages, TrainViewModel model) {
    this.messages = messages;
    this.model = model;
    setContentDisplay(ContentDisplay.GRAPHIC_ONLY);
    getStyleClass().add("run-cell");
    chart.setFocusTraversable(false);
    chart
        .selectedProperty()
        .addListener(
            (property, before, after) -> {
              RunEntry entry = getItem();
              if (entry != null && !showing) {
                if (after) {
                  model.curves().charted().add(entry.name());
                } else {
                  model.curves().charted().remove(entry.name());
                }
              }
            });
    name.getStyleClass().add("run-name");
    name.setMaxWidth(Double.MAX_VALUE);
    HBox.setHgrow(name, Priority.ALWAYS);
    badge.getStyleClass().add("badge");
    badge.setMinWidth(Label.USE_PREF_SIZE);
    facts.getStyleClass().add("run-facts");
    facts.setMaxWidth(Double.MAX_VALUE);
    progress.getStyleClass().add("run-progress");
    progress.setMaxWidth(Double.MAX_VALUE);
    HBox top = new HBox(swatch, name, badge);
    top.getStyleClass().add("run-top");
    top.setAlignment(Pos.CENTER_LEFT);
    VBox text = new VBox(top, facts, progress);
    text.getStyleClass().add("run-text");
    HBox.setHgrow(text, Priority.ALWAYS);
    row = new HBox(chart, text, style.probe());
    row.getStyleClass().add("run-row");
    row.setAlignment(Pos.CENTER_LEFT);
    // As wide as the list, so that long names are cut rather than scrolled.
    row.setMinWidth(0);
    setPrefWidth(0);
  }

  @Override
  protected void updateItem(@Nullable RunEntry entry, boolean empty) {
    super.updateItem(entry, empty);
    if (empty || entry == null) {
      setGraphic(null);
      return;
    }
    showing = true;
    chart.setSelected(model.curves().charted().contains(entry.name()));
    chart.setAccessibleText(messages.text("train.chart", entry.name()));
    chart.setId("chart-" + entry.name());
    showing = false;
    name.setText(entry.name());
    boolean warned = entry.sign() != null;
    badge.setText(
        messages.text(warned ? "train.diverging.badge" : "train.standing." + entry.standing()));
    for (Standing standing : Standing.values()) {
      badge.pseudoClassStateChanged(
          PseudoClass.getPseudoClass(standing.name().toLowerCase(java.util.Locale.ROOT)),
          standing == (warned ? Standing.FAILED : entry.standing()));
    }
    facts.setText(model.words().shortFacts(entry));
    Controls.show(progress, entry.standing().isActive());
    progress.setProgress(entry.standing().isActive() ? entry.fraction() : 0);
    progress.setAccessibleText(messages.text("jobs.progress"));
    setAccessibleText(entry.name() + ", " + badge.getText() + ", " + facts.getText());
    tint();
    setGraphic(row);
  }

  private void tint() {
    RunEntry entry = getItem();
    if (entry != null && model.curves().ink(entry.name()) instanceof Ink.Distinct ink) {
      boolean dark = style.text() instanceof Color text && text.getBrightness() > 0.5;
      int rgb = Palette.distinct(ink.index(), dark);
      swatch.setFill(Color.rgb(rgb >> 16 & 255, rgb >> 8 & 255, rgb & 255));
    }
  }
}
