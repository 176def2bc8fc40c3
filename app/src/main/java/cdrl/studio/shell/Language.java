package cdrl.studio.shell;

import java.util.Locale;

/** Which language a person wants to read. */
public enum Language {
  /** The system's, where there are texts in it; else English. */
  SYSTEM,
  ENGLISH,
  GERMAN;

  /** What to ask the message bundle for. */
  public Locale locale() {
    return switch (this) {
      case SYSTEM -> Locale.getDefault();
      case ENGLISH -> Locale.ENGLISH;
      case GERMAN -> Locale.GERMAN;
    };
  }
}
