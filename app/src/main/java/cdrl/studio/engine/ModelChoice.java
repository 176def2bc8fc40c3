package cdrl.studio.engine;

import java.net.URL;
import org.jspecify.annotations.Nullable;

/**
 * A model a person can pick.
 *
 * @param reference the name of a shipped model, or the path of a file
 * @param name what people see
 * @param kind what it makes, null when only opening it will tell
 * @param attributed whether its classes are the values of attributes
 * @param picture of what it makes, or null
 * @param checksum SHA-256 of the file in hexadecimal; empty when only opening it will tell
 */
public record ModelChoice(
    String reference,
    String name,
    @Nullable ModelKind kind,
    boolean attributed,
    @Nullable URL picture,
    String checksum) {
  /** A model file. */
  public static ModelChoice ofFile(String reference, String name) {
    return new ModelChoice(reference, name, null, false, null, "");
  }
}
