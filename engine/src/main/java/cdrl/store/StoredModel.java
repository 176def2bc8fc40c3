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
    ModelDescription description, Map<String, HostTensor> weights, String checksum) {}
