package cdrl.studio.models;

import cdrl.studio.resources.Messages;
import cdrl.studio.widgets.Controls;
import cdrl.studio.widgets.Question;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Queue;
import javafx.application.Platform;
import javafx.beans.binding.Bindings;
import javafx.beans.binding.StringBinding;
import javafx.beans.property.BooleanProperty;
import javafx.beans.property.SimpleBooleanProperty;
import javafx.scene.Node;
import javafx.scene.control.TextField;
import javafx.scene.layout.HBox;
import javafx.scene.layout.VBox;

/** Asks for what published checkpoints do not tell, one after the other. */
final class ImportQuestion {
  private static final int LEAST_RESOLUTION = 8;
  private static final int MOST_RESOLUTION = 256;
  private static final int MOST_LEVELS = 100;
  private static final int MOST_STEPS = 1000;

  private final Messages messages;
  private final ModelsViewModel model;
  private final Question question;
  private final Queue<Path> waiting = new ArrayDeque<>();

  /**
   * @param question lies over the workspace
   */
  ImportQuestion(Messages messages, ModelsViewModel model, Question question) {
    this.messages = messages;
    this.model = model;
    this.question = question;
    question
        .visibleProperty()
        .addListener((property, was, is) -> Platform.runLater(this::askNext)); // once it has closed
  }

  /** Asks for each of the checkpoints. */
  void ask(List<Path> checkpoints) {
    waiting.addAll(checkpoints);
    askNext();
  }

  private void askNext() {
    if (!waiting.isEmpty() && !question.isOpen()) {
      ask(waiting.remove());
    }
  }

  private void ask(Path file) {
    TextField name = new TextField(model.suggestion(file));
    name.setId("import-name");
    BooleanProperty averaged = new SimpleBooleanProperty(true);
    Node weights =
        Controls.eitherOr(
            "import-averaged",
            messages.text("import.last"),
            messages.text("import.averaged"),
            averaged);
    TextField resolution = number("import-resolution", 32);
    TextField levels = number("import-levels", 6);
    TextField steps = number("import-steps", 15);
    HBox numbers =
        new HBox(
            Controls.field(messages.text("import.resolution"), resolution, resolution),
            Controls.field(messages.text("import.levels"), levels, levels),
            Controls.field(messages.text("import.steps"), steps, steps));
    numbers.getStyleClass().add("import-numbers");
    VBox fields =
        new VBox(
            Controls.field(messages.text("import.name"), name, name),
            Controls.field(messages.text("import.weights"), weights, weights),
            numbers);
    fields.getStyleClass().add("import-fields");
    StringBinding obstacle =
        Bindings.createStringBinding(
            () ->
                Optional.of(model.obstacle(name.getText()))
                    .filter(sentence -> !sentence.isEmpty())
                    .or(
                        () ->
                            range(
                                resolution, "import.resolution", LEAST_RESOLUTION, MOST_RESOLUTION))
                    .or(() -> range(levels, "import.levels", 1, MOST_LEVELS))
                    .or(() -> range(steps, "import.steps", 1, MOST_STEPS))
                    .orElse(""),
            name.textProperty(),
            resolution.textProperty(),
            levels.textProperty(),
            steps.textProperty());
    question.askFor(
        messages.text("import.title", file.getFileName()),
        messages.text("import.explanation"),
        fields,
        name,
        messages.text("import.do"),
        obstacle,
        () ->
            model.importCheckpoint(
                new ModelsViewModel.Import(
                    file,
                    name.getText(),
                    averaged.get(),
                    whole(resolution).orElseThrow(),
                    whole(levels).orElseThrow(),
                    whole(steps).orElseThrow())));
  }

  private static TextField number(String id, int value) {
    TextField field = new TextField(Integer.toString(value));
    field.setId(id);
    field.setPrefColumnCount(6);
    return field;
  }

  private static OptionalInt whole(TextField field) {
    String text = field.getText().strip();
    return text.matches("\\d{1,6}") ? OptionalInt.of(Integer.parseInt(text)) : OptionalInt.empty();
  }

  private Optional<String> range(TextField field, String name, int least, int most) {
    OptionalInt value = whole(field);
    return value.isPresent() && value.getAsInt() >= least && value.getAsInt() <= most
        ? Optional.empty()
        : Optional.of(messages.text("import.range", messages.text(name), least, most));
  }
}
