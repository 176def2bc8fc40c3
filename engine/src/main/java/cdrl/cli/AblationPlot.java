package cdrl.cli;

import cdrl.runtime.CdrlException;
import cdrl.runtime.HostTensor;
import cdrl.training.Ablation;
import java.awt.Color;
import java.awt.Font;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.image.BufferedImage;
import java.util.List;
import java.util.OptionalDouble;

/** Our figures and the published ones as two panels of bars with an axis each. */
final class AblationPlot {
  private static final int WIDTH = 1100;
  private static final int TOP = 96;
  private static final int ROW = 34;
  private static final int BOTTOM = 24;
  private static final int LABELS = 300;
  private static final int PANEL = 370;
  private static final int GAP = 30;
  private static final Color PAPER = Color.WHITE;
  private static final Color INK = new Color(0x22, 0x26, 0x2b);
  private static final Color FAINT = new Color(0xd5, 0xd9, 0xde);
  private static final Color OURS = new Color(0x2f, 0x6f, 0xb3);
  private static final Color THEIRS = new Color(0xb0, 0x8a, 0x3e);

  private final AblationTable table;
  private final Graphics2D ink;

  private AblationPlot(AblationTable table, Graphics2D ink) {
    this.table = table;
    this.ink = ink;
  }

  /**
   * Draws a table.
   *
   * @return (3, height, width) in [−1, 1]
   * @throws CdrlException when Java finds no fonts on this machine
   */
  static HostTensor of(AblationTable table) {
    int height = TOP + ROW * table.rows().size() + BOTTOM;
    BufferedImage image = new BufferedImage(WIDTH, height, BufferedImage.TYPE_INT_RGB);
    Graphics2D ink = image.createGraphics();
    try {
      ink.setRenderingHint(RenderingHints.KEY_ANTIALIASING, RenderingHints.VALUE_ANTIALIAS_ON);
      ink.setRenderingHint(
          RenderingHints.KEY_TEXT_ANTIALIASING, RenderingHints.VALUE_TEXT_ANTIALIAS_ON);
      ink.setColor(PAPER);
      ink.fillRect(0, 0, WIDTH, height);
      new AblationPlot(table, ink).draw();
    } catch (RuntimeException | LinkageError | InternalError e) {
      throw new CdrlException(
          e,
          "The plot could not be drawn because Java finds no fonts; install fontconfig and a font,"
              + " such as fonts-dejavu-core.");
    } finally {
      ink.dispose();
    }
    return tensor(image);
  }

  private void draw() {
    text("Variants of '" + table.subject() + "'", 16, 26, Font.BOLD, 16, INK);
    int first = LABELS;
    int second = LABELS + PANEL + GAP;
    text("Ours: " + table.figure(), first, 52, Font.BOLD, 12, OURS);
    String spread = table.spread().isEmpty() ? "" : "; the line: " + table.spread();
    text("lower is better" + spread, first, 70, Font.PLAIN, 12, INK);
    text("Theirs: " + Ablation.PUBLISHED, second, 52, Font.BOLD, 12, THEIRS);
    text("another data set and figure; compare the order only", second, 70, Font.PLAIN, 12, INK);
    List<AblationTable.Row> rows = table.rows();
    double most = rows.stream().mapToDouble(AblationPlot::reach).max().orElse(1);
    double mostTheirs =
        rows.stream().flatMapToDouble(row -> published(row).stream()).max().orElse(1);
    for (int i = 0; i < rows.size(); i++) {
      AblationTable.Row row = rows.get(i);
      int y = TOP + i * ROW;
      if (i > 0 && row.variant().table() != rows.get(i - 1).variant().table()) {
        ink.setColor(FAINT);
        ink.drawLine(16, y - 2, WIDTH - 16, y - 2);
      }
      text(row.variant().title(), 16, y + 19, Font.PLAIN, 13, INK);
      bar(first, y, row.diverged() ? 0 : row.value() / most, OURS, AblationTable.figure(row));
      if (!Double.isNaN(row.low())) {
        interval(first, y, Math.max(0, row.low()) / most, row.high() / most);
      }
      OptionalDouble theirs = published(row);
      bar(
          second,
          y,
          theirs.isPresent() ? theirs.getAsDouble() / mostTheirs : 0,
          THEIRS,
          row.variant().published().orElse("not published"));
    }
  }

  private static double reach(AblationTable.Row row) {
    double end = Double.isNaN(row.high()) ? row.value() : row.high();
    return Double.isNaN(end) ? 0 : Math.max(1e-9, end);
  }

  private static OptionalDouble published(AblationTable.Row row) {
    return row.variant()
        .published()
        .filter(text -> text.matches("[0-9.]+"))
        .map(text -> OptionalDouble.of(Double.parseDouble(text)))
        .orElse(OptionalDouble.empty());
  }

  /** A bar with its figure behind it; a long bar leaves room for that. */
  private void bar(int x, int y, double share, Color color, String label) {
    int length = length(share);
    ink.setColor(color);
    ink.fillRect(x, y + 6, length, ROW - 16);
    ink.setColor(FAINT);
    ink.drawLine(x, y, x, y + ROW - 2);
    text(label, x + length + 6, y + 19, Font.PLAIN, 12, INK);
  }

  private void interval(int x, int y, double low, double high) {
    ink.setColor(INK);
    int middle = y + 6 + (ROW - 16) / 2;
    ink.drawLine(x + length(low), middle, x + length(high), middle);
  }

  private static int length(double share) {
    return (int) Math.round(share * (PANEL - 170));
  }

  private void text(String text, int x, int y, int style, int size, Color color) {
    ink.setFont(new Font(Font.SANS_SERIF, style, size));
    ink.setColor(color);
    ink.drawString(text, x, y);
  }

  private static HostTensor tensor(BufferedImage image) {
    int width = image.getWidth();
    int height = image.getHeight();
    int[] pixels = image.getRGB(0, 0, width, height, null, 0, width);
    float[] values = new float[3 * pixels.length];
    for (int i = 0; i < pixels.length; i++) {
      for (int channel = 0; channel < 3; channel++) {
        int value = pixels[i] >> (16 - 8 * channel) & 0xff;
        values[channel * pixels.length + i] = value / 127.5f - 1;
      }
    }
    return new HostTensor(new long[] {3, height, width}, values);
  }
}
