package cdrl.model;

import java.util.Map;

/**
 * What made a model.
 *
 * @param program name and version of the program
 * @param created when, in ISO-8601 UTC
 * @param data one line about the data, with its terms of use
 * @param dataFingerprint SHA-256 of the training data in hexadecimal, or empty when unknown
 * @param iterations training iterations
 * @param seed the seed of the training run
 * @param platform operating system, Java, PyTorch and device
 * @param settings every training setting by its key
 */
public record Provenance(
    String program,
    String created,
    String data,
    String dataFingerprint,
    long iterations,
    long seed,
    String platform,
    Map<String, String> settings) {
  /** Copies the settings, keeping their order. */
  public Provenance {
    settings = java.util.Collections.unmodifiableMap(new java.util.LinkedHashMap<>(settings));
  }
}
