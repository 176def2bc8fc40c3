package cdrl.studio.detect;

import cdrl.studio.detect.Analysis.Place;
import cdrl.studio.resources.Messages;
import cdrl.studio.widgets.ColorRamp;
import cdrl.studio.widgets.Controls;
import cdrl.studio.widgets.PictureView;
import java.util.List;
import javafx.geometry.Pos;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.VBox;
import org.kordamp.ikonli.bootstrapicons.BootstrapIcons;

/** The selected picture with its heat map, and what its score says. */
final class HeatPane extends VBox {
  private final Messages messages;
  private final DetectViewModel model;
  private final Label name = new Label();
  private final Label setName = new Label();
  private final Label facts = new Label();
  private final Label high = new Label();
  private final PictureView picture;
  private final HBox scale;

  HeatPane(Messages messages, DetectViewModel model, DetectFiles files) {
    this.messages = messages;
    this.model = model;
    getStyleClass().add("heat-pane");
    name.setId("picked-name");
    name.getStyleClass().add("section-title");
    setName.getStyleClass().add("hint");
    facts.setId("picked-facts");
    facts.getStyleClass().add("hint");
    facts.setWrapText(true);
    facts.setMinHeight(USE_PREF_SIZE);
    picture = new PictureView("picked", messages.text("detect.picked"));
    picture.prefHeightProperty().bind(picture.widthProperty());
    HBox opacity =
        Controls.sliderRow(
            "heat-opacity",
            messages.text("detect.heat"),
            model.selected().opacityProperty(),
            0,
            1,
            value -> messages.text("percent", messages.number(100 * value, 0)));
    Label low = new Label("0");
    low.getStyleClass().add("heat-low");
    high.setId("heat-high");
    ColorRamp ramp = new ColorRamp(Heat.COLORS);
    HBox.setHgrow(ramp, Priority.ALWAYS);
    scale = new HBox(low, ramp, high);
    scale.getStyleClass().add("heat-scale");
    scale.setAlignment(Pos.CENTER_LEFT);
    name.setMaxWidth(Double.MAX_VALUE);
    HBox.setHgrow(name, Priority.ALWAYS);
    Button save =
        Controls.iconButton("save-picked", BootstrapIcons.IMAGE, messages.text("detect.save.heat"));
    save.setOnAction(event -> files.saveSelected());
    Button copy =
        Controls.iconButton(
            "copy-picked", BootstrapIcons.CLIPBOARD, messages.text("detect.copy.heat"));
    copy.setOnAction(event -> files.copySelected());
    for (Button button : List.of(save, copy)) {
      button.disableProperty().bind(model.selected().pictureProperty().isNull());
    }
    HBox title = new HBox(name, save, copy);
    title.getStyleClass().add("row");
    title.setAlignment(Pos.CENTER_LEFT);
    getChildren().addAll(title, setName, picture, opacity, scale, facts);
    model.selected().pictureProperty().addListener((property, before, after) -> refresh());
    model.selected().placeProperty().addListener((property, before, after) -> refresh());
    model.analysisProperty().addListener((property, before, after) -> refresh());
    refresh();
  }

  private void refresh() {
    Place place = model.selected().placeProperty().get();
    Heat heat = model.selected().heatProperty().get();
    picture.show(model.selected().pictureProperty().get(), messages.text("detect.picked.none"));
    scale.setVisible(heat != null);
    high.setText(heat == null ? "" : "≥ " + messages.compact(heat.brightest()));
    PictureSet set = place == null ? null : model.sets().get(place.key());
    if (place == null || set == null) {
      name.setText(messages.text("detect.picked.title"));
      setName.setText("");
      facts.setText(messages.text("detect.heat.hint"));
      return;
    }
    name.setText(model.sets().name(place));
    setName.setText(set.nameProperty().get());
    double share = model.analysisProperty().get().shareOfOwnBelow(place.score());
    String score = messages.figures(place.score());
    facts.setText(
        Double.isNaN(share)
            ? messages.text("detect.picked.score", score)
            : messages.text(
                "detect.picked.rank",
                score,
                messages.number(100 * share, share > 0.99 && share < 1 ? 1 : 0)));
  }
}
