package cdrl.store;

import cdrl.model.ModelDescription;
import cdrl.runtime.CdrlException;
import cdrl.runtime.HostTensor;
import java.nio.file.Path;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Everything that is needed to go on with a training run bit for bit.
 *
 * @param description the model
 * @param counters exact numbers and texts by name: iteration, optimizer steps, seeds
 * @param tensors weights, averages and moments by name
 */
public record Checkpoint(
    ModelDescription description, Map<String, String> counters, Map<String, HostTensor> tensors) {
  private static final String FORMAT = "cdrl-checkpoint";
  private static final String COUNTER = "counter.";

  /** Copies the maps, keeping their order. */
  public Checkpoint {
    counters = Collections.unmodifiableMap(new LinkedHashMap<>(counters));
    tensors = Collections.unmodifiableMap(new LinkedHashMap<>(tensors));
  }

  /**
   * A counter.
   *
   * @throws CdrlException when it is not there or no whole number
   */
  public long counter(String name) {
    String text = counters.get(name);
    try {
      if (text != null) {
        return Long.parseLong(text);
      }
    } catch (NumberFormatException e) {
      // said below
    }
    throw new CdrlException(
        "The checkpoint has no number '{0}'; use a checkpoint of this version of the program.",
        Sentences.shown(name));
  }

  /**
   * Reads a checkpoint.
   *
   * @throws CdrlException when the file cannot be read, is damaged, or is no checkpoint
   */
  public static Checkpoint read(Path path) {
    TensorFile file = SafeTensors.read(path);
    ModelDescription description =
        DescriptionMetadata.decode(FORMAT, file.metadata(), path.toString());
    ContentChecksum.verify(file, path.toString());
    Map<String, String> counters = new LinkedHashMap<>();
    file.metadata()
        .forEach(
            (key, value) -> {
              if (key.startsWith(COUNTER)) {
                counters.put(key.substring(COUNTER.length()), value);
              }
            });
    return new Checkpoint(description, counters, file.tensors());
  }

  /**
   * Writes this checkpoint in one step: afterwards the file is complete, or as it was before.
   *
   * @throws CdrlException when a value is not finite or the file cannot be written
   */
  public void write(Path path) {
    Map<String, String> metadata =
        new LinkedHashMap<>(DescriptionMetadata.encode(FORMAT, description));
    counters.forEach((name, value) -> metadata.put(COUNTER + name, value));
    SafeTensors.write(path, ContentChecksum.add(new TensorFile(metadata, tensors)));
  }
}
