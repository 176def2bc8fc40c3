package cdrl.studio.shell;

/** Which theme a person wants. */
public enum ThemeChoice {
  /** The one the desktop uses. */
  SYSTEM,
  /** Dark text on light ground. */
  LIGHT,
  /** Light text on dark ground. */
  DARK
}
