package cdrl.studio.train;

import cdrl.studio.resources.Messages;
import cdrl.studio.shell.FileDialogs;
import cdrl.studio.widgets.Controls;
import cdrl.training.ConfigDraft;
import cdrl.training.Presets;
import cdrl.training.SettingField;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import javafx.css.PseudoClass;
import javafx.geometry.Pos;
import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.control.CheckBox;
import javafx.scene.control.ComboBox;
import javafx.scene.control.Control;
import javafx.scene.control.Label;
import javafx.scene.control.ListCell;
import javafx.scene.control.ScrollPane;
import javafx.scene.control.TextArea;
import javafx.scene.control.TextField;
import javafx.scene.input.DragEvent;
import javafx.scene.input.TransferMode;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;
import javafx.scene.layout.StackPane;
import javafx.scene.layout.VBox;
import org.jspecify.annotations.Nullable;
import org.kordamp.ikonli.bootstrapicons.BootstrapIcons;

/** The form for a new run. Its fields are made from the engine's settings. */
final class RunForm extends VBox {
  private static final PseudoClass WRONG = PseudoClass.getPseudoClass("wrong");
  private static final List<String> FLAG = List.of("false", "true");
  private static final String DATA = "data.path";

  private final Messages messages;
  private final SettingWords words;
  private final NewRun model;
  private final FileDialogs dialogs;
  private final TextField name = new TextField();
  private final VBox fields = new VBox();
  private final Map<String, Row> rows = new LinkedHashMap<>();
  private final Button start;
  private boolean showing;

  /** A line of the form. */
  private record Row(
      SettingField field, Control control, Label complaint, Button reset, Node node) {}

  RunForm(Messages messages, NewRun model, FileDialogs dialogs, Runnable start) {
    this.messages = messages;
    words = new SettingWords(messages);
    this.model = model;
    this.dialogs = dialogs;
    setId("run-form");
    getStyleClass().add("run-form");
    this.start = Controls.button("start-run", BootstrapIcons.PLAY_FILL, messages.text("new.start"));
    this.start.getStyleClass().add("accent");
    this.start.setTooltip(new javafx.scene.control.Tooltip(messages.text("new.start.hint")));
    this.start.disableProperty().bind(model.obstacleProperty().isNotEmpty());
    this.start.setOnAction(event -> start.run());
    getChildren().addAll(header(), choices(), body(), footer());
    Controls.show(this, false);
    model.draftProperty().addListener((property, before, after) -> refresh());
    visibleProperty().addListener((property, before, after) -> refresh());
  }

  /** Its many fields are made when somebody looks at them. */
  private void refresh() {
    if (isVisible()) {
      show(model.draftProperty().get());
    }
  }

  /** Puts the keyboard where one begins. */
  void focus() {
    name.requestFocus();
    name.selectAll();
  }

  private Node header() {
    Label title = new Label(messages.text("new.title"));
    title.getStyleClass().add("level-title");
    Button cancel = new Button(messages.text("cancel"));
    cancel.setId("cancel-run");
    cancel.setOnAction(event -> model.close());
    HBox bar = new HBox(title, Controls.spacer(), cancel, start);
    bar.getStyleClass().add("stage-bar");
    bar.setAlignment(Pos.CENTER_LEFT);
    return bar;
  }

  private Node choices() {
    name.setId("run-name");
    name.textProperty().bindBidirectional(model.nameProperty());
    name.setPrefColumnCount(16);
    ComboBox<Presets.Preset> presets = new ComboBox<>();
    presets.setId("preset");
    presets.setItems(model.presets());
    presets.setButtonCell(new PresetCell(false));
    presets.setCellFactory(list -> new PresetCell(true));
    presets.valueProperty().bindBidirectional(model.presetProperty());
    presets.setPrefWidth(240);
    Label description = new Label();
    description.getStyleClass().add("hint");
    description.setWrapText(true);
    description.setId("preset-description");
    description
        .textProperty()
        .bind(
            javafx.beans.binding.Bindings.createStringBinding(
                () -> {
                  Presets.Preset chosen = model.presetProperty().get();
                  return chosen == null ? "" : description(chosen);
                },
                model.presetProperty()));
    HBox.setHgrow(description, Priority.ALWAYS);
    Node kind =
        Controls.eitherOr(
            "as-text",
            messages.text("new.as.form"),
            messages.text("new.as.text"),
            model.asTextProperty());
    HBox row =
        new HBox(
            Controls.field(messages.text("new.name"), name, name),
            Controls.field(messages.text("new.preset"), presets, presets),
            description,
            kind);
    row.getStyleClass().add("form-choices");
    row.setAlignment(Pos.BOTTOM_LEFT);
    return row;
  }

  private String description(Presets.Preset preset) {
    return model.isShipped(preset) ? words.description(preset) : preset.description();
  }

  private Node body() {
    fields.getStyleClass().add("form-fields");
    ScrollPane scroll = Controls.scrolled(fields);
    scroll.setId("form-scroll");
    scroll.getStyleClass().add("form-scroll");
    scroll.setFocusTraversable(false);
    TextArea text = new TextArea();
    text.setId("yaml");
    text.getStyleClass().add("code");
    text.textProperty().bindBidirectional(model.textProperty());
    text.setAccessibleText(messages.text("new.as.text.name"));
    VBox box = new VBox(text);
    VBox.setVgrow(text, Priority.ALWAYS);
    box.getStyleClass().add("form-text");
    Runnable choose =
        () -> {
          Controls.show(scroll, !model.asTextProperty().get());
          Controls.show(box, model.asTextProperty().get());
        };
    model.asTextProperty().addListener((property, before, after) -> choose.run());
    choose.run();
    StackPane body = new StackPane(scroll, box);
    VBox.setVgrow(body, Priority.ALWAYS);
    return body;
  }

  private Node footer() {
    Label obstacle = new Label();
    obstacle.setId("form-obstacle");
    obstacle.getStyleClass().add("form-obstacle");
    obstacle.setWrapText(true);
    obstacle.setMinHeight(Region.USE_PREF_SIZE);
    obstacle.textProperty().bind(model.obstacleProperty());
    HBox line = new HBox(Controls.icon(BootstrapIcons.EXCLAMATION_CIRCLE), obstacle);
    line.getStyleClass().add("form-footer");
    line.setAlignment(Pos.CENTER_LEFT);
    model
        .obstacleProperty()
        .addListener((property, before, after) -> Controls.show(line, !after.isEmpty()));
    Controls.show(line, !model.obstacleProperty().get().isEmpty());
    return line;
  }

  private void show(ConfigDraft draft) {
    List<SettingField> wanted = draft.fields();
    if (!wanted.stream().map(SettingField::path).toList().equals(List.copyOf(rows.keySet()))) {
      build(wanted);
    }
    showing = true;
    for (Row row : rows.values()) {
      fill(row.control, draft.text(row.field.path()));
      boolean valid = draft.isValid(row.field);
      boolean free = row.field.alternatives().isEmpty();
      row.complaint.setText(
          valid ? free ? words.range(row.field) : "" : words.complaint(row.field));
      row.complaint.pseudoClassStateChanged(WRONG, !valid);
      row.control.pseudoClassStateChanged(PseudoClass.getPseudoClass("error"), !valid);
      Controls.show(row.complaint, !row.complaint.getText().isEmpty());
      row.reset.setVisible(model.isChanged(row.field));
    }
    showing = false;
  }

  private static void fill(Control control, String text) {
    if (control instanceof TextField field && !field.getText().equals(text)) {
      field.setText(text);
    } else if (control instanceof CheckBox box) {
      box.setSelected(text.equals("true"));
    } else if (control instanceof ComboBox<?> combo) {
      select(combo, text);
    }
  }

  @SuppressWarnings("unchecked") // all choices of this form are texts
  private static void select(ComboBox<?> combo, String text) {
    ((ComboBox<String>) combo).setValue(text);
  }

  private void build(List<SettingField> wanted) {
    Node focused = getScene() == null ? null : getScene().getFocusOwner();
    String focusedId = focused == null ? "" : Objects.requireNonNullElse(focused.getId(), "");
    rows.clear();
    fields.getChildren().clear();
    String section = "";
    VBox box = section("");
    List<Node> boxes = new ArrayList<>(List.of(box));
    for (SettingField field : wanted) {
      if (!field.section().equals(section)) {
        section = field.section();
        box = section(section);
        boxes.add(box);
      }
      Row row = row(field);
      rows.put(field.path(), row);
      box.getChildren().add(row.node);
    }
    fields.getChildren().setAll(boxes);
    rows.values().stream()
        .map(Row::control)
        .filter(control -> focusedId.equals(control.getId()))
        .forEach(Node::requestFocus);
  }

  private VBox section(String path) {
    VBox box = new VBox();
    box.getStyleClass().add("form-section");
    if (!path.isEmpty()) {
      Label title = new Label(words.section(path));
      title.getStyleClass().add("form-heading");
      box.getChildren().add(title);
    }
    return box;
  }

  private Row row(SettingField field) {
    String label = words.name(field);
    String meaning = words.explanation(field);
    Control control = control(field);
    control.setId("field-" + field.path().replace('.', '-'));
    Label caption = new Label(label);
    caption.getStyleClass().add("form-label");
    caption.setLabelFor(control);
    caption.setWrapText(true);
    control.setAccessibleText(label);
    control.setAccessibleHelp(meaning);
    Button reset =
        Controls.iconButton(
            "reset-" + field.path().replace('.', '-'),
            BootstrapIcons.ARROW_COUNTERCLOCKWISE,
            messages.text("new.reset", label));
    reset.setOnAction(event -> model.reset(field));
    HBox entry = new HBox(control, reset);
    HBox.setHgrow(control, Priority.ALWAYS);
    entry.getStyleClass().add("form-entry");
    entry.setAlignment(Pos.TOP_LEFT);
    if (field.path().equals(DATA)) {
      Button browse =
          Controls.iconButton(
              "choose-data", BootstrapIcons.FOLDER2_OPEN, messages.text("new.data.choose"));
      browse.setOnAction(
          event ->
              dialogs
                  .chooseFolder(getScene().getWindow(), "data")
                  .ifPresent(folder -> model.set(field, folder.toString())));
      entry.getChildren().add(1, browse);
    }
    Label explanation = new Label(meaning);
    explanation.getStyleClass().add("form-explanation");
    explanation.setWrapText(true);
    explanation.setMinHeight(Region.USE_PREF_SIZE);
    Label complaint = new Label();
    complaint.getStyleClass().add("form-range");
    complaint.setId("range-" + field.path().replace('.', '-'));
    complaint.setWrapText(true);
    complaint.setMinHeight(Region.USE_PREF_SIZE);
    VBox text = new VBox(explanation, complaint);
    HBox.setHgrow(text, Priority.ALWAYS);
    HBox node = new HBox(caption, entry, text);
    node.getStyleClass().add("form-row");
    node.setAlignment(Pos.TOP_LEFT);
    return new Row(field, control, complaint, reset, node);
  }

  private Control control(SettingField field) {
    if (field.alternatives().equals(FLAG)) {
      CheckBox box = new CheckBox();
      box.selectedProperty()
          .addListener((property, before, after) -> edited(field, String.valueOf(after)));
      return box;
    }
    if (!field.alternatives().isEmpty()) {
      ComboBox<String> combo = new ComboBox<>();
      combo.getItems().setAll(field.alternatives());
      combo.setMaxWidth(Double.MAX_VALUE);
      combo
          .valueProperty()
          .addListener(
              (property, before, after) -> edited(field, Objects.requireNonNullElse(after, "")));
      return combo;
    }
    TextField text = new TextField();
    text.textProperty().addListener((property, before, after) -> edited(field, after));
    if (field.path().equals(DATA)) {
      text.addEventHandler(DragEvent.DRAG_OVER, RunForm::welcome);
      text.addEventHandler(
          DragEvent.DRAG_DROPPED,
          event -> {
            if (event.getDragboard().hasFiles()) {
              model.set(field, event.getDragboard().getFiles().get(0).toString());
              event.setDropCompleted(true);
              event.consume();
            }
          });
    }
    return text;
  }

  private static void welcome(DragEvent event) {
    if (event.getDragboard().hasFiles()) {
      event.acceptTransferModes(TransferMode.COPY, TransferMode.LINK);
      event.consume();
    }
  }

  private void edited(SettingField field, String text) {
    if (!showing) {
      model.set(field, text);
    }
  }

  /** A preset with its description in the list, by its name alone on the button. */
  private final class PresetCell extends ListCell<Presets.Preset> {
    private final boolean detailed;

    PresetCell(boolean detailed) {
      this.detailed = detailed;
    }

    @Override
    protected void updateItem(Presets.@Nullable Preset item, boolean empty) {
      super.updateItem(item, empty);
      if (item == null || empty) {
        setText(null);
        setGraphic(null);
      } else if (detailed) {
        Label title = new Label(item.name());
        Label text = new Label(description(item));
        text.getStyleClass().addAll("hint");
        text.setWrapText(true);
        text.setPrefWidth(420);
        text.setMinHeight(Region.USE_PREF_SIZE);
        setGraphic(new VBox(title, text));
      } else {
        setText(item.name());
      }
    }
  }
}
