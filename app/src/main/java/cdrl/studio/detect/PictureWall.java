package cdrl.studio.detect;

import cdrl.studio.detect.Analysis.Place;
import cdrl.studio.raster.Raster;
import cdrl.studio.resources.Messages;
import cdrl.studio.widgets.AxisStyle;
import cdrl.studio.widgets.Rasters;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import javafx.geometry.Orientation;
import javafx.geometry.VPos;
import javafx.scene.AccessibleRole;
import javafx.scene.canvas.Canvas;
import javafx.scene.canvas.GraphicsContext;
import javafx.scene.control.ScrollBar;
import javafx.scene.image.Image;
import javafx.scene.input.KeyEvent;
import javafx.scene.input.MouseEvent;
import javafx.scene.input.ScrollEvent;
import javafx.scene.layout.Region;
import javafx.scene.text.TextAlignment;
import org.jspecify.annotations.Nullable;

/**
 * Any number of pictures in rows, of which only those in sight are drawn. Under each stand its
 * score and its set. Arrow keys, Page up and down, Home and End select.
 */
final class PictureWall extends Region {
  /** Where the pictures come from. */
  interface Source {
    /** The pixels; null when the picture is gone. */
    @Nullable Raster raster(Place place);

    /** The name of its set. */
    String set(Place place);

    /** The number of its set's colour. */
    int ink(Place place);

    /** What people call it. */
    String name(Place place);
  }

  private static final double SIDE = 64;
  private static final double MOST_SIDE = 96;
  private static final double LINE = 15;
  private static final double GAP = 10;
  private static final double MARGIN = 6;
  private static final double BAR = 12;
  private static final double MARK = 4;

  /** A thumb can be taken hold of however many pictures there are. */
  private static final double LEAST_THUMB = 0.08;

  private static final int MOST_IMAGES = 600;

  private final Messages messages;
  private final Source source;
  private final Consumer<Place> chosen;
  private final AxisStyle style = new AxisStyle(this::requestLayout);
  private final Canvas canvas = new Canvas();
  private final ScrollBar bar = new ScrollBar();
  private final Region ring = new Region();
  private final Map<Long, Image> images =
      new LinkedHashMap<>(64, 0.75f, true) {
        @Override
        protected boolean removeEldestEntry(Map.Entry<Long, Image> eldest) {
          return size() > MOST_IMAGES;
        }
      };
  private List<Place> places = List.of();
  private int selected = -1;
  private double side = SIDE;

  /**
   * @param chosen is given the picture that a person selects
   */
  PictureWall(Messages messages, Source source, Consumer<Place> chosen) {
    this.messages = messages;
    this.source = source;
    this.chosen = chosen;
    setId("wall");
    getStyleClass().add("picture-wall");
    setFocusTraversable(true);
    setAccessibleRole(AccessibleRole.LIST_VIEW);
    setAccessibleText(messages.text("detect.wall"));
    canvas.setManaged(false);
    canvas.setMouseTransparent(true);
    bar.setManaged(false);
    bar.setOrientation(Orientation.VERTICAL);
    bar.setId("wall-bar");
    bar.setAccessibleText(messages.text("detect.wall.bar"));
    bar.setFocusTraversable(false);
    ring.getStyleClass().add("selection-ring");
    ring.setManaged(false);
    ring.setMouseTransparent(true);
    getChildren().addAll(canvas, ring, bar, style.probe());
    bar.valueProperty().addListener((property, before, after) -> requestLayout());
    addEventHandler(MouseEvent.MOUSE_PRESSED, this::press);
    addEventHandler(ScrollEvent.SCROLL, this::scroll);
    addEventHandler(KeyEvent.KEY_PRESSED, this::key);
  }

  /** Shows pictures in their order. */
  void show(List<Place> shown) {
    places = shown;
    selected = -1;
    Raster first = shown.isEmpty() ? null : source.raster(shown.get(0));
    if (first != null) {
      // Whole screen pixels for every pixel of a small picture.
      int times = (int) Math.max(1, Math.round(SIDE / first.width()));
      side = Math.min(MOST_SIDE, (double) times * first.width());
    }
    requestLayout();
  }

  /** Forgets what pictures look like: they may be other ones now. */
  void forget() {
    images.clear();
    requestLayout();
  }

  /** Marks a picture, and brings it into sight when a person did not just click on it. */
  void select(@Nullable Place place, boolean reveal) {
    selected = place == null ? -1 : places.indexOf(place);
    if (selected >= 0 && reveal) {
      reveal(selected);
    }
    setAccessibleText(
        place == null
            ? messages.text("detect.wall")
            : messages.text(
                "detect.wall.selected",
                source.name(place),
                source.set(place),
                messages.figures(place.score())));
    requestLayout();
  }

  /** Goes to the first or the last picture. */
  void goToEnd(boolean last) {
    bar.setValue(last ? bar.getMax() : 0);
  }

  private int columns() {
    return (int) Math.max(1, Math.floor((getWidth() - BAR - 2 * MARGIN + GAP) / (side + GAP)));
  }

  private double rowHeight() {
    return side + MARK + 2 * LINE + GAP;
  }

  private int rows() {
    return (places.size() + columns() - 1) / columns();
  }

  @Override
  protected void layoutChildren() {
    double width = getWidth() - BAR;
    canvas.setWidth(Math.max(0, width));
    canvas.setHeight(getHeight());
    bar.resizeRelocate(width, 0, BAR, getHeight());
    double hidden = Math.max(0, rows() * rowHeight() + 2 * MARGIN - getHeight());
    bar.setVisible(hidden > 0);
    bar.setMax(hidden);
    bar.setValue(Math.min(bar.getValue(), hidden));
    double share = getHeight() / (rows() * rowHeight() + 2 * MARGIN);
    bar.setVisibleAmount(hidden * Math.max(LEAST_THUMB, share));
    bar.setUnitIncrement(rowHeight());
    bar.setBlockIncrement(Math.max(rowHeight(), getHeight() - rowHeight()));
    draw();
  }

  private void draw() {
    GraphicsContext graphics = canvas.getGraphicsContext2D();
    graphics.clearRect(0, 0, canvas.getWidth(), canvas.getHeight());
    graphics.setFont(style.font());
    graphics.setTextBaseline(VPos.TOP);
    graphics.setTextAlign(TextAlignment.LEFT);
    graphics.setImageSmoothing(false);
    ring.setVisible(false);
    int columns = columns();
    int first = (int) Math.max(0, Math.floor((bar.getValue() - MARGIN) / rowHeight())) * columns;
    for (int i = first; i < places.size(); i++) {
      double top = y(i / columns);
      if (top > getHeight()) {
        break;
      }
      drawCell(graphics, places.get(i), x(i % columns), top);
      if (i == selected) {
        ring.setVisible(true);
        ring.resizeRelocate(x(i % columns) - 4, top - 4, side + 8, side + MARK + 2 * LINE + 6);
      }
    }
  }

  private double x(int column) {
    return MARGIN + column * (side + GAP);
  }

  private double y(int row) {
    return Math.round(MARGIN + row * rowHeight() - bar.getValue());
  }

  private void drawCell(GraphicsContext graphics, Place place, double left, double top) {
    Image image = image(place);
    if (image != null) {
      graphics.drawImage(image, left, top, side, side);
    }
    graphics.setFill(Inks.of(source.ink(place), style));
    graphics.fillRect(left, top + side, side, MARK - 1);
    graphics.setFill(style.text());
    graphics.fillText(messages.figures(place.score()), left, top + side + MARK + 1, side);
    graphics.fillText(
        shortened(source.set(place)), left, top + side + MARK + 1 + LINE, side + GAP - 3);
  }

  /** As much of a name as fits under a picture. */
  private static String shortened(String name) {
    int most = 10;
    return name.length() <= most ? name : name.substring(0, most - 1).strip() + "…";
  }

  private @Nullable Image image(Place place) {
    long key = (long) place.key() << 32 | place.index();
    Image known = images.get(key);
    if (known == null) {
      Raster raster = source.raster(place);
      if (raster == null) {
        return null;
      }
      known = Rasters.image(raster);
      images.put(key, known);
    }
    return known;
  }

  private void reveal(int index) {
    double top = MARGIN + index / columns() * rowHeight();
    double bottom = top + rowHeight() + MARGIN;
    if (top - MARGIN < bar.getValue()) {
      bar.setValue(top - MARGIN);
    } else if (bottom > bar.getValue() + getHeight()) {
      bar.setMax(Math.max(bar.getMax(), bottom - getHeight()));
      bar.setValue(bottom - getHeight());
    }
  }

  private void press(MouseEvent event) {
    requestFocus();
    int column = (int) Math.floor((event.getX() - MARGIN) / (side + GAP));
    int row = (int) Math.floor((event.getY() + bar.getValue() - MARGIN) / rowHeight());
    int index = row * columns() + column;
    if (column >= 0 && column < columns() && index >= 0 && index < places.size()) {
      choose(index);
    }
    event.consume();
  }

  private void choose(int index) {
    selected = index;
    chosen.accept(places.get(index));
    reveal(index);
    requestLayout();
  }

  private void scroll(ScrollEvent event) {
    if (event.getDeltaY() != 0 && bar.isVisible()) {
      bar.setValue(Math.max(0, Math.min(bar.getMax(), bar.getValue() - event.getDeltaY())));
      event.consume();
    }
  }

  private void key(KeyEvent event) {
    if (places.isEmpty() || event.isShortcutDown() || event.isAltDown()) {
      return;
    }
    int now = Math.max(0, selected);
    int page = columns() * (int) Math.max(1, Math.floor(getHeight() / rowHeight()));
    int next =
        switch (event.getCode()) {
          case LEFT -> now - 1;
          case RIGHT -> selected < 0 ? 0 : now + 1;
          case UP -> now - columns();
          case DOWN -> selected < 0 ? 0 : now + columns();
          case PAGE_UP -> Math.max(0, now - page);
          case PAGE_DOWN -> Math.min(places.size() - 1, now + page);
          case HOME -> 0;
          case END -> places.size() - 1;
          default -> Integer.MIN_VALUE;
        };
    if (next == Integer.MIN_VALUE) {
      return;
    }
    if (next >= 0 && next < places.size()) {
      choose(next);
    }
    event.consume(); // at the edge the focus stays, too
  }

  @Override
  protected double computePrefWidth(double height) {
    return 480;
  }

  @Override
  protected double computePrefHeight(double width) {
    return 300;
  }

  @Override
  protected double computeMinWidth(double height) {
    return 160;
  }

  @Override
  protected double computeMinHeight(double width) {
    return 120;
  }
}
