package cdrl.studio.resources;

import java.text.MessageFormat;
import java.util.Locale;
import java.util.ResourceBundle;
import java.util.function.Supplier;

/** All texts of the window, from one message bundle. */
public final class Messages {
  private final ResourceBundle bundle;
  private final Locale locale;

  /**
   * Loads the texts for a language; English where there is no translation.
   *
   * @param locale the language of the texts, and how numbers in them are written
   */
  public Messages(Locale locale) {
    this.bundle =
        ResourceBundle.getBundle(
            "cdrl.studio.resources.messages",
            locale,
            ResourceBundle.Control.getNoFallbackControl(ResourceBundle.Control.FORMAT_PROPERTIES));
    // Numbers follow the language of the texts, so that one sentence never mixes two conventions.
    this.locale = bundle.getLocale().equals(Locale.ROOT) ? Locale.ENGLISH : bundle.getLocale();
  }

  /** How numbers are written. */
  public Locale locale() {
    return locale;
  }

  /**
   * A text as it is.
   *
   * @throws java.util.MissingResourceException when the bundle lacks the key
   */
  public String text(String key) {
    return bundle.getString(key);
  }

  /**
   * A text with its placeholders {0}, {1} … filled in, by the rules of {@link MessageFormat}.
   *
   * @throws java.util.MissingResourceException when the bundle lacks the key
   */
  public String text(String key, Object... arguments) {
    return new MessageFormat(bundle.getString(key), locale).format(arguments);
  }

  /** Whether there is a text. */
  public boolean has(String key) {
    return bundle.containsKey(key);
  }

  /** A text, or another one where the bundle lacks the key. */
  public String textOr(String key, Supplier<String> other) {
    return bundle.containsKey(key) ? bundle.getString(key) : other.get();
  }

  /** A number with a fixed number of decimals, its thousands set apart. */
  public String grouped(double value, int decimals) {
    return formatted("%,.", value, decimals);
  }

  /** A measured number with four significant digits. */
  public String figures(double value) {
    double size = Math.abs(value);
    if (size >= 1e7 || size > 0 && size < 1e-4 || !Double.isFinite(value)) {
      return compact(value);
    }
    int power = size == 0 ? 0 : (int) Math.floor(Math.log10(size));
    return grouped(value, Math.max(0, Math.min(7, 3 - power)));
  }

  /** A number with a fixed number of decimals and a real minus sign. */
  public String number(double value, int decimals) {
    return formatted("%.", value, decimals);
  }

  private String formatted(String format, double value, int decimals) {
    String digits = String.format(locale, format + decimals + "f", Math.abs(value));
    boolean zero = digits.chars().allMatch(c -> c == '0' || !Character.isDigit(c));
    return value < 0 && !zero ? "−" + digits : digits;
  }

  /**
   * A number with a few significant digits, written with a power of ten when it is tiny or huge.
   */
  public String compact(double value) {
    double size = Math.abs(value);
    if (size == 0 || (size >= 0.001 && size < 10_000)) {
      int decimals =
          size >= 100 || size == 0 ? 0 : size >= 10 ? 1 : size >= 1 ? 2 : size >= 0.1 ? 3 : 4;
      return number(value, decimals);
    }
    if (!Double.isFinite(value)) {
      return Double.isNaN(value) ? "–" : value > 0 ? "∞" : "−∞";
    }
    int exponent = (int) Math.floor(Math.log10(size));
    return number(value / Math.pow(10, exponent), 1) + " · 10" + superscript(exponent);
  }

  private static String superscript(int exponent) {
    StringBuilder text = new StringBuilder(exponent < 0 ? "⁻" : "");
    for (char digit : Integer.toString(Math.abs(exponent)).toCharArray()) {
      text.append("⁰¹²³⁴⁵⁶⁷⁸⁹".charAt(digit - '0'));
    }
    return text.toString();
  }

  /** A length of time that may be days, such as 2 h 05 min. */
  public String time(double seconds) {
    long minutes = Math.round(seconds / 60);
    if (minutes < 60) {
      return duration(seconds);
    }
    long hours = minutes / 60;
    return hours < 48
        ? text(
            "duration.hours",
            Long.toString(hours),
            String.format(Locale.ROOT, "%02d", minutes % 60))
        : text("duration.days", Long.toString(hours / 24), Long.toString(hours % 24));
  }

  /** A length of time, such as 0.8 s, 12 s or 3 min 05 s. */
  public String duration(double seconds) {
    if (seconds < 10) {
      return text("duration.seconds", number(seconds, 1));
    }
    long whole = Math.round(seconds);
    if (whole < 60) {
      return text("duration.seconds", Long.toString(whole));
    }
    return text(
        "duration.minutes",
        Long.toString(whole / 60),
        String.format(Locale.ROOT, "%02d", whole % 60));
  }
}
