package cdrl.store;

import cdrl.model.ModelDescription;
import cdrl.runtime.CdrlException;
import cdrl.runtime.HostTensor;
import java.nio.file.Path;
import java.util.Map;

/**
 * Model files: safetensors with the weights as tensors and the {@linkplain ModelDescription
 * description} as metadata.
 */
public final class ModelFile {
  private static final String FORMAT = "cdrl-model";

  private ModelFile() {}

  /**
   * Reads a model.
   *
   * @throws CdrlException when the file cannot be read, is damaged, holds NaN or infinite weights,
   *     or is no model
   */
  public static StoredModel read(Path path) {
    return model(SafeTensors.read(path, SafeTensors.NonFinite.REFUSED), path.toString());
  }

  /** Reads a model that lies in memory; {@code source} names it in sentences. */
  static StoredModel read(byte[] bytes, String source) {
    return model(SafeTensors.read(bytes, source, SafeTensors.NonFinite.REFUSED), source);
  }

  private static StoredModel model(SafeTensors.Checked checked, String source) {
    TensorFile file = checked.file();
    if (ContentChecksum.isIn(file)) {
      ContentChecksum.verify(file, source);
    }
    ModelDescription description = DescriptionMetadata.decode(FORMAT, file.metadata(), source);
    return new StoredModel(description, file.tensors(), checked.checksum());
  }

  /**
   * Writes a model in one step: afterwards the file is complete, or as it was before.
   *
   * @param weights by name, in the order in which they are to be stored
   * @return SHA-256 of the file in hexadecimal
   * @throws CdrlException when a weight is not finite or the file cannot be written
   */
  public static String write(
      Path path, ModelDescription description, Map<String, HostTensor> weights) {
    TensorFile file = new TensorFile(DescriptionMetadata.encode(FORMAT, description), weights);
    return SafeTensors.write(path, ContentChecksum.add(file));
  }
}
