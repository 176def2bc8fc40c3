package cdrl.model;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
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
 * @param origins the model whose weights training started from, before it the model that that one
 *     started from, and so on; empty for random weights
 */
public record Provenance(
    String program,
    String created,
    String data,
    String dataFingerprint,
    long iterations,
    long seed,
    String platform,
    Map<String, String> settings,
    List<Origin> origins) {

  /**
   * A model that another one started from.
   *
   * @param name what it calls itself
   * @param checksum SHA-256 of its file in hexadecimal
   * @param provenance what made it, without its own origins
   */
  public record Origin(String name, String checksum, Provenance provenance) {}

  /** Copies settings, keeping their order, and origins. */
  public Provenance {
    settings = Collections.unmodifiableMap(new LinkedHashMap<>(settings));
    origins = List.copyOf(origins);
  }

  /** A model that started from random weights. */
  public Provenance(
      String program,
      String created,
      String data,
      String dataFingerprint,
      long iterations,
      long seed,
      String platform,
      Map<String, String> settings) {
    this(program, created, data, dataFingerprint, iterations, seed, platform, settings, List.of());
  }

  /** The iterations of the run and of those that the models it started from were made by. */
  public long allIterations() {
    long all = iterations;
    for (Origin origin : origins) {
      all += origin.provenance().iterations();
    }
    return all;
  }

  /** The same for a run that started from another model. */
  public Provenance startedFrom(String name, String checksum, Provenance start) {
    List<Origin> all = new ArrayList<>();
    all.add(
        new Origin(name, checksum, start.with(start.settings(), List.of(), start.iterations())));
    all.addAll(start.origins());
    return with(settings, all, iterations);
  }

  /** The same after more iterations, which may have been made with other settings. */
  public Provenance after(long made, Map<String, String> used) {
    return with(used, origins, made);
  }

  private Provenance with(Map<String, String> used, List<Origin> from, long made) {
    return new Provenance(
        program, created, data, dataFingerprint, made, seed, platform, used, from);
  }
}
