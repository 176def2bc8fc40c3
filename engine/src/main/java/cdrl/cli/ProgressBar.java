package cdrl.cli;

import java.io.PrintWriter;
import java.time.Duration;

/** A line on the terminal that shows how far a long action is. Shows nothing elsewhere. */
final class ProgressBar implements AutoCloseable {
  private static final int WIDTH = 24;
  private static final long REFRESH = Duration.ofMillis(100).toNanos();

  private final PrintWriter out;
  private final boolean shown;
  private final String label;
  private long lastShown = Long.MIN_VALUE;
  private int lastLength;

  /**
   * @param out where to draw
   * @param shown whether to draw at all
   * @param label what the action is
   */
  ProgressBar(PrintWriter out, boolean shown, String label) {
    this.out = out;
    this.shown = shown;
    this.label = label;
  }

  /** Whether anything is drawn. */
  boolean shown() {
    return shown;
  }

  /**
   * Shows the state, though not more often than is useful.
   *
   * @param done finished parts, from 0 to {@code total}
   * @param total all parts
   * @param detail something to show behind the bar, possibly empty
   */
  synchronized void update(long done, long total, String detail) {
    long now = System.nanoTime();
    boolean soon = lastShown != Long.MIN_VALUE && now - lastShown < REFRESH;
    if (!shown || (soon && done < total)) {
      return;
    }
    lastShown = now;
    double share = total <= 0 ? 0 : Math.min(1, (double) done / total);
    int filled = (int) Math.round(share * WIDTH);
    String line =
        label
            + " ["
            + "#".repeat(filled)
            + "-".repeat(WIDTH - filled)
            + "] "
            + done
            + "/"
            + total
            + (detail.isEmpty() ? "" : "  " + detail);
    draw(line);
  }

  /** Takes the line away, so that other lines can be printed. */
  synchronized void clear() {
    if (lastLength > 0) {
      draw("");
      out.print('\r');
      out.flush();
      lastLength = 0;
    }
  }

  @Override
  public void close() {
    clear();
  }

  private void draw(String line) {
    out.print('\r' + line + " ".repeat(Math.max(0, lastLength - line.length())));
    out.flush();
    lastLength = line.length();
  }
}
