package cdrl.studio.widgets;

import cdrl.runtime.HostTensor;
import cdrl.studio.raster.Raster;
import java.util.ArrayList;
import java.util.List;
import java.util.function.IntFunction;
import javafx.beans.property.BooleanProperty;
import javafx.beans.property.IntegerProperty;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;
import javafx.beans.property.SimpleBooleanProperty;
import javafx.beans.property.SimpleIntegerProperty;
import javafx.geometry.Point2D;
import javafx.scene.AccessibleRole;
import javafx.scene.canvas.Canvas;
import javafx.scene.canvas.GraphicsContext;
import javafx.scene.control.Button;
import javafx.scene.control.ContextMenu;
import javafx.scene.input.ContextMenuEvent;
import javafx.scene.input.KeyCode;
import javafx.scene.input.KeyEvent;
import javafx.scene.input.MouseButton;
import javafx.scene.input.MouseEvent;
import javafx.scene.layout.Region;
import javafx.scene.paint.Color;
import javafx.scene.text.TextAlignment;
import org.jspecify.annotations.Nullable;
import org.kordamp.ikonli.bootstrapicons.BootstrapIcons;

/** Images side by side, one of them selected by mouse or arrow keys. */
public final class SampleGrid extends Region {
  private static final double GAP = 6;
  private static final double MARGIN = 4;
  private static final double LINE = 20;
  private static final double OPENER = 30;
  private static final double AXIS_WIDTH = 68;
  private static final double AXIS_HEIGHT = 46;

  /**
   * Where the pointer is over an image.
   *
   * @param index of the image
   * @param share of its width that is to the left of the pointer, 0 to 1
   */
  public record Pointed(int index, double share) {}

  private final IntFunction<String> names;
  private final IntegerProperty selected = new SimpleIntegerProperty(0);
  private final BooleanProperty smooth = new SimpleBooleanProperty();
  private final ReadOnlyObjectWrapper<@Nullable Pointed> pointed = new ReadOnlyObjectWrapper<>();
  private final Canvas canvas = new Canvas();
  private final AxisStyle style = new AxisStyle(this::requestLayout);
  private final Region selection = new Region();
  private final List<PixelImage> images = new ArrayList<>();
  private @Nullable GridLayout layout;
  private List<String> captions = List.of();
  private @Nullable PixelImage original;
  private Runnable open = () -> {};
  private @Nullable Button opener;
  private @Nullable ContextMenu menu;
  private @Nullable GridAxes axes;

  /**
   * @param names tells screen readers which image is selected
   */
  public SampleGrid(IntFunction<String> names) {
    this.names = names;
    getStyleClass().add("sample-grid");
    selection.getStyleClass().add("selection-ring");
    selection.setManaged(false);
    selection.setMouseTransparent(true);
    canvas.setManaged(false);
    getChildren().addAll(canvas, selection, style.probe());
    setFocusTraversable(true);
    setAccessibleRole(AccessibleRole.IMAGE_VIEW);
    selected.addListener((property, before, after) -> requestLayout());
    smooth.addListener((property, before, after) -> requestLayout());
    addEventHandler(MouseEvent.MOUSE_PRESSED, this::press);
    addEventHandler(MouseEvent.MOUSE_MOVED, event -> point(event.getX(), event.getY()));
    addEventHandler(MouseEvent.MOUSE_EXITED, event -> point(-1, -1));
    addEventHandler(KeyEvent.KEY_PRESSED, this::key);
    addEventHandler(ContextMenuEvent.CONTEXT_MENU_REQUESTED, this::askForMenu);
    pointed.addListener((property, before, after) -> requestLayout());
  }

  /** The image under the pointer, or null. */
  public ReadOnlyObjectProperty<@Nullable Pointed> pointedProperty() {
    return pointed.getReadOnlyProperty();
  }

  /** Does something with the selected image on a double click or the Enter key. */
  public void setOnOpen(Runnable action) {
    open = action;
  }

  /**
   * Shows a button on the image under the pointer that does what {@link #setOnOpen} says, so that
   * people find it.
   *
   * @param name what it does
   */
  public void offerOpening(String name) {
    Button button = Controls.iconButton(getId() + "-open", BootstrapIcons.ZOOM_IN, name);
    button.getStyleClass().add("cell-button");
    button.setFocusTraversable(false); // the Enter key does the same
    button.setManaged(false);
    button.setVisible(false);
    button.setOnAction(
        event -> {
          Pointed at = pointed.get();
          if (at != null) {
            selected.set(at.index());
            open.run();
          }
        });
    opener = button;
    getChildren().add(button);
  }

  /** Arranges the images by what stands at the sides; null for as many rows as fit best. */
  public void setAxes(@Nullable GridAxes sides) {
    axes = sides;
    requestLayout();
  }

  /** Opens a menu for the selected image on a right click or the menu key. */
  public void setMenu(ContextMenu choices) {
    menu = choices;
  }

  /** Writes a line under each image; none under those beyond the end of the list. */
  public void setCaptions(List<String> lines) {
    captions = List.copyOf(lines);
    requestLayout();
  }

  /**
   * Shows a picture in place of the left part of the image under the pointer, up to the pointer.
   */
  public void setOriginal(@Nullable Raster picture) {
    original = picture == null ? null : PixelImage.of(picture);
    requestLayout();
  }

  /** Which image is selected, from 0. */
  public IntegerProperty selectedProperty() {
    return selected;
  }

  /** Whether enlarged pixels are blurred into each other. */
  public BooleanProperty smoothProperty() {
    return smooth;
  }

  /**
   * Shows images.
   *
   * @param batch (count, channels, height, width) in [−1, 1], or null for none
   */
  public void setImages(@Nullable HostTensor batch) {
    int count = batch == null ? 0 : batch.count();
    while (images.size() > count) {
      images.remove(images.size() - 1);
    }
    for (int i = 0; i < count && batch != null; i++) {
      Raster raster = Raster.of(batch, i);
      if (i == images.size()) {
        images.add(PixelImage.of(raster));
      } else if (images.get(i).fits(raster)) {
        images.get(i).update(raster);
      } else {
        images.set(i, PixelImage.of(raster));
      }
    }
    requestLayout();
  }

  @Override
  protected void layoutChildren() {
    canvas.setWidth(getWidth());
    canvas.setHeight(getHeight());
    GraphicsContext graphics = canvas.getGraphicsContext2D();
    graphics.clearRect(0, 0, getWidth(), getHeight());
    int count = images.size();
    selection.setVisible(count > 0);
    if (count == 0 || getWidth() < 3 * MARGIN || getHeight() < 3 * MARGIN) {
      layout = null;
      if (opener != null) {
        opener.setVisible(false);
      }
      return;
    }
    double scale = getScene() == null ? 1 : getScene().getWindow().getOutputScaleX();
    var first = images.get(0).image();
    GridAxes sides = axes != null && axes.columns().size() <= count ? axes : null;
    double left = sides == null ? 0 : AXIS_WIDTH;
    double bottom = sides == null ? 0 : AXIS_HEIGHT;
    GridLayout fitted =
        GridLayout.fit(
                count,
                sides == null ? 0 : sides.columns().size(),
                (int) first.getWidth(),
                (int) first.getHeight(),
                getWidth() - 2 * MARGIN - left,
                getHeight() - 2 * MARGIN - bottom,
                GAP,
                captions.isEmpty() ? 0 : LINE,
                scale,
                !smooth.get())
            .movedRight(left);
    layout = fitted;
    graphics.setImageSmoothing(smooth.get());
    for (int i = 0; i < count; i++) {
      graphics.drawImage(
          images.get(i).image(),
          MARGIN + fitted.x(i),
          MARGIN + fitted.y(i),
          fitted.cellWidth(),
          fitted.cellHeight());
    }
    drawCaptions(graphics, fitted, count);
    if (sides != null) {
      drawAxes(graphics, fitted, sides);
    }
    drawOriginal(graphics, fitted);
    int chosen = Math.min(selected.get(), count - 1);
    selection.resizeRelocate(
        MARGIN + fitted.x(chosen) - 4,
        MARGIN + fitted.y(chosen) - 4,
        fitted.cellWidth() + 8,
        fitted.cellHeight() + 8);
    setAccessibleText(names.apply(chosen));
    layoutOpener(fitted);
  }

  private void layoutOpener(GridLayout fitted) {
    Button button = opener;
    if (button == null) {
      return;
    }
    Pointed at = pointed.get();
    double side = Math.min(OPENER, fitted.cellWidth());
    button.setVisible(at != null && at.index() < images.size());
    if (at != null) {
      button.resizeRelocate(
          MARGIN + fitted.x(at.index()) + fitted.cellWidth() - side - 3,
          MARGIN + fitted.y(at.index()) + 3,
          side,
          side);
    }
  }

  private void drawCaptions(GraphicsContext graphics, GridLayout fitted, int count) {
    graphics.setFill(style.text());
    graphics.setFont(style.font());
    graphics.setTextAlign(TextAlignment.CENTER);
    for (int i = 0; i < Math.min(count, captions.size()); i++) {
      graphics.fillText(
          captions.get(i),
          MARGIN + fitted.x(i) + fitted.cellWidth() / 2,
          MARGIN + fitted.y(i) + fitted.cellHeight() + LINE - 4,
          fitted.cellWidth() + GAP);
    }
  }

  private void drawAxes(GraphicsContext graphics, GridLayout fitted, GridAxes sides) {
    graphics.setFill(style.text());
    graphics.setFont(style.font());
    graphics.setTextAlign(TextAlignment.CENTER);
    double left = MARGIN + fitted.x(0);
    double top = MARGIN + fitted.y(0);
    int last = sides.columns().size() * sides.rows().size() - 1;
    double right = MARGIN + fitted.x(last) + fitted.cellWidth();
    double bottom = MARGIN + fitted.y(last) + fitted.cellHeight();
    for (int i = 0; i < sides.columns().size(); i++) {
      double middle = MARGIN + fitted.x(i) + fitted.cellWidth() / 2;
      graphics.fillText(sides.columns().get(i), middle, bottom + 18, fitted.cellWidth());
    }
    graphics.fillText(sides.across() + " \u2192", (left + right) / 2, bottom + 38, right - left);
    for (int i = 0; i < sides.rows().size(); i++) {
      double y = MARGIN + fitted.y(i * sides.columns().size()) + fitted.cellHeight() / 2 + 4;
      graphics.setTextAlign(TextAlignment.RIGHT);
      graphics.fillText(sides.rows().get(i), left - 10, y, AXIS_WIDTH / 2);
    }
    graphics.setTextAlign(TextAlignment.CENTER);
    graphics.save();
    graphics.translate(left - AXIS_WIDTH + 22, (top + bottom) / 2);
    graphics.rotate(-90);
    graphics.fillText(sides.up() + " \u2192", 0, 0, bottom - top);
    graphics.restore();
  }

  private void drawOriginal(GraphicsContext graphics, GridLayout fitted) {
    Pointed at = pointed.get();
    if (original == null || at == null || at.index() >= images.size()) {
      return;
    }
    double left = MARGIN + fitted.x(at.index());
    double top = MARGIN + fitted.y(at.index());
    double split = Math.round(at.share() * fitted.cellWidth());
    graphics.save();
    graphics.beginPath();
    graphics.rect(left, top, split, fitted.cellHeight());
    graphics.clip();
    graphics.drawImage(original.image(), left, top, fitted.cellWidth(), fitted.cellHeight());
    graphics.restore();
    graphics.setFill(Color.WHITE);
    graphics.fillRect(left + split - 1, top, 1, fitted.cellHeight());
    graphics.setFill(Color.BLACK);
    graphics.fillRect(left + split, top, 1, fitted.cellHeight());
  }

  private void point(double x, double y) {
    GridLayout now = layout;
    int index = now == null || x < 0 ? -1 : now.at(x - MARGIN, y - MARGIN, images.size());
    double share = now == null || index < 0 ? 2 : (x - MARGIN - now.x(index)) / now.cellWidth();
    pointed.set(share > 1 || share < 0 ? null : new Pointed(index, share));
  }

  private void askForMenu(ContextMenuEvent event) {
    GridLayout now = layout;
    if (menu == null || now == null) {
      return;
    }
    if (event.isKeyboardTrigger()) {
      int chosen = Math.min(selected.get(), images.size() - 1);
      Point2D place =
          localToScreen(
              MARGIN + now.x(chosen) + now.cellWidth() / 2,
              MARGIN + now.y(chosen) + now.cellHeight() / 2);
      menu.show(this, place.getX(), place.getY());
    } else {
      menu.show(this, event.getScreenX(), event.getScreenY());
    }
    event.consume();
  }

  private void press(MouseEvent event) {
    requestFocus();
    if (menu != null) {
      menu.hide();
    }
    if (layout != null) {
      int index = layout.at(event.getX() - MARGIN, event.getY() - MARGIN, images.size());
      if (index >= 0) {
        selected.set(index);
        if (event.getClickCount() == 2 && event.getButton() == MouseButton.PRIMARY) {
          open.run();
        }
      }
    }
    event.consume();
  }

  private void key(KeyEvent event) {
    if (layout == null || event.isShortcutDown() || event.isAltDown()) {
      return;
    }
    if (event.getCode() == KeyCode.ENTER) {
      open.run();
      event.consume();
      return;
    }
    int now = Math.min(selected.get(), images.size() - 1);
    int next =
        switch (event.getCode()) {
          case LEFT -> now - 1;
          case RIGHT -> now + 1;
          case UP -> now - layout.columns();
          case DOWN -> now + layout.columns();
          case HOME -> 0;
          case END -> images.size() - 1;
          default -> Integer.MIN_VALUE;
        };
    if (next == Integer.MIN_VALUE) {
      return;
    }
    if (next >= 0 && next < images.size()) {
      selected.set(next);
    }
    event.consume(); // at the edge the focus stays, too
  }

  @Override
  protected double computePrefWidth(double height) {
    return 480;
  }

  @Override
  protected double computePrefHeight(double width) {
    return 360;
  }

  @Override
  protected double computeMinWidth(double height) {
    return 120;
  }

  @Override
  protected double computeMinHeight(double width) {
    return 120;
  }
}
