package cdrl.studio.widgets;

/**
 * How equal square-ish cells fill a rectangle.
 *
 * @param columns cells per row
 * @param rows how many rows
 * @param cellWidth of one cell
 * @param cellHeight of one cell
 * @param left of the first cell
 * @param top of the first cell
 * @param gap between two cells
 * @param line height of the text under each cell
 */
record GridLayout(
    int columns,
    int rows,
    double cellWidth,
    double cellHeight,
    double left,
    double top,
    double gap,
    double line) {
  /** A layout with fewer empty places may have cells this much smaller than the largest ones. */
  private static final double WORTH_FULL_ROWS = 0.85;

  /** Whole screen pixels per image pixel are worth this much of the size. */
  private static final double WORTH_WHOLE_PIXELS = 0.72;

  /**
   * The layout with the largest cells, preferring full rows.
   *
   * @param count cells, at least 1
   * @param fixed how many columns; 0 for as many as fit best
   * @param pixelsWide the images' width in pixels
   * @param pixelsHigh the images' height in pixels
   * @param width of the rectangle
   * @param height of the rectangle
   * @param line height of the text under each cell
   * @param screenScale screen pixels per unit of length
   * @param crisp whether image pixels should cover whole screen pixels
   */
  static GridLayout fit(
      int count,
      int fixed,
      int pixelsWide,
      int pixelsHigh,
      double width,
      double height,
      double gap,
      double line,
      double screenScale,
      boolean crisp) {
    int bestColumns =
        fixed > 0 ? fixed : bestColumns(count, pixelsWide, pixelsHigh, width, height, gap, line);
    double scale = scale(count, bestColumns, pixelsWide, pixelsHigh, width, height, gap, line);
    double whole = Math.floor(scale * screenScale) / screenScale;
    if (crisp && whole >= WORTH_WHOLE_PIXELS * scale) {
      scale = whole;
    }
    int rows = (count + bestColumns - 1) / bestColumns;
    double cellWidth = Math.max(1, Math.floor(scale * pixelsWide * screenScale) / screenScale);
    double cellHeight = Math.max(1, Math.floor(scale * pixelsHigh * screenScale) / screenScale);
    double usedWidth = bestColumns * cellWidth + (bestColumns - 1) * gap;
    double usedHeight = rows * (cellHeight + line) + (rows - 1) * gap;
    return new GridLayout(
        bestColumns,
        rows,
        cellWidth,
        cellHeight,
        Math.max(0, Math.floor((width - usedWidth) / 2)),
        Math.max(0, Math.floor((height - usedHeight) / 2)),
        gap,
        line);
  }

  private static int bestColumns(
      int count,
      int pixelsWide,
      int pixelsHigh,
      double width,
      double height,
      double gap,
      double line) {
    double best = 0;
    int bestColumns = 1;
    for (int columns = 1; columns <= count; columns++) {
      best =
          Math.max(best, scale(count, columns, pixelsWide, pixelsHigh, width, height, gap, line));
    }
    double bestFit = -1;
    for (int columns = 1; columns <= count; columns++) {
      double scale = scale(count, columns, pixelsWide, pixelsHigh, width, height, gap, line);
      boolean full = count % columns == 0;
      double fit = scale + (full && scale >= WORTH_FULL_ROWS * best ? best : 0);
      if (fit > bestFit) {
        bestFit = fit;
        bestColumns = columns;
      }
    }
    return bestColumns;
  }

  /** The same farther to the right. */
  GridLayout movedRight(double by) {
    return new GridLayout(columns, rows, cellWidth, cellHeight, left + by, top, gap, line);
  }

  private static double scale(
      int count,
      int columns,
      int wide,
      int high,
      double width,
      double height,
      double gap,
      double line) {
    int rows = (count + columns - 1) / columns;
    return Math.min(
        (width - (columns - 1) * gap) / columns / wide,
        ((height - (rows - 1) * gap) / rows - line) / high);
  }

  double x(int index) {
    return left + index % columns * (cellWidth + gap);
  }

  double y(int index) {
    return top + index / columns * (cellHeight + line + gap);
  }

  /** The cell at a place, or −1. */
  int at(double x, double y, int count) {
    for (int index = 0; index < count; index++) {
      double dx = x - x(index);
      double dy = y - y(index);
      if (dx >= 0 && dy >= 0 && dx < cellWidth + gap && dy < cellHeight + line + gap) {
        return index;
      }
    }
    return -1;
  }
}
