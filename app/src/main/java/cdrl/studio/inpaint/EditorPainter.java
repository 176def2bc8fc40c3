package cdrl.studio.inpaint;

import cdrl.studio.raster.Raster;
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
      paintRow(target, y * width, y, area, viewport, scene, columns);
    }
  }

  /** What is the same for all rows. */
  @SuppressWarnings("ArrayRecordComponent") // local to one call
  private static final class Columns {
    private final int[] cell;
    private final double[] place;
    private final int splitAt;

    Columns(Area area, EditorViewport viewport, Scene scene) {
      // One column more at either side, to see where cells end.
      cell = new int[area.width() + 2];
      place = new double[area.width() + 2];
      for (int i = 0; i < cell.length; i++) {
        place[i] = (area.left() + i - 1 + 0.5 - viewport.left()) / viewport.scale();
        cell[i] = (int) Math.floor(place[i]);
      }
      splitAt =
          scene.original() == null
              ? Integer.MIN_VALUE
              : (int)
                  Math.round(
                      viewport.left() + scene.split() * scene.picture().width() * viewport.scale());
    }
  }

  private static void paintRow(
      int[] target,
      int start,
      int y,
      Area area,
      EditorViewport viewport,
      Scene scene,
      Columns columns) {
    int size = scene.picture().width();
    double v = (y + 0.5 - viewport.top()) / viewport.scale();
    int row = (int) Math.floor(v);
    int above = (int) Math.floor((y - 0.5 - viewport.top()) / viewport.scale());
    int below = (int) Math.floor((y + 1.5 - viewport.top()) / viewport.scale());
    PaintedMask mask = scene.mask();
    int grid = gridOpacity(viewport.scale());
    for (int i = 1; i <= area.width(); i++) {
      int x = area.left() + i - 1;
      int column = columns.cell[i];
      if (row < 0 || row >= size || column < 0 || column >= size) {
        target[start + x] = 0;
        continue;
      }
      boolean old = x < columns.splitAt && scene.original() != null;
      Raster shown = old && scene.original() != null ? scene.original() : scene.picture();
      int color =
          scene.smooth() ? smooth(shown, columns.place[i], v) : shown.argb()[row * size + column];
      if (grid > 0 && (columns.cell[i - 1] != column || above != row)) {
        color = mix(color, luminance(color) > 110 ? 0 : 0xffffff, grid);
      }
      if (mask != null) {
        color = masked(color, mask, x, y, columns, i, column, row, above, below, v);
      }
      if (scene.original() != null && (x == columns.splitAt || x == columns.splitAt - 1)) {
        color = x == columns.splitAt ? 0xff000000 : 0xffffffff;
      }
      target[start + x] = color;
    }
  }

  private static int masked(
      int color,
      PaintedMask mask,
      int x,
      int y,
      Columns columns,
      int i,
      int column,
      int row,
      int above,
      int below,
      double v) {
    boolean filled = mask.isFilled(column, row);
    if (filled) {
      if (isOther(mask, columns.cell[i - 1], row)
          || isOther(mask, columns.cell[i + 1], row)
          || isOther(mask, column, above)
          || isOther(mask, column, below)) {
        return (x + y) / STRIPE % 2 == 0 ? OUTLINE : OUTLINE_LIGHT;
      }
      return mix(color, TINT, (x + y) / STRIPE % 2 == 0 ? 140 : 95);
    }
    int side = mask.resolution() * mask.detail();
    int px = Math.min(side - 1, Math.max(0, (int) (columns.place[i] * mask.detail())));
    int py = Math.min(side - 1, Math.max(0, (int) (v * mask.detail())));
    int paint = mask.coverage(px, py);
    return paint == 0 ? color : mix(color, TINT, paint * 70 / 255);
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
