package cdrl.studio.inpaint;

/**
 * Which part of a square picture is seen.
 *
 * @param scale screen pixels per pixel of the picture
 * @param left where the picture's left edge is on the screen
 * @param top where the picture's upper edge is on the screen
 */
public record EditorViewport(double scale, double left, double top) {
  private static final double MOST_SCALE = 160;
  private static final double MARGIN = 12;

  /** The whole picture, in the middle, with whole screen pixels per pixel where that fits. */
  static EditorViewport fit(int resolution, double width, double height, double screenScale) {
    double room = Math.max(1, Math.min(width, height) - 2 * MARGIN) / resolution;
    double whole = Math.floor(room * screenScale) / screenScale;
    double scale = whole > 0 ? whole : room;
    return new EditorViewport(
        scale,
        Math.round((width - scale * resolution) / 2),
        Math.round((height - scale * resolution) / 2));
  }

  /** Makes everything larger around a point of the screen that stays where it is. */
  EditorViewport zoom(
      double factor, double x, double y, int resolution, double width, double height) {
    double least = 0.5 * fit(resolution, width, height, 1).scale();
    double wanted = Math.max(least, Math.min(MOST_SCALE, scale * factor));
    double share = wanted / scale;
    return new EditorViewport(wanted, x - (x - left) * share, y - (y - top) * share)
        .within(resolution, width, height);
  }

  EditorViewport move(double dx, double dy, int resolution, double width, double height) {
    return new EditorViewport(scale, left + dx, top + dy).within(resolution, width, height);
  }

  /** Some of the picture always stays in sight. */
  private EditorViewport within(int resolution, double width, double height) {
    double size = scale * resolution;
    double keepX = Math.min(size, width) / 2;
    double keepY = Math.min(size, height) / 2;
    return new EditorViewport(
        scale,
        Math.max(keepX - size, Math.min(width - keepX, left)),
        Math.max(keepY - size, Math.min(height - keepY, top)));
  }

  Place toPicture(double x, double y) {
    return new Place((x - left) / scale, (y - top) / scale);
  }

  double toScreenX(double x) {
    return left + x * scale;
  }

  double toScreenY(double y) {
    return top + y * scale;
  }
}
