package cdrl.studio.models;

import cdrl.model.ModelDescription;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * A model at hand.
 *
 * @param reference what to open it by: the name of a model that ships, or a path
 * @param name what people see
 * @param file where it is; null when it ships with the program
 * @param picture the address of a picture of what it makes; empty when there is none
 * @param card its model card as text; empty when there is none
 * @param facts what reading it told; null before it is read, and when it cannot be
 * @param problem why it cannot be used, as a sentence; empty when it can
 */
public record ModelCard(
    String reference,
    String name,
    @Nullable Path file,
    String picture,
    String card,
    @Nullable Facts facts,
    String problem) {

  /**
   * What reading the whole file told; that it could be read means that it is complete and that all
   * weights are finite.
   *
   * @param description everything but the weights
   * @param bytes the size of the file
   * @param energy trained values of the energy network
   * @param initializer trained values of the initializer
   * @param checksum SHA-256 of the file in hexadecimal
   */
  public record Facts(
      ModelDescription description, long bytes, long energy, long initializer, String checksum) {}

  /** Whether it came with the program, so that it cannot be renamed or removed. */
  public boolean ships() {
    return file == null;
  }

  /** The same model after it was read. */
  ModelCard with(@Nullable Facts read, String complaint) {
    return new ModelCard(reference, name, file, picture, card, read, complaint);
  }
}
