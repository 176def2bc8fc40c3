package cdrl.data;

/**
 * A file that was left out of a data set.
 *
 * @param name the file, relative to the data set's folder
 * @param reason why, in a few words
 */
public record Skipped(String name, String reason) {
  /** For sentences. */
  String text() {
    return name + " (" + reason + ")";
  }
}
