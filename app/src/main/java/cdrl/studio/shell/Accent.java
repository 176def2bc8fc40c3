package cdrl.studio.shell;

/**
 * The colour of what is chosen, of what has the keyboard, and of the button that starts something.
 */
public enum Accent {
  /** The theme's own. */
  BLUE,
  PURPLE,
  PINK,
  ORANGE,
  GREEN
}
