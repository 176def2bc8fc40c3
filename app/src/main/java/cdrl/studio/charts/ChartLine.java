package cdrl.studio.charts;

/**
 * A curve as a chart shows it.
 *
 * @param name what people see
 * @param ink its colour
 * @param raw the points
 * @param smooth the same, smoothed; the raw points themselves when nothing is smoothed
 * @param front whether it is drawn over the others and stronger
 */
public record ChartLine(String name, Ink ink, Curve raw, Curve smooth, boolean front) {}
