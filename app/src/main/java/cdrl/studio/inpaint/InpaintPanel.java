package cdrl.studio.inpaint;

import cdrl.studio.resources.Messages;
import cdrl.studio.widgets.Controls;
import cdrl.studio.widgets.SamplingSection;
import cdrl.studio.workspace.SamplingControls;
import java.util.List;
import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.control.Slider;
import javafx.scene.control.Spinner;
import javafx.scene.control.Tooltip;
import javafx.scene.layout.HBox;
import javafx.scene.layout.VBox;
import org.kordamp.ikonli.bootstrapicons.BootstrapIcons;

/** The panel at the left: the model, the picture, the settings of a run, and saving. */
final class InpaintPanel {
  private final Messages messages;
  private final InpaintViewModel model;
  private final InpaintFiles files;
  private final Slider strength;
  private final Label strengthFacts = new Label();
  private final Node node;

  InpaintPanel(
      Messages messages, InpaintViewModel model, SamplingControls controls, InpaintFiles files) {
    this.messages = messages;
    this.model = model;
    this.files = files;
    strength =
        new Slider(
            1, Math.max(2, model.filling().levels()), model.filling().strengthProperty().get());
    node =
        Controls.sidePanel(
            controls.model(),
            picture(),
            controls.runs(
                new SamplingSection.Words(
                    messages.text("inpaint.count"),
                    messages.text("inpaint.start"),
                    messages.text("inpaint.start.hint")),
                Filling.MOST_CANDIDATES,
                1,
                strength(),
                rounds()),
            saving());
    model.filling().strengthProperty().addListener((property, was, is) -> showStrength());
    model.sampling().models().loadedProperty().addListener((property, was, is) -> showStrength());
    showStrength();
  }

  Node node() {
    return node;
  }

  private Node picture() {
    Button open =
        Controls.wideButton(
            "open-picture",
            BootstrapIcons.FOLDER2_OPEN,
            messages.text("inpaint.open"),
            files::openPicture);
    Button paste =
        Controls.wideButton(
            "paste", BootstrapIcons.CLIPBOARD, messages.text("inpaint.paste"), files::paste);
    Button draw =
        Controls.wideButton(
            "draw", BootstrapIcons.STARS, messages.text("inpaint.draw"), model.opener()::draw);
    draw.disableProperty().bind(model.sampling().models().pickedProperty().isNull());
    open.setTooltip(new Tooltip(messages.text("inpaint.open.hint")));
    paste.setTooltip(new Tooltip(messages.text("inpaint.paste.hint")));
    draw.setTooltip(new Tooltip(messages.text("inpaint.draw.hint")));
    HBox row = new HBox(open, paste);
    row.getStyleClass().add("row");
    return Controls.section(messages.text("inpaint.picture"), row, draw);
  }

  private Node saving() {
    Button picture =
        Controls.wideButton(
            "save-picture",
            BootstrapIcons.IMAGE,
            messages.text("inpaint.save"),
            files::savePicture);
    Button candidate =
        Controls.wideButton(
            "save-candidate",
            BootstrapIcons.IMAGE_FILL,
            messages.text("inpaint.save.candidate"),
            files::saveCandidate);
    Button mask =
        Controls.wideButton(
            "save-mask", BootstrapIcons.MASK, messages.text("inpaint.save.mask"), files::saveMask);
    for (Button button : List.of(picture, mask)) {
      button.disableProperty().bind(model.document().pictureProperty().isNull());
    }
    candidate
        .disableProperty()
        .bind(model.filling().candidatesProperty().isNull().or(model.filling().previewProperty()));
    return Controls.section(messages.text("save.heading"), picture, candidate, mask);
  }

  private Node strength() {
    strength.setId("strength");
    strength.setMajorTickUnit(1);
    strength.setMinorTickCount(0);
    strength.setBlockIncrement(1);
    strength.setSnapToTicks(true);
    strength.setShowTickMarks(true);
    strength
        .valueProperty()
        .addListener(
            (property, was, is) ->
                model.filling().strengthProperty().set((int) Math.round(is.doubleValue())));
    strengthFacts.setId("strength-facts");
    strengthFacts.getStyleClass().add("hint");
    strengthFacts.setWrapText(true);
    strengthFacts.setMinHeight(Label.USE_PREF_SIZE);
    VBox box = new VBox(strength, strengthFacts);
    box.getStyleClass().add("field");
    return Controls.field(messages.text("inpaint.strength"), strength, box);
  }

  private void showStrength() {
    int levels = model.filling().levels();
    int wanted = model.filling().strengthProperty().get();
    strength.setMax(Math.max(2, levels));
    if (Math.round(strength.getValue()) != wanted) {
      strength.setValue(wanted);
    }
    int used = Math.min(levels, wanted);
    strengthFacts.setText(
        messages.text(
            used >= levels ? "inpaint.strength.all" : "inpaint.strength.some", used, levels));
  }

  private Node rounds() {
    Spinner<Integer> spinner =
        SamplingSection.numberSpinner(
            "rounds", model.filling().roundsProperty(), Filling.MOST_ROUNDS, 1);
    spinner.setAccessibleText(messages.text("inpaint.rounds"));
    spinner.setTooltip(new Tooltip(messages.text("inpaint.rounds.hint")));
    return Controls.field(messages.text("inpaint.rounds"), spinner.getEditor(), spinner);
  }
}
