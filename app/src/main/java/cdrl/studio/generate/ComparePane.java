package cdrl.studio.generate;

import cdrl.studio.raster.ColorMap;
import cdrl.studio.raster.Difference;
import cdrl.studio.resources.Messages;
import cdrl.studio.widgets.ChainPlot;
import cdrl.studio.widgets.ColorRamp;
import cdrl.studio.widgets.Controls;
import cdrl.studio.widgets.PictureView;
import java.util.List;
import javafx.beans.binding.Bindings;
import javafx.beans.value.ObservableDoubleValue;
import javafx.geometry.Pos;
import javafx.scene.control.Label;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.VBox;

/**
 * The selected image in pictures: before and after, what is between them, and the energies along
 * the Langevin chain.
 */
final class ComparePane extends HBox {
  private static final double LEAST_HEIGHT = 236;
  private static final double MOST_HEIGHT = 400;
  private static final double SHARE = 0.31;

  /** Space around and between a picture and its name. */
  private static final double FRAME = 50;

  private final Messages messages;
  private final GenerateViewModel model;
  private final PictureView before;
  private final PictureView after;
  private final PictureView difference;
  private final Label beforeName = new Label();
  private final Label afterName = new Label();
  private final Label differenceFacts = new Label();
  private final Label imageName = new Label();
  private final Label chainFacts = new Label();
  private final ChainPlot chainPlot;
  private final VBox chain;
  private final HBox differenceScale = new HBox();
  private final Label scaleLow = new Label();
  private final Label scaleHigh = new Label();

  /**
   * @param windowHeight about a third of it is taken
   */
  ComparePane(Messages messages, GenerateViewModel model, ObservableDoubleValue windowHeight) {
    this.messages = messages;
    this.model = model;
    before = new PictureView("before", messages.text("compare.before.name"));
    after = new PictureView("after", messages.text("compare.after.name"));
    difference = new PictureView("difference", messages.text("compare.difference.name"));
    chainPlot = new ChainPlot("chain", messages.text("chain.name"));
    imageName.setId("image-name");
    imageName.getStyleClass().add("section-title");
    differenceFacts.setId("difference-facts");
    differenceFacts.getStyleClass().add("hint");
    differenceFacts.setWrapText(true);
    differenceFacts.setMinHeight(Label.USE_PREF_SIZE);

    scaleLow.getStyleClass().add("scale-label");
    scaleHigh.getStyleClass().add("scale-label");
    scaleHigh.setId("scale-high");
    ColorRamp bar = new ColorRamp(ColorMap.BLUE_RED);
    HBox.setHgrow(bar, Priority.ALWAYS);
    differenceScale.getChildren().addAll(scaleLow, bar, scaleHigh);
    differenceScale.getStyleClass().add("difference-scale");
    differenceScale.setAlignment(Pos.CENTER_LEFT);

    chainFacts.setId("chain-facts");
    chainFacts.getStyleClass().add("hint");
    chain = new VBox(chainFacts, chainPlot);
    VBox.setVgrow(chain, Priority.ALWAYS);
    VBox.setVgrow(chainPlot, Priority.ALWAYS);
    chainPlot.stepProperty().bindBidirectional(model.cursor().stepProperty());
    VBox facts = new VBox(imageName, differenceFacts, differenceScale, chain);
    facts.getStyleClass().add("compare-facts");
    getChildren()
        .addAll(
            pictureBox(beforeName, before),
            pictureBox(afterName, after),
            pictureBox(new Label(messages.text("compare.difference")), difference),
            facts);
    HBox.setHgrow(facts, Priority.ALWAYS);
    getStyleClass().add("compare-pane");
    minHeightProperty().bind(prefHeightProperty());
    prefHeightProperty()
        .bind(
            Bindings.createDoubleBinding(
                () ->
                    Math.floor(
                        Math.max(LEAST_HEIGHT, Math.min(MOST_HEIGHT, SHARE * windowHeight.get()))),
                windowHeight));
    for (PictureView picture : List.of(before, after, difference)) {
      picture.prefWidthProperty().bind(prefHeightProperty().subtract(FRAME)); // square
      picture.smoothProperty().bind(model.gallery().smoothProperty());
    }
    model.comparisons().comparisonProperty().addListener((property, was, is) -> showComparison());
    model.gallery().selectedProperty().addListener((property, was, is) -> showComparison());
    model.chainEnergiesProperty().addListener((property, was, is) -> showChain());
    model.otherEnergiesProperty().addListener((property, was, is) -> showChain());
    model.cursor().stepProperty().addListener((property, was, is) -> showChain());
    showComparison();
  }

  private static VBox pictureBox(Label name, PictureView picture) {
    name.getStyleClass().add("caption");
    VBox box = new VBox(name, picture);
    box.getStyleClass().add("picture-box");
    VBox.setVgrow(picture, Priority.ALWAYS);
    return box;
  }

  private void showChain() {
    int steps = model.cursor().steps();
    Controls.show(chain, steps > 0);
    List<Float> energies = model.chainEnergiesProperty().get();
    chainPlot.show(steps, energies, model.otherEnergiesProperty().get());
    int step = Math.min(steps, model.cursor().stepProperty().get());
    String facts =
        energies.size() > step
            ? messages.text("chain.facts", step, steps, messages.number(energies.get(step), 4))
            : messages.text("chain.step", step, steps);
    int stride = model.cursor().stepStride();
    chainFacts.setText(stride > 1 ? messages.text("chain.some", facts, stride) : facts);
  }

  private void showComparison() {
    showChain();
    Comparison shown = model.comparisons().comparisonProperty().get();
    beforeName.setText(
        messages.text(
            switch (shown.kind()) {
              case NOTHING, PREVIEW, LEVEL -> "compare.before";
              case NOISE -> "compare.noise";
              case RESULT -> "compare.level0";
              case KEPT -> "compare.kept";
            }));
    afterName.setText(
        messages.text(
            switch (shown.kind()) {
              case NOTHING, NOISE, LEVEL -> "compare.after";
              case PREVIEW -> "preview.title";
              case RESULT -> "compare.result";
              case KEPT -> "compare.now";
            }));
    before.show(shown.before(), "");
    after.show(
        shown.after(),
        messages.text(
            switch (shown.kind()) {
              case NOTHING -> "compare.none";
              case NOISE -> "compare.top";
              default -> "compare.wait";
            }));
    Difference change = shown.difference();
    difference.show(change == null ? null : change.raster(), "");
    imageName.setText(
        shown.kind() == Comparison.Kind.NOTHING
            ? messages.text("compare.heading")
            : model.gallery().caption(model.gallery().index()));
    Controls.show(differenceScale, change != null);
    if (change == null) {
      differenceFacts.setText(
          messages.text(
              switch (shown.kind()) {
                case NOTHING -> "compare.hint";
                case NOISE -> "compare.hint.top";
                case PREVIEW -> "compare.hint.preview";
                default -> "compare.hint.wait";
              }));
      return;
    }
    String scale = messages.compact(change.scale());
    scaleLow.setText("−" + scale);
    scaleHigh.setText("+" + scale);
    differenceFacts.setText(
        messages.text(
            switch (shown.kind()) {
              case RESULT -> "compare.facts.result";
              case KEPT -> "compare.facts.kept";
              default -> "compare.facts";
            },
            messages.compact(change.rootMeanSquare())));
  }
}
