package cdrl.studio.widgets;

import cdrl.evaluate.ScoreField;
import cdrl.runtime.HostTensor;
import java.util.Arrays;
import javafx.scene.canvas.GraphicsContext;
import javafx.scene.paint.Color;

/** Draws points and arrows over a plane. */
final class PlaneMarks {
  private static final Color RIM = Color.rgb(0, 0, 0, 0.55);

  /** The length of the longest arrows, in the distance of two arrows. */
  private static final double LONGEST = 0.92;

  /** Nearer to each other than this, in pixels, only one arrow in four is drawn. */
  private static final double NEAREST = 14;

  /** From this size of the plane on, in pixels, dots have their full size. */
  private static final double FULL_SIDE = 400;

  private static final double HEAD = 0.36;
  private static final double MOST_HEAD = 7;

  private final GraphicsContext graphics;
  private final PlaneProjection projection;

  PlaneMarks(GraphicsContext graphics, PlaneProjection projection) {
    this.graphics = graphics;
    this.projection = projection;
  }

  void draw(PlaneView.Points points) {
    HostTensor from = points.proposals();
    HostTensor to = points.refined();
    Color proposalColor = color(points.proposalColor());
    int count = to != null ? to.count() : from != null ? from.count() : 0;
    double shrink = Math.max(0.5, Math.min(1, projection.side() / FULL_SIDE));
    double radius = shrink * (count > 4000 ? 1.2 : count > 1500 ? 1.6 : 2.4);
    if (points.strokes() && from != null && to != null) {
      graphics.setStroke(proposalColor.deriveColor(0, 1, 1, count > 1500 ? 0.45 : 0.7));
      graphics.setLineWidth(1);
      for (int i = 0; i < count; i++) {
        graphics.strokeLine(
            projection.x(from.values()[2 * i]),
            projection.y(from.values()[2 * i + 1]),
            projection.x(to.values()[2 * i]),
            projection.y(to.values()[2 * i + 1]));
      }
    }
    if (points.showProposals() && from != null) {
      dots(from, radius, proposalColor);
    }
    if (points.showRefined() && to != null) {
      dots(to, radius, Color.WHITE);
    }
  }

  private static Color color(int rgb) {
    return Color.rgb(rgb >> 16 & 255, rgb >> 8 & 255, rgb & 255);
  }

  private void dots(HostTensor at, double radius, Color color) {
    // A dark rim keeps light points visible on the light end of the colours.
    double rim = radius + Math.min(0.9, 0.5 * radius);
    graphics.setFill(RIM);
    for (int i = 0; i < at.count(); i++) {
      graphics.fillOval(
          projection.x(at.values()[2 * i]) - rim,
          projection.y(at.values()[2 * i + 1]) - rim,
          2 * rim,
          2 * rim);
    }
    graphics.setFill(color);
    for (int i = 0; i < at.count(); i++) {
      graphics.fillOval(
          projection.x(at.values()[2 * i]) - radius,
          projection.y(at.values()[2 * i + 1]) - radius,
          2 * radius,
          2 * radius);
    }
  }

  /**
   * Arrows along the scores. Scores differ by powers of ten, so an arrow of the median score has
   * half of the greatest length, and none is longer than the distance to the next.
   */
  void draw(ScoreField field) {
    double[] sizes = new double[field.dx().length];
    for (int i = 0; i < sizes.length; i++) {
      double size = Math.hypot(field.dx()[i], field.dy()[i]);
      sizes[i] = Double.isFinite(size) ? size : 0;
    }
    double[] sorted = sizes.clone();
    Arrays.sort(sorted);
    double median = sorted[sorted.length / 2];
    double distance = projection.length(2 * field.half() / field.size());
    int stride = distance < NEAREST ? 2 : 1;
    double longest = LONGEST * distance * stride;
    for (Line line : Line.values()) {
      graphics.setStroke(line.color);
      graphics.setLineWidth(line.width);
      for (int i = 0; i < sizes.length; i++) {
        boolean left = i % field.size() % stride > 0 || i / field.size() % stride > 0;
        if (sizes[i] > 0 && !left) {
          double length = longest * sizes[i] / (sizes[i] + median);
          arrow(
              projection.x(field.x(i)),
              projection.y(field.y(i)),
              field.dx()[i] / sizes[i] * length,
              -field.dy()[i] / sizes[i] * length);
        }
      }
    }
  }

  /** Light lines on dark ones are seen on every ground. */
  private enum Line {
    DARK(2.8, Color.rgb(0, 0, 0, 0.5)),
    LIGHT(1.2, Color.rgb(255, 255, 255, 0.95));

    private final double width;
    private final Color color;

    Line(double width, Color color) {
      this.width = width;
      this.color = color;
    }
  }

  private void arrow(double x, double y, double dx, double dy) {
    double tipX = x + dx / 2;
    double tipY = y + dy / 2;
    double length = Math.hypot(dx, dy);
    double head = Math.min(MOST_HEAD, HEAD * length) / length;
    graphics.strokeLine(x - dx / 2, y - dy / 2, tipX, tipY);
    for (double side : new double[] {-0.7, 0.7}) {
      graphics.strokeLine(
          tipX, tipY, tipX - head * (dx - side * dy), tipY - head * (dy + side * dx));
    }
  }
}
