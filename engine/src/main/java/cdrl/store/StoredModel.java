package cdrl.store;

import cdrl.model.ModelDescription;
import cdrl.runtime.HostTensor;
import java.util.Map;

/**
 * A model as it lies in a file.
 *
 * @param description everything but the weights
 * @param weights by name
 * @param checksum SHA-256 of the file in hexadecimal
 */
public record StoredModel(
    ModelDescription description, Map<String, HostTensor> weights, String checksum) {

  /**
   * The number of trained values of a network.
   *
   * @param network {@code energy} or {@code initializer}
   */
  public long parameters(String network) {
    long count = 0;
    for (Map.Entry<String, HostTensor> weight : weights.entrySet()) {
      String name = weight.getKey();
      // The vectors u and v only estimate spectral norms.
      if (name.startsWith(network + ".") && !name.endsWith(".u") && !name.endsWith(".v")) {
        count += weight.getValue().values().length;
      }
    }
    return count;
  }
}
