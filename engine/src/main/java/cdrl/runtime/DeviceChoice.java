package cdrl.runtime;

import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Which device the user wants to compute on.
 *
 * @param kind automatic, the CPU, or a GPU without any fallback
 * @param index which GPU, from 0; ignored for the others
 */
public record DeviceChoice(Kind kind, int index) {
  private static final Pattern GPU = Pattern.compile("gpu(?::(\\d{1,3}))?");

  /** The kinds of choice. */
  public enum Kind {
    /** A GPU when one can be used, else the CPU. */
    AUTO,
    /** The CPU. */
    CPU,
    /** A GPU, or failure. */
    GPU
  }

  /** A GPU when one can be used, else the CPU. */
  public static final DeviceChoice AUTO = new DeviceChoice(Kind.AUTO, 0);

  /** The CPU. */
  public static final DeviceChoice CPU = new DeviceChoice(Kind.CPU, 0);

  /**
   * Reads {@code auto}, {@code cpu}, {@code gpu} or {@code gpu:N}.
   *
   * @throws CdrlException for anything else
   */
  public static DeviceChoice parse(String text) {
    String word = text.strip().toLowerCase(Locale.ROOT);
    if (word.equals("auto")) {
      return AUTO;
    }
    if (word.equals("cpu")) {
      return CPU;
    }
    Matcher matcher = GPU.matcher(word);
    if (matcher.matches()) {
      return new DeviceChoice(
          Kind.GPU, matcher.group(1) == null ? 0 : Integer.parseInt(matcher.group(1)));
    }
    throw new CdrlException("The device '{0}' is not known; use auto, cpu, gpu or gpu:N.", text);
  }

  @Override
  public String toString() {
    return kind == Kind.GPU ? "gpu:" + index : kind.name().toLowerCase(Locale.ROOT);
  }
}
