package cdrl.studio.engine;

import cdrl.model.ModelDescription;
import cdrl.schedule.NoiseSchedule;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** A model whose file was read and checked; its networks stay with the engine. */
public final class LoadedModel {
  private final String reference;
  private final ModelDescription description;
  private final String checksum;
  private final NoiseSchedule schedule;

  /**
   * @param reference the name of a shipped model, or the path of a file
   * @param description everything but the weights
   * @param checksum SHA-256 of the file in hexadecimal
   */
  public LoadedModel(String reference, ModelDescription description, String checksum) {
    this.reference = reference;
    this.description = description;
    this.checksum = checksum;
    this.schedule = new NoiseSchedule(description.schedule());
  }

  /** The name of a shipped model, or the path of a file. */
  public String reference() {
    return reference;
  }

  /** Everything but the weights. */
  public ModelDescription description() {
    return description;
  }

  /** SHA-256 of the file in hexadecimal. */
  public String checksum() {
    return checksum;
  }

  /** The noise levels. */
  public NoiseSchedule schedule() {
    return schedule;
  }

  /** What the model makes. */
  public ModelKind kind() {
    return ModelKind.of(description.spec());
  }

  /** The number of values of one item. */
  public long itemSize() {
    long size = 1;
    for (long side : description.spec().itemShape()) {
      size *= side;
    }
    return size;
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof LoadedModel that
        && reference.equals(that.reference)
        && checksum.equals(that.checksum);
  }

  @Override
  public int hashCode() {
    return Objects.hash(reference, checksum);
  }

  @Override
  public String toString() {
    return description.name();
  }
}
