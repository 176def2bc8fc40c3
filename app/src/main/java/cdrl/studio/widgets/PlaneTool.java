package cdrl.studio.widgets;

/** Something to draw with on a plane, in place of moving it. Places are in the plane. */
public interface PlaneTool {
  /**
   * Begins at a place.
   *
   * @param other whether the other mouse button is pressed, for the opposite of what the tool does
   */
  void press(double x, double y, boolean other);

  /** Goes on to a place. */
  void drag(double x, double y);

  /** Ends where it is. */
  void release();

  /** Half the width of what it draws. */
  double radius();

  /** Makes what it draws wider or narrower. */
  void resize(int steps);
}
