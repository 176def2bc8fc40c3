package cdrl.studio.workspace;

import cdrl.studio.resources.Messages;
import cdrl.studio.widgets.Controls;
import cdrl.studio.widgets.Question;
import cdrl.studio.widgets.SegmentedChoice;
import java.util.List;
import java.util.OptionalDouble;
import java.util.function.Consumer;
import javafx.beans.binding.Bindings;
import javafx.beans.binding.StringBinding;
import javafx.beans.property.SimpleBooleanProperty;
import javafx.beans.property.SimpleObjectProperty;
import javafx.scene.Node;
import javafx.scene.control.ComboBox;
import javafx.scene.control.TextField;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.VBox;
import org.jspecify.annotations.Nullable;

/** Asks for a slider's way that is to become an animation. */
public final class SweepQuestion {
  private static final int MOST_PICTURES = 100;

  private final Messages messages;
  private final Question question;
  private final List<SweepExport.Slider> sliders;
  private final SimpleObjectProperty<SweepExport.@Nullable Slider> slider =
      new SimpleObjectProperty<>();
  private final TextField from = field("sweep-from");
  private final TextField to = field("sweep-to");
  private final TextField pictures = field("sweep-pictures");
  private final SimpleBooleanProperty all = new SimpleBooleanProperty(true);

  /**
   * @param question lies over the workspace
   * @param sliders at least one
   */
  public SweepQuestion(Messages messages, Question question, List<SweepExport.Slider> sliders) {
    this.messages = messages;
    this.question = question;
    this.sliders = List.copyOf(sliders);
    slider.addListener((property, before, after) -> suggest());
    slider.set(sliders.get(0));
    pictures.setText("13");
  }

  private static TextField field(String id) {
    TextField field = new TextField();
    field.setId(id);
    field.setPrefColumnCount(6);
    HBox.setHgrow(field, Priority.ALWAYS);
    return field;
  }

  private void suggest() {
    SweepExport.Slider chosen = slider.get();
    if (chosen != null) {
      from.setText(messages.number(chosen.least(), 0).replace('−', '-'));
      to.setText(messages.number(chosen.most(), 0));
    }
  }

  /**
   * Asks.
   *
   * @param work is given the answer
   */
  public void ask(Consumer<SweepExport.Wish> work) {
    SegmentedChoice<Boolean> images =
        Controls.eitherOr(
            "sweep-images", messages.text("sweep.one"), messages.text("sweep.all"), all);
    VBox fields = new VBox();
    fields.getStyleClass().add("import-fields");
    if (sliders.size() > 1) {
      fields.getChildren().add(sliderField());
    }
    HBox numbers =
        new HBox(
            grown(Controls.field(messages.text("sweep.from"), from, from)),
            grown(Controls.field(messages.text("sweep.to"), to, to)),
            grown(Controls.field(messages.text("sweep.pictures"), pictures, pictures)));
    numbers.getStyleClass().add("import-numbers");
    fields
        .getChildren()
        .addAll(numbers, Controls.field(messages.text("sweep.images"), images, images));
    StringBinding obstacle =
        Bindings.createStringBinding(
            this::obstacle,
            from.textProperty(),
            to.textProperty(),
            pictures.textProperty(),
            slider);
    question.askFor(
        messages.text("sweep.question"),
        messages.text("sweep.explanation"),
        fields,
        from,
        messages.text("sweep.go"),
        obstacle,
        () -> {
          SweepExport.Slider chosen = slider.get();
          OptionalDouble first = number(from);
          OptionalDouble last = number(to);
          if (chosen != null && first.isPresent() && last.isPresent()) {
            SweepExport.Way way =
                new SweepExport.Way(
                    first.getAsDouble(), last.getAsDouble(), (int) number(pictures).orElse(2));
            work.accept(new SweepExport.Wish(sliders.indexOf(chosen), way, all.get()));
          }
        });
  }

  private Node sliderField() {
    ComboBox<SweepExport.Slider> combo = new ComboBox<>();
    combo.setId("sweep-slider");
    combo.getItems().setAll(sliders);
    combo.setConverter(Controls.names(SweepExport.Slider::name));
    combo.setMaxWidth(Double.MAX_VALUE);
    combo.valueProperty().bindBidirectional(slider);
    return Controls.field(messages.text("sweep.slider"), combo, combo);
  }

  private static Node grown(VBox field) {
    HBox.setHgrow(field, Priority.ALWAYS);
    return field;
  }

  private String obstacle() {
    SweepExport.Slider chosen = slider.get();
    if (chosen == null || !isWithin(from, chosen) || !isWithin(to, chosen)) {
      return chosen == null
          ? ""
          : messages.text(
              "sweep.range", messages.number(chosen.least(), 0), messages.number(chosen.most(), 0));
    }
    double count = number(pictures).orElse(-1);
    return count < 2 || count > MOST_PICTURES || count != Math.rint(count)
        ? messages.text("sweep.range.pictures", MOST_PICTURES)
        : "";
  }

  private static boolean isWithin(TextField field, SweepExport.Slider range) {
    double value = number(field).orElse(Double.NaN);
    return value >= range.least() && value <= range.most();
  }

  /** A number, whichever sign of minus and of decimals it is written with. */
  private static OptionalDouble number(TextField field) {
    try {
      String text = field.getText().strip().replace('−', '-').replace(',', '.');
      double value = Double.parseDouble(text);
      return Double.isFinite(value) ? OptionalDouble.of(value) : OptionalDouble.empty();
    } catch (NumberFormatException e) {
      return OptionalDouble.empty();
    }
  }
}
