package cdrl.studio.inpaint;

import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A mask that is painted: soft paint at a finer grain than the model's pixels, and, following from
 * it, which pixels of the model will be filled. A pixel is filled when its mean coverage reaches
 * the threshold.
 *
 * <p>What changes it comes between {@link #begin} and {@link #end}. Places and sizes are in pixels
 * of the model; areas are in pixels of the paint.
 */
public final class PaintedMask {
  private static final int FULL = 255;
  private static final byte[] NOTHING = {};
  private static final int WANTED_SIDE = 512;
  private static final int BLUR_PASSES = 3;

  private final int resolution;
  private final int detail;
  private final int side;
  private final byte[] coverage;
  private final boolean[] filled;
  private final int[] sums;

  /** The coverage before the action that has begun, and what the action has covered so far. */
  private byte[] before = NOTHING;

  private byte[] stroke = NOTHING;
  private Area touched = Area.NONE;
  private double threshold = 0.5;
  private int filledCount;

  /**
   * An empty mask.
   *
   * @param resolution pixels of the model per side
   */
  public PaintedMask(int resolution) {
    this.resolution = resolution;
    detail = Math.max(1, WANTED_SIDE / resolution);
    side = resolution * detail;
    coverage = new byte[side * side];
    filled = new boolean[resolution * resolution];
    sums = new int[resolution * resolution];
  }

  /** Pixels of the model per side. */
  public int resolution() {
    return resolution;
  }

  /** Pixels of the paint per pixel of the model. */
  public int detail() {
    return detail;
  }

  /** How much paint there is, 0 to 255. */
  int coverage(int x, int y) {
    return coverage[y * side + x] & FULL;
  }

  /** Whether a pixel of the model will be filled. */
  public boolean isFilled(int column, int row) {
    return filled[row * resolution + column];
  }

  /** Whether there is any paint on a pixel of the model. */
  boolean isPainted(int column, int row) {
    return sums[row * resolution + column] > 0;
  }

  /** Which pixels of the model will be filled, in rows. */
  public boolean[] filled() {
    return filled.clone();
  }

  /** How many pixels of the model will be filled. */
  public int filledCount() {
    return filledCount;
  }

  /** The whole mask. */
  public Area whole() {
    return new Area(0, 0, side, side);
  }

  /**
   * Sets how much of a pixel must be covered for it to be filled.
   *
   * @param share above 0, at most 1
   */
  void setThreshold(double share) {
    threshold = share;
    for (int row = 0; row < resolution; row++) {
      for (int column = 0; column < resolution; column++) {
        decide(column, row);
      }
    }
  }

  /** Begins an action. */
  void begin() {
    before = coverage.clone();
    stroke = new byte[coverage.length];
    touched = Area.NONE;
  }

  /** Ends an action; null when it changed nothing. */
  @Nullable MaskDelta end() {
    MaskDelta change =
        touched.isEmpty() || Arrays.equals(before, coverage)
            ? null
            : MaskDelta.between(before, coverage, side, touched);
    forget();
    return change;
  }

  /** Takes the action back that has begun. */
  Area abandon() {
    System.arraycopy(before, 0, coverage, 0, coverage.length);
    forget();
    return changed(touched);
  }

  private void forget() {
    before = NOTHING;
    stroke = NOTHING;
  }

  /** Takes a step back or does it again. */
  Area apply(MaskDelta step) {
    step.apply(coverage, side);
    return changed(step.area());
  }

  /** Draws the brush along a line. Where it passes twice in one action, it covers once. */
  Area line(Place from, Place to, Brush brush, boolean erase) {
    double radius = Math.max(0.5, brush.radius() * detail);
    double soft = Math.max(1, (1 - brush.hardness()) * radius);
    double rim = brush.hardness() >= 1 ? radius + 0.5 : Math.max(radius, 1);
    double core = Math.max(0, rim - soft);
    double x0 = from.x() * detail;
    double y0 = from.y() * detail;
    double dx = to.x() * detail - x0;
    double dy = to.y() * detail - y0;
    double length = dx * dx + dy * dy;
    Area area =
        Area.around(
                Math.min(x0, x0 + dx) - rim,
                Math.min(y0, y0 + dy) - rim,
                Math.max(x0, x0 + dx) + rim,
                Math.max(y0, y0 + dy) + rim)
            .within(side, side);
    for (int y = area.top(); y < area.bottom(); y++) {
      double py = y + 0.5 - y0;
      for (int x = area.left(); x < area.right(); x++) {
        double px = x + 0.5 - x0;
        double along = length == 0 ? 0 : Math.min(1, Math.max(0, (px * dx + py * dy) / length));
        double ex = px - along * dx;
        double ey = py - along * dy;
        double square = ex * ex + ey * ey;
        if (square <= core * core) {
          cover(y * side + x, FULL, erase);
        } else if (square < rim * rim) {
          double share = Math.min(1, (rim - Math.sqrt(square)) / soft);
          cover(y * side + x, (int) Math.round(FULL * share * share * (3 - 2 * share)), erase);
        }
      }
    }
    return touch(area);
  }

  /**
   * Covers one pixel of the paint.
   *
   * @param paint 0 to 255
   */
  private void cover(int at, int paint, boolean erase) {
    if (paint > (stroke[at] & FULL)) {
      stroke[at] = (byte) paint;
      int old = before[at] & FULL;
      coverage[at] =
          (byte)
              (erase
                  ? (old * (FULL - paint) + FULL / 2) / FULL
                  : old + ((FULL - old) * paint + FULL / 2) / FULL);
    }
  }

  /** Covers or uncovers a rectangle between two corners. */
  Area rectangle(Place corner, Place opposite, boolean erase) {
    Area area =
        new Area(
                grain(Math.min(corner.x(), opposite.x())),
                grain(Math.min(corner.y(), opposite.y())),
                grain(Math.max(corner.x(), opposite.x())),
                grain(Math.max(corner.y(), opposite.y())))
            .within(side, side);
    for (int y = area.top(); y < area.bottom(); y++) {
      Arrays.fill(
          coverage, y * side + area.left(), y * side + area.right(), erase ? 0 : (byte) FULL);
    }
    return touch(area);
  }

  private int grain(double place) {
    return (int) Math.round(place * detail);
  }

  /** Covers or uncovers what lies inside a closed line (even-odd rule). */
  Area polygon(List<Place> corners, boolean erase) {
    double top = Double.MAX_VALUE;
    double bottom = -Double.MAX_VALUE;
    double left = Double.MAX_VALUE;
    double right = -Double.MAX_VALUE;
    for (Place corner : corners) {
      top = Math.min(top, corner.y() * detail);
      bottom = Math.max(bottom, corner.y() * detail);
      left = Math.min(left, corner.x() * detail);
      right = Math.max(right, corner.x() * detail);
    }
    Area area = Area.around(left, top, right, bottom).within(side, side);
    double[] crossings = new double[corners.size()];
    for (int y = area.top(); y < area.bottom(); y++) {
      int count = crossings(corners, y + 0.5, crossings);
      for (int i = 0; i + 1 < count; i += 2) {
        int from = Math.max(area.left(), (int) Math.round(crossings[i]));
        int to = Math.min(area.right(), (int) Math.round(crossings[i + 1]));
        if (from < to) {
          Arrays.fill(coverage, y * side + from, y * side + to, erase ? 0 : (byte) FULL);
        }
      }
    }
    return touch(area);
  }

  private int crossings(List<Place> corners, double y, double[] found) {
    int count = 0;
    for (int i = 0; i < corners.size(); i++) {
      Place a = corners.get(i);
      Place b = corners.get((i + 1) % corners.size());
      double ay = a.y() * detail;
      double by = b.y() * detail;
      if (ay <= y != by <= y) {
        found[count++] = (a.x() + (y - ay) / (by - ay) * (b.x() - a.x())) * detail;
      }
    }
    Arrays.sort(found, 0, count);
    return count;
  }

  /** Covers everything or nothing. */
  Area fill(boolean erase) {
    Arrays.fill(coverage, erase ? 0 : (byte) FULL);
    return touch(whole());
  }

  /** Covers what is not covered, and the other way round. */
  Area invert() {
    for (int i = 0; i < coverage.length; i++) {
      coverage[i] = (byte) (FULL - (coverage[i] & FULL));
    }
    return touch(whole());
  }

  /**
   * Covers the pixels of a mask fully and nothing else.
   *
   * @param pixels one entry per pixel of the model, in rows
   */
  Area set(boolean[] pixels) {
    for (int y = 0; y < side; y++) {
      for (int x = 0; x < side; x++) {
        coverage[y * side + x] = pixels[y / detail * resolution + x / detail] ? (byte) FULL : 0;
      }
    }
    return touch(whole());
  }

  /** Takes the paint of another mask, which may be of another resolution. */
  void copy(PaintedMask other) {
    for (int y = 0; y < side; y++) {
      int row = (2 * y + 1) * other.side / (2 * side) * other.side;
      for (int x = 0; x < side; x++) {
        coverage[y * side + x] = other.coverage[row + (2 * x + 1) * other.side / (2 * side)];
      }
    }
    changed(whole());
  }

  /**
   * Softens all edges.
   *
   * @param radius how far, in pixels of the model
   */
  Area feather(double radius) {
    // Three running means come close to a Gaussian.
    int reach = Math.max(1, (int) Math.round(radius * detail / BLUR_PASSES));
    byte[] other = new byte[coverage.length];
    for (int pass = 0; pass < BLUR_PASSES; pass++) {
      blur(coverage, other, 1, side, reach);
      blur(other, coverage, side, 1, reach);
    }
    return touch(whole());
  }

  /** The mean of 2 · reach + 1 values along one axis; the edge is repeated. */
  private void blur(byte[] from, byte[] to, int step, int line, int reach) {
    int width = 2 * reach + 1;
    for (int row = 0; row < side; row++) {
      int start = row * line;
      int sum = 0;
      for (int i = -reach; i <= reach; i++) {
        sum += from[start + inside(i) * step] & FULL;
      }
      for (int i = 0; i < side; i++) {
        to[start + i * step] = (byte) ((sum + width / 2) / width);
        sum +=
            (from[start + inside(i + reach + 1) * step] & FULL)
                - (from[start + inside(i - reach) * step] & FULL);
      }
    }
  }

  private int inside(int index) {
    return Math.max(0, Math.min(side - 1, index));
  }

  private Area touch(Area area) {
    touched = touched.and(area);
    return changed(area);
  }

  /** Finds out again which pixels of the model are filled. */
  private Area changed(Area area) {
    if (area.isEmpty()) {
      return area;
    }
    for (int row = area.top() / detail; row <= (area.bottom() - 1) / detail; row++) {
      for (int column = area.left() / detail; column <= (area.right() - 1) / detail; column++) {
        sums[row * resolution + column] = sum(column, row);
        decide(column, row);
      }
    }
    return area;
  }

  /** Whether a pixel's paint suffices for it to be filled. */
  private void decide(int column, int row) {
    int at = row * resolution + column;
    boolean is = sums[at] >= Math.max(1, Math.ceil(threshold * FULL * detail * detail));
    if (is != filled[at]) {
      filled[at] = is;
      filledCount += is ? 1 : -1;
    }
  }

  private int sum(int column, int row) {
    int sum = 0;
    for (int y = row * detail; y < (row + 1) * detail; y++) {
      for (int x = column * detail; x < (column + 1) * detail; x++) {
        sum += coverage[y * side + x] & FULL;
      }
    }
    return sum;
  }
}
