package cdrl.studio.density;

import javafx.beans.binding.Bindings;
import javafx.beans.value.ObservableStringValue;
import javafx.geometry.Pos;
import javafx.scene.control.Label;
import javafx.scene.layout.StackPane;

/** The values under the pointer, or a hint of what the pointer can do. */
final class ReadoutLine extends StackPane {
  /**
   * @param id that of the label with the values
   */
  ReadoutLine(String id, ObservableStringValue values, String hint) {
    Label readout = new Label();
    readout.setId(id);
    readout.getStyleClass().add("readout");
    readout.textProperty().bind(values);
    Label help = new Label(hint);
    help.getStyleClass().addAll("readout", "muted");
    help.visibleProperty().bind(Bindings.isEmpty(values));
    getChildren().addAll(readout, help);
    setAlignment(Pos.CENTER_LEFT);
    getStyleClass().add("readout-line");
  }
}
