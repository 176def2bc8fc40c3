package cdrl.data;

import java.util.ArrayList;
import java.util.List;

/**
 * One stroke of a round brush over the plane, which grows thin towards its rim.
 *
 * @param erase whether it takes away instead of adding
 * @param radius of the brush, above 0
 * @param path x and y of the points it passes, in turn; at least one point
 */
public record Stroke(boolean erase, double radius, List<Double> path) {
  /** The share of the radius that is covered fully. */
  private static final double CORE = 0.5;

  /** Places and sizes are kept in hundredths, so that a stroke can be written down exactly. */
  private static final double GRAIN = 100;

  /** Checks and rounds. */
  public Stroke {
    if (!(radius > 0) || path.size() < 2 || path.size() % 2 != 0) {
      throw new IllegalArgumentException("a stroke needs a radius and at least one point");
    }
    radius = Math.max(1 / GRAIN, rounded(radius));
    List<Double> exact = new ArrayList<>();
    for (double coordinate : path) {
      exact.add(rounded(coordinate));
    }
    path = List.copyOf(exact);
  }

  private static double rounded(double value) {
    if (!Double.isFinite(value)) {
      throw new IllegalArgumentException("a stroke has finite coordinates");
    }
    return Math.round(value * GRAIN) / GRAIN;
  }

  /** The same stroke, drawn on to a point. */
  public Stroke to(double x, double y) {
    List<Double> longer = new ArrayList<>(path);
    longer.add(x);
    longer.add(y);
    return new Stroke(erase, radius, longer);
  }

  /**
   * Lays the stroke over a picture of [−extent, extent]².
   *
   * @param brightness side · side values from 0 to 1, row by row from the top
   */
  void paint(float[] brightness, int side, double extent) {
    int points = path.size() / 2;
    for (int i = 0; i < Math.max(1, points - 1); i++) {
      int end = Math.min(i + 1, points - 1);
      paintLine(
          brightness,
          side,
          extent,
          path.get(2 * i),
          path.get(2 * i + 1),
          path.get(2 * end),
          path.get(2 * end + 1));
    }
  }

  private void paintLine(
      float[] brightness, int side, double extent, double x0, double y0, double x1, double y1) {
    double pixel = 2 * extent / side;
    int left = index((Math.min(x0, x1) - radius + extent) / pixel, side);
    int right = index((Math.max(x0, x1) + radius + extent) / pixel, side);
    int top = index((extent - Math.max(y0, y1) - radius) / pixel, side);
    int bottom = index((extent - Math.min(y0, y1) + radius) / pixel, side);
    double dx = x1 - x0;
    double dy = y1 - y0;
    double square = dx * dx + dy * dy;
    for (int row = top; row <= bottom; row++) {
      double py = extent - (row + 0.5) * pixel - y0;
      for (int column = left; column <= right; column++) {
        double px = (column + 0.5) * pixel - extent - x0;
        double along = square == 0 ? 0 : Math.min(1, Math.max(0, (px * dx + py * dy) / square));
        float cover = cover(Math.hypot(px - along * dx, py - along * dy));
        int at = row * side + column;
        brightness[at] =
            erase ? Math.min(brightness[at], 1 - cover) : Math.max(brightness[at], cover);
      }
    }
  }

  private static int index(double place, int side) {
    return (int) Math.min(side - 1, Math.max(0, Math.floor(place)));
  }

  private float cover(double distance) {
    double share = distance / radius;
    double edge = Math.min(1, Math.max(0, (1 - share) / (1 - CORE)));
    return (float) (edge * edge * (3 - 2 * edge)); // smooth at both ends
  }
}
