package cdrl.studio.inpaint;

/** What the pointer does in the picture. */
public enum Tool {
  /** Paints the mask. */
  BRUSH,
  /** Takes paint away. */
  ERASER,
  /** Covers a rectangle. */
  RECTANGLE,
  /** Covers what a line encloses. */
  LASSO,
  /** Moves the frame of what the model sees. */
  FRAME
}
