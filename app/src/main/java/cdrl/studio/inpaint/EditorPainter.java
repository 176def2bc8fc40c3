package cdrl.studio.inpaint;

import cdrl.studio.raster.Raster;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Paints what the editor shows, pixel by pixel, so that a stroke only costs the pixels it touches.
 * Pixels of the model that will be filled are hatched and outlined; paint that does not suffice to
 * fill a pixel is a faint tint.
 */
final class EditorPainter {
  /** From this many screen pixels per pixel of the model on, the grid between them is drawn. */
  private static final double GRID_FROM = 24;

  private static final double GRID_FULL = 64;
  private static final int TINT = 0x2f81f7;
  private static final int OUTLINE = 0xff0b5cd5;
  private static final int OUTLINE_LIGHT = 0xffffffff;
  private static final int STRIPE = 6;
  private static final int NO_ROW = -1;
  private static final int HATCH_DARK = 140;
  private static final int HATCH_LIGHT = 95;

  /**
   * What is seen.
   *
   * @param picture the picture
   * @param original the picture to compare with, left of the split, or null
   * @param split where the original ends, 0 to 1
   * @param mask the mask over the picture, null when it is hidden
   * @param smooth whether enlarged pixels are blurred into each other
   */
  record Scene(
      Raster picture,
      @Nullable Raster original,
      double split,
      @Nullable PaintedMask mask,
      boolean smooth) {}

  private EditorPainter() {}

  /**
   * Paints an area.
   *
   * @param target premultiplied ARGB pixels of the screen, in rows
   * @param width of the screen
   * @param area the pixels to paint, inside the screen
   * @param viewport in pixels of the screen
   */
  static void paint(int[] target, int width, Area area, EditorViewport viewport, Scene scene) {
    Columns columns = new Columns(area, viewport, scene);
    for (int y = area.top(); y < area.bottom(); y++) {
      int above = y == area.top() ? NO_ROW : (y - 1) * width + area.left();
      paintRow(target, y * width + area.left(), above, new Row(y, viewport), columns, scene);
    }
  }

  /** What is the same for all rows; one column more at either side, to see where cells end. */
  @SuppressWarnings("ArrayRecordComponent") // local to one call
  private static final class Columns {
    private final int left;
    private final int count;
    private final int[] cell;
    private final double[] place;

    /** For each entry the first one behind its cell. */
    private final int[] end;

    private final int splitAt;
    private final int grid;

    Columns(Area area, EditorViewport viewport, Scene scene) {
      left = area.left();
      count = area.width();
      cell = new int[count + 2];
      place = new double[count + 2];
      for (int i = 0; i < cell.length; i++) {
        place[i] = (left + i - 1 + 0.5 - viewport.left()) / viewport.scale();
        cell[i] = (int) Math.floor(place[i]);
      }
      end = new int[count + 2];
      for (int i = count; i > 0; i--) {
        end[i] = i < count && cell[i + 1] == cell[i] ? end[i + 1] : i + 1;
      }
      splitAt =
          scene.original() == null
              ? Integer.MIN_VALUE
              : (int)
                  Math.round(
                      viewport.left() + scene.split() * scene.picture().width() * viewport.scale());
      grid = gridOpacity(viewport.scale());
    }

    /** The screen's column. */
    int x(int i) {
      return left + i - 1;
    }
  }

  /**
   * A row of the screen: where it lies in the picture, in which cells it and its neighbours are.
   */
  private record Row(int y, double place, int cell, int twoAbove, int above, int below) {
    Row(int y, EditorViewport viewport) {
      this(
          y,
          place(y, viewport),
          cell(y, viewport),
          cell(y - 2, viewport),
          cell(y - 1, viewport),
          cell(y + 1, viewport));
    }

    private static double place(int y, EditorViewport viewport) {
      return (y + 0.5 - viewport.top()) / viewport.scale();
    }

    private static int cell(int y, EditorViewport viewport) {
      return (int) Math.floor(place(y, viewport));
    }

    /** Whether it is neither the first nor the last row of its cells. */
    boolean isInside() {
      return above == cell && below == cell;
    }

    /** Whether the row above it looks the same where nothing is painted. */
    boolean isRepeated() {
      return above == cell && twoAbove == cell;
    }
  }

  private static void paintRow(
      int[] target, int start, int above, Row row, Columns columns, Scene scene) {
    int size = scene.picture().width();
    PaintedMask mask = scene.mask();
    for (int i = 1; i <= columns.count; ) {
      int end = columns.end[i];
      int cell = columns.cell[i];
      if (row.cell < 0 || row.cell >= size || cell < 0 || cell >= size) {
        Arrays.fill(target, start + i - 1, start + end - 1, 0);
      } else if (scene.smooth()) {
        paintEach(target, start, i, end, row, columns, scene);
      } else if (above != NO_ROW
          && row.isRepeated()
          && (mask == null || !mask.isPainted(cell, row.cell))) {
        System.arraycopy(target, above + i - 1, target, start + i - 1, end - i);
      } else if (mask != null
          && mask.isFilled(cell, row.cell)
          && row.isInside()
          && scene.original() == null) {
        // Nearly all of a large stroke: one colour, hatched, between the edges of the cell.
        target[start + i - 1] = color(i, row, columns, scene);
        hatch(target, start, i + 1, end - 1, row, columns, scene);
        target[start + end - 2] = color(end - 1, row, columns, scene);
      } else {
        paintEach(target, start, i, end, row, columns, scene);
      }
      i = end;
    }
  }

  private static void paintEach(
      int[] target, int start, int from, int to, Row row, Columns columns, Scene scene) {
    for (int i = from; i < to; i++) {
      target[start + i - 1] = color(i, row, columns, scene);
    }
  }

  private static void hatch(
      int[] target, int start, int from, int to, Row row, Columns columns, Scene scene) {
    int plain = scene.picture().argb()[row.cell * scene.picture().width() + columns.cell[from - 1]];
    int dark = mix(plain, TINT, HATCH_DARK);
    int light = mix(plain, TINT, HATCH_LIGHT);
    for (int i = from; i < to; i++) {
      target[start + i - 1] = isDark(columns.x(i), row.y) ? dark : light;
    }
  }

  /** The colour of a pixel of the screen that lies inside the picture. */
  private static int color(int i, Row row, Columns columns, Scene scene) {
    int x = columns.x(i);
    int cell = columns.cell[i];
    if (scene.original() != null && (x == columns.splitAt || x == columns.splitAt - 1)) {
      return x == columns.splitAt ? 0xff000000 : 0xffffffff;
    }
    Raster shown =
        scene.original() != null && x < columns.splitAt ? scene.original() : scene.picture();
    int color =
        scene.smooth()
            ? smooth(shown, columns.place[i], row.place)
            : shown.argb()[row.cell * shown.width() + cell];
    if (columns.grid > 0 && (columns.cell[i - 1] != cell || row.above != row.cell)) {
      color = mix(color, luminance(color) > 110 ? 0 : 0xffffff, columns.grid);
    }
    return scene.mask() == null ? color : masked(color, scene.mask(), i, row, columns);
  }

  private static int masked(int color, PaintedMask mask, int i, Row row, Columns columns) {
    int cell = columns.cell[i];
    boolean dark = isDark(columns.x(i), row.y);
    if (mask.isFilled(cell, row.cell)) {
      if (isOther(mask, columns.cell[i - 1], row.cell)
          || isOther(mask, columns.cell[i + 1], row.cell)
          || isOther(mask, cell, row.above)
          || isOther(mask, cell, row.below)) {
        return dark ? OUTLINE : OUTLINE_LIGHT;
      }
      return mix(color, TINT, dark ? HATCH_DARK : HATCH_LIGHT);
    }
    int side = mask.resolution() * mask.detail();
    int px = Math.min(side - 1, Math.max(0, (int) (columns.place[i] * mask.detail())));
    int py = Math.min(side - 1, Math.max(0, (int) (row.place * mask.detail())));
    int paint = mask.coverage(px, py);
    return paint == 0 ? color : mix(color, TINT, paint * 70 / 255);
  }

  private static boolean isDark(int x, int y) {
    return (x + y) / STRIPE % 2 == 0;
  }

  private static boolean isOther(PaintedMask mask, int column, int row) {
    int size = mask.resolution();
    return column < 0 || row < 0 || column >= size || row >= size || !mask.isFilled(column, row);
  }

  private static int gridOpacity(double scale) {
    double share = Math.min(1, (scale - GRID_FROM) / (GRID_FULL - GRID_FROM));
    return share <= 0 ? 0 : (int) (18 + 40 * share);
  }

  private static int luminance(int color) {
    return ((color >> 16 & 255) * 3 + (color >> 8 & 255) * 6 + (color & 255)) / 10;
  }

  /**
   * @param opacity of the second colour, 0 to 255
   */
  private static int mix(int under, int over, int opacity) {
    int keep = 255 - opacity;
    int red = ((under >> 16 & 255) * keep + (over >> 16 & 255) * opacity) / 255;
    int green = ((under >> 8 & 255) * keep + (over >> 8 & 255) * opacity) / 255;
    int blue = ((under & 255) * keep + (over & 255) * opacity) / 255;
    return 0xff000000 | red << 16 | green << 8 | blue;
  }

  /** The colour between the four nearest pixels. */
  private static int smooth(Raster picture, double u, double v) {
    int size = picture.width();
    double x = Math.max(0, Math.min(size - 1.0, u - 0.5));
    double y = Math.max(0, Math.min(size - 1.0, v - 0.5));
    int left = Math.min(size - 2, (int) x);
    int top = Math.min(size - 2, (int) y);
    if (left < 0) {
      return picture.argb()[0];
    }
    int across = (int) ((x - left) * 255);
    int down = (int) ((y - top) * 255);
    int at = top * size + left;
    int[] argb = picture.argb();
    return mix(
        mix(argb[at], argb[at + 1], across),
        mix(argb[at + size], argb[at + size + 1], across),
        down);
  }
}
