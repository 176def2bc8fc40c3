package cdrl.store;

import cdrl.runtime.HostTensor;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The content of a safetensors file. Both maps keep their order.
 *
 * @param metadata free text by name
 * @param tensors by name
 */
public record TensorFile(Map<String, String> metadata, Map<String, HostTensor> tensors) {
  /** Copies the maps. */
  public TensorFile {
    metadata = Collections.unmodifiableMap(new LinkedHashMap<>(metadata));
    tensors = Collections.unmodifiableMap(new LinkedHashMap<>(tensors));
  }
}
