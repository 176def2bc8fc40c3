package cdrl.studio.charts;

import java.util.Arrays;

/**
 * Draws curves into pixels, smooth at their edges. However many points a curve has, only the
 * smallest and the largest value within a third of a pixel are drawn, so that a long curve looks as
 * if every point had been, and costs hardly more than a short one.
 */
public final class CurvePainter {
  private static final int PARTS = 3;
  private static final int PAIR = 0x00FF00FF;
  private static final int HALF = 0x00800080;

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
      int end = curve.firstBeyond(next, right);
      // Where points are dense, those next to a part stand for the lines that lead to them.
      boolean nearLeft = next > 0 && curve.x(next - 1) >= left - (right - left);
      boolean nearRight = end < size && curve.x(end) <= right + (right - left);
      if (!nearLeft && next > 0 && next < size) {
        include(part, between(curve, next, left, x, y));
      }
      int first = nearLeft ? next - 1 : next;
      int last = nearRight ? end + 1 : end;
      if (last > first) {
        includeAll(part, curve, first, last, y);
      }
      next = end;
      if (!nearRight && next > 0 && next < size) {
        include(part, between(curve, next, right, x, y));
      }
      left = right;
    }
  }

  private void includeAll(int part, Curve curve, int from, int end, Axis y) {
    if (!y.logarithmic()) {
      include(part, pixel(y, curve.least(from, end)));
      include(part, pixel(y, curve.most(from, end)));
      return;
    }
    for (int i = from; i < end; i++) {
      if (y.takes(curve.y(i))) {
        include(part, pixel(y, curve.y(i)));
      }
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
      double insideFrom = 0;
      double insideTo = height;
      for (int part = PARTS * column; part < PARTS * (column + 1); part++) {
        insideFrom = Math.max(insideFrom, wideLow[part]);
        insideTo = Math.min(insideTo, wideHigh[part]);
      }
      // These rows are covered by all parts, and need no sums.
      int inside = (int) Math.min(height, Math.ceil(insideFrom));
      int outside = (int) Math.max(inside, Math.floor(insideTo));
      for (int part = PARTS * column; part < PARTS * (column + 1); part++) {
        double from = Math.max(0, wideLow[part]);
        double to = Math.min(height, wideHigh[part]);
        if (from < to) {
          top = Math.min(top, (int) from);
          bottom = Math.max(bottom, Math.min(height - 1, (int) to));
          if (outside > inside) {
            cover(from, Math.min(to, inside));
            cover(Math.max(from, outside), to);
          } else {
            cover(from, to);
          }
        }
      }
      for (int row = top; row <= bottom; row++) {
        if (row == inside && outside > inside) {
          fill(column, inside, outside, rgb, opacity);
          row = outside;
          if (row > bottom) {
            break;
          }
        }
        blend(
            row * width + column,
            rgb,
            (int) Math.round(255 * opacity * Math.min(1, coverage[row])));
        coverage[row] = 0;
      }
    }
  }

  private void fill(int column, int from, int to, int rgb, double opacity) {
    int alpha = (int) Math.round(255 * opacity);
    for (int row = from; row < to; row++) {
      blend(row * width + column, rgb, alpha);
    }
  }

  private void cover(double from, double to) {
    if (from >= to) {
      return;
    }
    int first = (int) from;
    int last = Math.min(height - 1, (int) to);
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

  /** Two channels at a time: their products fit side by side into an int. */
  private void blend(int index, int rgb, int alpha) {
    if (alpha == 0) {
      return;
    }
    int below = pixels[index];
    int rest = 255 - alpha;
    int redBlue = shared((rgb & PAIR) * alpha + (below & PAIR) * rest);
    int green = rgb >> 8 & 255;
    int opaqueGreen = shared((255 << 16 | green) * alpha + (below >>> 8 & PAIR) * rest);
    pixels[index] = opaqueGreen << 8 | redBlue;
  }

  /** Both halves divided by 255 and rounded. */
  private static int shared(int halves) {
    int raised = halves + HALF;
    return raised + (raised >>> 8 & PAIR) >>> 8 & PAIR;
  }
}
