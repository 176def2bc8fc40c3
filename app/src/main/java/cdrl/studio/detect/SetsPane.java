package cdrl.studio.detect;

import cdrl.evaluate.ArtificialImages;
import cdrl.studio.resources.Messages;
import cdrl.studio.shell.Command;
import cdrl.studio.shell.FileDialogs;
import cdrl.studio.widgets.Controls;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import javafx.collections.ListChangeListener;
import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.control.MenuButton;
import javafx.scene.control.MenuItem;
import javafx.scene.control.OverrunStyle;
import javafx.scene.control.SeparatorMenuItem;
import javafx.scene.control.Tooltip;
import javafx.scene.layout.HBox;
import javafx.scene.layout.VBox;
import org.kordamp.ikonli.Ikon;
import org.kordamp.ikonli.bootstrapicons.BootstrapIcons;

/** The training data and the other sets, and where more of them come from. */
final class SetsPane {
  private final Messages messages;
  private final DetectViewModel model;
  private final FileDialogs dialogs;
  private final Map<PictureSet, SetRow> rows = new HashMap<>();
  private final VBox own = new VBox();
  private final VBox others = new VBox();
  private final Label hint = new Label();
  private final Label place = new Label();
  private final MenuButton add;
  private final VBox training;
  private final VBox sets;

  SetsPane(Messages messages, DetectViewModel model, FileDialogs dialogs) {
    this.messages = messages;
    this.model = model;
    this.dialogs = dialogs;
    hint.setId("training-hint");
    hint.getStyleClass().add("hint");
    hint.setWrapText(true);
    hint.setMinHeight(Label.USE_PREF_SIZE);
    hint.setText(messages.text("detect.training.none"));
    place.setId("training-place");
    place.getStyleClass().add("hint");
    place.setTextOverrun(OverrunStyle.LEADING_ELLIPSIS);
    others.getStyleClass().add("set-rows");
    HBox places =
        new HBox(
            Controls.wideButton(
                "training-folder",
                BootstrapIcons.FOLDER,
                messages.text("detect.choose.folder"),
                this::chooseTrainingFolder),
            Controls.wideButton(
                "training-file",
                BootstrapIcons.FILE_EARMARK_BINARY,
                messages.text("detect.choose.file"),
                this::chooseTrainingFile));
    places.getStyleClass().add("row");
    for (Node button : places.getChildren()) {
      button.setAccessibleText(
          messages.text("detect.training.choose", ((Button) button).getText()));
    }
    add = new MenuButton(messages.text("detect.add"), Controls.icon(BootstrapIcons.PLUS));
    add.setId("add-set");
    add.setMaxWidth(Double.MAX_VALUE);
    add.getItems()
        .addAll(
            item("add-folder", BootstrapIcons.FOLDER, "detect.add.folder", this::addFolder),
            item("add-file", BootstrapIcons.FILE_EARMARK_BINARY, "detect.add.file", this::addFile),
            item("add-pictures", BootstrapIcons.IMAGES, "detect.add.pictures", this::addPictures),
            new SeparatorMenuItem(),
            item(
                "add-samples",
                BootstrapIcons.DICE_5,
                "detect.add.samples",
                model.sets()::addSamples));
    for (ArtificialImages kind : ArtificialImages.values()) {
      add.getItems()
          .add(
              item(
                  "add-" + kind.word(),
                  BootstrapIcons.BOUNDING_BOX_CIRCLES,
                  "detect.artificial." + kind.word(),
                  () -> model.sets().addArtificial(kind)));
    }
    training = Controls.section(messages.text("detect.training"), own, place, hint, places);
    sets = Controls.section(messages.text("detect.sets"), others, add);
    model.sets().list().addListener((ListChangeListener<PictureSet>) change -> refresh());
    model.analysisProperty().addListener((property, before, after) -> compare());
    refresh();
  }

  private MenuItem item(String id, Ikon icon, String key, Runnable action) {
    MenuItem item = new MenuItem(messages.text(key), Controls.icon(icon));
    item.setId(id);
    item.setOnAction(event -> action.run());
    return item;
  }

  /** Everything that can be done with sets. */
  List<Command> commands() {
    List<Command> all = new ArrayList<>();
    all.add(command("detect.add.folder", "Shortcut+Shift+O", this::addFolder));
    all.add(command("detect.add.pictures", "Shortcut+I", this::addPictures));
    all.add(Command.of(adding("detect.add.file"), this::addFile));
    all.add(command("detect.add.samples", "Shortcut+D", model.sets()::addSamples));
    for (ArtificialImages kind : ArtificialImages.values()) {
      String name = adding("detect.artificial." + kind.word());
      all.add(Command.of(name, () -> model.sets().addArtificial(kind)));
    }
    all.add(command("detect.training.folder", "Shortcut+T", this::chooseTrainingFolder));
    all.add(
        Command.of(
            messages.text("detect.training.choose", messages.text("detect.choose.file")),
            this::chooseTrainingFile));
    for (PictureSet set : model.sets().list()) {
      all.add(
          Command.of(
              messages.text("detect.set.remove", set.nameProperty().get()),
              () -> model.remove(set)));
    }
    return all;
  }

  private String adding(String key) {
    return messages.text("command.choice", messages.text("detect.add"), messages.text(key));
  }

  private Command command(String key, String keys, Runnable action) {
    return Command.of(messages.text(key), keys, action);
  }

  /** Where the training data is chosen. */
  Node training() {
    return training;
  }

  /** The other sets. */
  Node sets() {
    return sets;
  }

  /** The button that adds sets. */
  MenuButton add() {
    return add;
  }

  private void refresh() {
    List<SetRow> shown = new ArrayList<>();
    own.getChildren().clear();
    for (PictureSet set : model.sets().list()) {
      SetRow row = rows.computeIfAbsent(set, this::row);
      if (set.isOwn()) {
        own.getChildren().setAll(row);
      } else {
        shown.add(row);
      }
    }
    rows.keySet().retainAll(model.sets().list());
    if (!others.getChildren().equals(shown)) {
      others.getChildren().setAll(shown);
    }
    Controls.show(others, !shown.isEmpty());
    String known = model.sets().training().map(Path::toString).orElse("");
    place.setText(known);
    place.setTooltip(new Tooltip(known));
    Controls.show(own, !known.isEmpty());
    Controls.show(place, !known.isEmpty());
    Controls.show(hint, known.isEmpty());
    compare();
  }

  private SetRow row(PictureSet set) {
    return new SetRow(messages, set, () -> model.remove(set));
  }

  private void compare() {
    Analysis analysis = model.analysisProperty().get();
    rows.forEach((set, row) -> row.compare(analysis.comparisons().get(set.key())));
  }

  private javafx.stage.Window window() {
    return add.getScene().getWindow();
  }

  /** Asks for the folder of the training data. */
  void chooseTrainingFolder() {
    dialogs.chooseFolder(window(), "training").ifPresent(model.sets()::setTraining);
  }

  private void chooseTrainingFile() {
    dialogs.openImageData(window()).ifPresent(model.sets()::setTraining);
  }

  /** Asks for a folder and adds it. */
  void addFolder() {
    dialogs.chooseFolder(window(), "detect").ifPresent(model.sets()::addPlace);
  }

  private void addFile() {
    dialogs.openImageData(window()).ifPresent(model.sets()::addPlace);
  }

  /** Asks for pictures and adds them as one set. */
  void addPictures() {
    model.sets().addFiles(dialogs.openPictures(window()));
  }
}
