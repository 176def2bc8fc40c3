package cdrl.studio.inpaint;

import cdrl.data.Crop;

/**
 * A square frame inside a picture, on whole pixels.
 *
 * @param width of the picture
 * @param height of the picture
 * @param crop the frame
 */
record FrameGeometry(int width, int height, Crop crop) {
  private static final double LEAST_SIDE = 8;

  boolean contains(double x, double y) {
    return x >= crop.x()
        && y >= crop.y()
        && x < crop.x() + crop.width()
        && y < crop.y() + crop.width();
  }

  FrameGeometry moved(double dx, double dy) {
    return at(crop.x() + dx, crop.y() + dy, crop.width());
  }

  /** Larger or smaller around its middle, by at least one pixel. */
  FrameGeometry scaled(double factor) {
    double side = side(crop.width() * factor);
    if (side == crop.width()) {
      side = side(side + (factor > 1 ? 1 : -1));
    }
    double shift = (crop.width() - side) / 2;
    return at(crop.x() + shift, crop.y() + shift, side);
  }

  /** Larger or smaller around a point that stays where it is in the frame. */
  FrameGeometry scaled(double factor, double x, double y) {
    double side = side(crop.width() * factor);
    double share = side / crop.width();
    return at(x - (x - crop.x()) * share, y - (y - crop.y()) * share, side);
  }

  /**
   * With one corner dragged to a place while the opposite one stays.
   *
   * @param corner 0 to 3, row by row
   */
  FrameGeometry dragged(int corner, double x, double y) {
    boolean atRight = corner % 2 == 1;
    boolean atBottom = corner / 2 == 1;
    double fixedX = atRight ? crop.x() : crop.x() + crop.width();
    double fixedY = atBottom ? crop.y() : crop.y() + crop.width();
    double wanted = Math.max(atRight ? x - fixedX : fixedX - x, atBottom ? y - fixedY : fixedY - y);
    double room = Math.min(atRight ? width - fixedX : fixedX, atBottom ? height - fixedY : fixedY);
    double side = Math.min(side(wanted), room);
    return at(atRight ? fixedX : fixedX - side, atBottom ? fixedY : fixedY - side, side);
  }

  private double side(double wanted) {
    double most = Math.min(width, height);
    return Math.max(Math.min(LEAST_SIDE, most), Math.min(most, Math.round(wanted)));
  }

  private FrameGeometry at(double x, double y, double side) {
    return new FrameGeometry(
        width,
        height,
        new Crop(
            Math.max(0, Math.min(width - side, Math.round(x))),
            Math.max(0, Math.min(height - side, Math.round(y))),
            side,
            side));
  }
}
