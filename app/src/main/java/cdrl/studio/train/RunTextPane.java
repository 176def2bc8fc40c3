package cdrl.studio.train;

import cdrl.studio.resources.Messages;
import cdrl.studio.widgets.Controls;
import javafx.beans.property.BooleanProperty;
import javafx.beans.property.SimpleBooleanProperty;
import javafx.scene.Node;
import javafx.scene.control.TextArea;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.VBox;

/** The log of a run, or its settings. */
final class RunTextPane extends VBox {
  RunTextPane(Messages messages, TrainViewModel model) {
    TextArea text = new TextArea();
    text.setId("run-log");
    text.setEditable(false);
    text.getStyleClass().add("code");
    text.setAccessibleText(messages.text("train.log"));
    setVgrow(text, Priority.ALWAYS);
    BooleanProperty settings = new SimpleBooleanProperty();
    Node choice =
        Controls.eitherOr(
            "log-or-settings",
            messages.text("train.log"),
            messages.text("train.settings"),
            settings);
    Runnable fill =
        () -> {
          String wanted = settings.get() ? model.configProperty().get() : model.logProperty().get();
          if (!wanted.equals(text.getText())) {
            text.setText(wanted);
            text.setScrollTop(settings.get() ? 0 : Double.MAX_VALUE);
          }
        };
    settings.addListener((property, was, is) -> fill.run());
    model.logProperty().addListener((property, was, is) -> fill.run());
    model.configProperty().addListener((property, was, is) -> fill.run());
    fill.run();
    getStyleClass().add("log-box");
    getChildren().addAll(new HBox(choice), text);
  }
}
