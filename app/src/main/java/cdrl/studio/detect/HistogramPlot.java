package cdrl.studio.detect;

import cdrl.evaluate.ScoreHistogram;
import cdrl.studio.charts.Axis;
import cdrl.studio.resources.Messages;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.DoubleConsumer;
import javafx.scene.canvas.GraphicsContext;
import javafx.scene.paint.Color;
import org.jspecify.annotations.Nullable;

/** How the scores of every set are spread, as shares of the set. */
final class HistogramPlot extends ScorePlot {
  private final DoubleConsumer chosen;
  private Analysis analysis = Analysis.NOTHING;
  private List<double[]> shares = List.of();
  private String scoreName = "";
  private double marked = Double.NaN;

  /**
   * @param chosen is given the score that a person clicked on
   */
  HistogramPlot(Messages messages, DoubleConsumer chosen) {
    super("histogram", messages, messages.text("detect.histogram"));
    this.chosen = chosen;
  }

  /**
   * Shows scores.
   *
   * @param score what they are
   */
  void show(Analysis shown, String score) {
    analysis = shown;
    scoreName = score;
    ScoreHistogram bins = shown.histogram();
    List<double[]> all = new ArrayList<>();
    if (bins != null) {
      for (Analysis.Scores set : shown.sets()) {
        int[] counts = bins.counts(set.values());
        all.add(Arrays.stream(counts).mapToDouble(n -> (double) n / set.values().length).toArray());
      }
    }
    shares = all;
    requestLayout();
  }

  /** Marks a score; NaN for none. */
  void mark(double score) {
    marked = score;
    requestLayout();
  }

  /** From the first bin to the last; null where there are none. */
  private static @Nullable Axis axis(@Nullable ScoreHistogram bins) {
    if (bins == null) {
      return null;
    }
    double room = bins.high() > bins.low() ? 0 : Math.max(1e-6, 1e-3 * Math.abs(bins.high()));
    return new Axis(bins.low() - room, bins.high() + room, false);
  }

  @Override
  void draw(GraphicsContext graphics, double width, double height) {
    ScoreHistogram bins = analysis.histogram();
    Axis x = axis(bins);
    if (bins == null || x == null) {
      return;
    }
    double most = shares.stream().flatMapToDouble(Arrays::stream).max().orElse(1);
    Axis y = new Axis(0, 1.06 * most, false);
    drawAxes(
        graphics,
        x,
        y,
        tick -> messages().text("percent", messages().number(100 * tick, most < 0.05 ? 1 : 0)),
        scoreName,
        width,
        height);
    for (int i = 0; i < shares.size(); i++) {
      drawSet(graphics, analysis.sets().get(i), shares.get(i), y, width, height);
    }
    if (!Double.isNaN(marked)) {
      double at = Math.floor(Math.max(0, Math.min(1, x.position(marked))) * width) + 0.5;
      graphics.setStroke(style().text());
      graphics.setLineWidth(1.5);
      graphics.strokeLine(at, 0, at, height);
      graphics.setFill(style().text());
      graphics.fillPolygon(new double[] {at - 5, at + 5, at}, new double[] {-6, -6, 2}, 3);
    }
  }

  private void drawSet(
      GraphicsContext graphics,
      Analysis.Scores set,
      double[] share,
      Axis y,
      double width,
      double height) {
    Color color = Inks.of(set.ink(), style());
    double[] xs = new double[2 * share.length + 2];
    double[] ys = new double[2 * share.length + 2];
    xs[0] = 0;
    ys[0] = height;
    for (int bin = 0; bin < share.length; bin++) {
      double top = (1 - y.position(share[bin])) * height;
      xs[2 * bin + 1] = width * bin / share.length;
      xs[2 * bin + 2] = width * (bin + 1) / share.length;
      ys[2 * bin + 1] = top;
      ys[2 * bin + 2] = top;
    }
    xs[xs.length - 1] = width;
    ys[ys.length - 1] = height;
    graphics.setFill(color.deriveColor(0, 1, 1, set.isOwn() ? 0.22 : 0.14));
    graphics.fillPolygon(xs, ys, xs.length);
    graphics.setStroke(color);
    graphics.setLineWidth(set.isOwn() ? 1.2 : 1.8);
    graphics.strokePolyline(xs, ys, xs.length);
  }

  @Override
  List<Reading> readings(double place) {
    ScoreHistogram bins = analysis.histogram();
    if (bins == null) {
      return List.of();
    }
    int bin = (int) Math.min(bins.bins() - 1, place * bins.bins());
    List<Reading> readings = new ArrayList<>();
    readings.add(
        new Reading(
            null,
            messages()
                .text(
                    "detect.histogram.bin",
                    scoreName,
                    messages().figures(bins.edge(bin)),
                    messages().figures(bins.edge(bin + 1)))));
    for (int i = 0; i < shares.size(); i++) {
      Analysis.Scores set = analysis.sets().get(i);
      readings.add(
          new Reading(
              set.ink(),
              messages()
                  .text(
                      "detect.histogram.share",
                      set.name(),
                      messages().number(100 * shares.get(i)[bin], 1))));
    }
    return readings;
  }

  @Override
  void choose(double place) {
    Axis x = axis(analysis.histogram());
    if (x != null && !Double.isNaN(place)) {
      chosen.accept(x.value(place));
    }
  }

  @Override
  double keyStep() {
    ScoreHistogram bins = analysis.histogram();
    return bins == null ? 0.02 : 1.0 / bins.bins();
  }
}
