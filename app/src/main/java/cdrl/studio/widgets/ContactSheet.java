package cdrl.studio.widgets;

import java.net.URL;
import javafx.scene.AccessibleRole;
import javafx.scene.control.Label;
import javafx.scene.image.Image;
import javafx.scene.image.ImageView;
import javafx.scene.layout.Region;
import org.jspecify.annotations.Nullable;

/** The picture that came with a model, as large as fits, with a line beneath. */
public final class ContactSheet extends Region {
  private static final double LINE = 36;
  private static final double MOST_ENLARGED = 4;

  private final ImageView view = new ImageView();
  private final Label line;
  private @Nullable URL shown;

  /**
   * @param words the line beneath
   */
  public ContactSheet(String words) {
    setId("contact-sheet");
    getStyleClass().add("contact-sheet");
    setMouseTransparent(true);
    setAccessibleRole(AccessibleRole.IMAGE_VIEW);
    setAccessibleText(words);
    line = new Label(words);
    line.getStyleClass().add("muted");
    view.setPreserveRatio(true);
    view.setManaged(false);
    line.setManaged(false);
    getChildren().addAll(view, line);
    Controls.show(this, false);
  }

  /** Shows a picture, loaded in the background, or nothing. */
  public void show(@Nullable URL picture) {
    Controls.show(this, picture != null);
    if (picture == null || (shown != null && shown.toString().equals(picture.toString()))) {
      return;
    }
    shown = picture;
    Image image = new Image(picture.toExternalForm(), true);
    image.progressProperty().addListener((property, before, after) -> requestLayout());
    view.setImage(image);
    requestLayout();
  }

  @Override
  protected void layoutChildren() {
    Image image = view.getImage();
    if (image == null || image.getWidth() <= 0) {
      return;
    }
    double scale =
        Math.min(
            MOST_ENLARGED,
            Math.min(getWidth() / image.getWidth(), (getHeight() - LINE) / image.getHeight()));
    double width = Math.max(1, Math.floor(scale * image.getWidth()));
    double height = Math.max(1, Math.floor(scale * image.getHeight()));
    double top = Math.max(0, Math.floor((getHeight() - height - LINE) / 2));
    view.setFitWidth(width);
    view.setFitHeight(height);
    view.relocate(Math.floor((getWidth() - width) / 2), top);
    double lineWidth = Math.min(getWidth(), line.prefWidth(-1));
    line.resizeRelocate(
        Math.floor((getWidth() - lineWidth) / 2), top + height + 10, lineWidth, LINE - 10);
  }

  @Override
  protected double computeMinWidth(double height) {
    return 80;
  }

  @Override
  protected double computeMinHeight(double width) {
    return 80;
  }
}
