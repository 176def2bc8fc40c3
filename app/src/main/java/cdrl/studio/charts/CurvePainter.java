package cdrl.studio.charts;

import java.util.Arrays;

/**
 * Draws curves into pixels, smooth at their edges. However many points a curve has, only the
 * smallest and the largest value within a third of a pixel are drawn, so that a long curve looks as
 * if every point had been, and costs hardly more than a short one.
 */
public final class CurvePainter {
  private static final int PARTS = 3;

  private final int width;
  private final int height;
  private final int[] pixels;
  private final double[] low;
  private final double[] high;
  private final double[] wideLow;
  private final double[] wideHigh;
  private final float[] coverage;

  /**
   * @param width in pixels, at least 1
   * @param height in pixels, at least 1
   */
  public CurvePainter(int width, int height) {
    this.width = width;
    this.height = height;
    pixels = new int[width * height];
    low = new double[PARTS * width];
    high = new double[PARTS * width];
    wideLow = new double[PARTS * width];
    wideHigh = new double[PARTS * width];
    coverage = new float[height];
  }

  /** Width in pixels. */
  public int width() {
    return width;
  }

  /** Height in pixels. */
  public int height() {
    return height;
  }

  /** The pixels, 0xAARRGGBB with colours multiplied by their opacity, row by row from the top. */
  public int[] pixels() {
    return pixels;
  }

  /** Makes everything transparent. */
  public void clear() {
    Arrays.fill(pixels, 0);
  }

  /**
   * Draws a curve over what is there.
   *
   * @param rgb 0xRRGGBB
   * @param opacity 0 to 1
   * @param radius half the width of the line in pixels
   */
  public void draw(Curve curve, Axis x, Axis y, int rgb, double opacity, double radius) {
    range(curve, x, y);
    widen(radius);
    fill(rgb, opacity);
  }

  /** Finds the smallest and largest height of the curve within every part of a pixel. */
  private void range(Curve curve, Axis x, Axis y) {
    Arrays.fill(low, Double.POSITIVE_INFINITY);
    Arrays.fill(high, Double.NEGATIVE_INFINITY);
    int size = curve.size();
    int parts = PARTS * width;
    int next = Math.max(0, curve.firstFrom(x.from()) - 1);
    while (next < size && !x.takes(curve.x(next))) {
      next++;
    }
    double left = x.value(0);
    for (int part = 0; part < parts && next <= size; part++) {
      double right = x.value((part + 1.0) / parts);
      while (next < size && curve.x(next) < left) {
        next++;
      }
      if (next > 0 && next < size) {
        include(part, between(curve, next, left, x, y));
      }
      double least = Double.POSITIVE_INFINITY;
      double most = Double.NEGATIVE_INFINITY;
      while (next < size && curve.x(next) <= right) {
        double value = curve.y(next++);
        if (y.takes(value)) {
          least = Math.min(least, value);
          most = Math.max(most, value);
        }
      }
      if (least <= most) {
        include(part, pixel(y, least));
        include(part, pixel(y, most));
      }
      if (next > 0 && next < size) {
        include(part, between(curve, next, right, x, y));
      }
      left = right;
    }
  }

  private void include(int part, double at) {
    if (!Double.isNaN(at)) { // there is nothing to see where a value cannot be shown
      low[part] = Math.min(low[part], at);
      high[part] = Math.max(high[part], at);
    }
  }

  private double pixel(Axis y, double value) {
    double at = (1 - y.position(value)) * height;
    return Math.max(-height, Math.min(2.0 * height, at));
  }

  /** The height of the straight line to a point from the one before. */
  private double between(Curve curve, int next, double at, Axis x, Axis y) {
    double fromX = curve.x(next - 1);
    double fromY = curve.y(next - 1);
    double toY = curve.y(next);
    if (!x.takes(fromX) || !y.takes(fromY) || !y.takes(toY)) {
      return Double.NaN;
    }
    double start = x.position(fromX);
    double share = (x.position(at) - start) / (x.position(curve.x(next)) - start);
    if (share < 0 || share > 1) {
      return Double.NaN;
    }
    double from = (1 - y.position(fromY)) * height;
    double to = (1 - y.position(toY)) * height;
    return Math.max(-height, Math.min(2.0 * height, from + share * (to - from)));
  }

  /** What a round brush covers that follows the curve. */
  private void widen(double radius) {
    int reach = (int) Math.floor(radius * PARTS);
    Arrays.fill(wideLow, Double.POSITIVE_INFINITY);
    Arrays.fill(wideHigh, Double.NEGATIVE_INFINITY);
    for (int shift = -reach; shift <= reach; shift++) {
      double away = (double) shift / PARTS;
      double extent = Math.sqrt(radius * radius - away * away);
      int first = Math.max(0, -shift);
      int last = Math.min(low.length, low.length - shift);
      for (int part = first; part < last; part++) {
        wideLow[part] = Math.min(wideLow[part], low[part + shift] - extent);
        wideHigh[part] = Math.max(wideHigh[part], high[part + shift] + extent);
      }
    }
  }

  private void fill(int rgb, double opacity) {
    for (int column = 0; column < width; column++) {
      int top = height;
      int bottom = -1;
      for (int part = PARTS * column; part < PARTS * (column + 1); part++) {
        double from = Math.max(0, wideLow[part]);
        double to = Math.min(height, wideHigh[part]);
        if (from < to) {
          int first = (int) from;
          int last = Math.min(height - 1, (int) to);
          cover(from, to, first, last);
          top = Math.min(top, first);
          bottom = Math.max(bottom, last);
        }
      }
      for (int row = top; row <= bottom; row++) {
        blend(row * width + column, rgb, opacity * Math.min(1, coverage[row]));
        coverage[row] = 0;
      }
    }
  }

  private void cover(double from, double to, int first, int last) {
    float full = 1f / PARTS;
    if (first == last) {
      coverage[first] += (float) (to - from) * full;
      return;
    }
    coverage[first] += (float) (first + 1 - from) * full;
    for (int row = first + 1; row < last; row++) {
      coverage[row] += full;
    }
    coverage[last] += (float) (to - last) * full;
  }

  private void blend(int index, int rgb, double opacity) {
    int alpha = (int) Math.round(255 * opacity);
    if (alpha == 0) {
      return;
    }
    int below = pixels[index];
    int rest = 255 - alpha;
    int a = alpha + (below >>> 24) * rest / 255;
    int r = ((rgb >> 16 & 255) * alpha + (below >> 16 & 255) * rest) / 255;
    int g = ((rgb >> 8 & 255) * alpha + (below >> 8 & 255) * rest) / 255;
    int b = ((rgb & 255) * alpha + (below & 255) * rest) / 255;
    pixels[index] = a << 24 | r << 16 | g << 8 | b;
  }
}
