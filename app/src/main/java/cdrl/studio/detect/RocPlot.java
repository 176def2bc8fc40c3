package cdrl.studio.detect;

import cdrl.evaluate.RocCurve;
import cdrl.studio.charts.Axis;
import cdrl.studio.resources.Messages;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import javafx.scene.canvas.GraphicsContext;

/** For every bound on the score: the share of others above it against that of the own kind. */
final class RocPlot extends ScorePlot {
  private static final Axis UNIT = new Axis(0, 1, false);

  private Analysis analysis = Analysis.NOTHING;

  RocPlot(Messages messages) {
    super("roc", messages, messages.text("detect.roc"));
  }

  void show(Analysis shown) {
    analysis = shown;
    String areas =
        compared().stream()
            .map(
                set ->
                    messages()
                        .text(
                            "detect.roc.area",
                            set.name(),
                            messages().number(curve(set).auroc(), 3)))
            .collect(Collectors.joining(", "));
    setAccessibleText(messages().text("detect.roc") + (areas.isEmpty() ? "" : ": " + areas));
    requestLayout();
  }

  private List<Analysis.Scores> compared() {
    return analysis.sets().stream()
        .filter(set -> analysis.comparisons().containsKey(set.key()))
        .toList();
  }

  private Analysis.Comparison curve(Analysis.Scores set) {
    Analysis.Comparison found = analysis.comparisons().get(set.key());
    if (found == null) {
      throw new IllegalStateException("not compared");
    }
    return found;
  }

  @Override
  void draw(GraphicsContext graphics, double width, double height) {
    drawAxes(
        graphics,
        UNIT,
        UNIT,
        tick -> messages().number(tick, 1),
        messages().text("detect.roc.false-alarms"),
        width,
        height);
    graphics.setStroke(style().text());
    graphics.setLineDashes(4, 4);
    graphics.strokeLine(0, height, width, 0);
    graphics.setLineDashes();
    graphics.setLineWidth(2);
    for (Analysis.Scores set : compared()) {
      List<RocCurve.Point> points = curve(set).curve().points();
      double[] xs = points.stream().mapToDouble(p -> p.falseAlarms() * width).toArray();
      double[] ys = points.stream().mapToDouble(p -> (1 - p.hits()) * height).toArray();
      graphics.setStroke(Inks.of(set.ink(), style()));
      graphics.strokePolyline(xs, ys, xs.length);
    }
  }

  @Override
  List<Reading> readings(double place) {
    List<Reading> readings = new ArrayList<>();
    for (Analysis.Scores set : compared()) {
      if (readings.isEmpty()) {
        readings.add(
            new Reading(null, messages().text("detect.roc.at", messages().number(100 * place, 0))));
      }
      readings.add(
          new Reading(
              set.ink(),
              messages()
                  .text(
                      "detect.roc.hits",
                      set.name(),
                      messages().number(100 * hits(curve(set).curve(), place), 0))));
    }
    return readings;
  }

  /** The height of the curve above a place. */
  private static double hits(RocCurve curve, double place) {
    List<RocCurve.Point> points = curve.points();
    int next = 1;
    while (next < points.size() - 1 && points.get(next).falseAlarms() < place) {
      next++;
    }
    RocCurve.Point left = points.get(next - 1);
    RocCurve.Point right = points.get(next);
    double width = right.falseAlarms() - left.falseAlarms();
    double share = width > 0 ? (place - left.falseAlarms()) / width : 1;
    return left.hits() + Math.max(0, Math.min(1, share)) * (right.hits() - left.hits());
  }

  @Override
  void choose(double place) {
    // There is nothing to choose on a curve.
  }

  @Override
  double keyStep() {
    return 0.02;
  }
}
