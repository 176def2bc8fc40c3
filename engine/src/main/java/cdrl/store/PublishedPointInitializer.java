package cdrl.store;

import cdrl.runtime.HostTensor;
import java.util.Map;

/**
 * A published initializer for points in the plane, recognized from the shapes of its weights.
 *
 * @param width the width of its residual block
 * @param embedding the width of its noise-level embedding
 * @param weights by our names
 */
record PublishedPointInitializer(int width, int embedding, Map<String, HostTensor> weights) {

  /** Recognizes a network; {@code source} names the file in sentences. */
  static PublishedPointInitializer recognize(Map<String, HostTensor> published, String source) {
    PublishedWeights weights = new PublishedWeights(source, published);
    int width = weights.size("h1.weight", 0);
    int embedding = weights.size("temb_map.0.weight", 1);
    weights.layer("h1", "initializer.stem", width, 2);
    weights.layer("temb_map.0", "initializer.embedding.0", embedding, embedding);
    weights.layer("temb_map.2", "initializer.embedding.1", embedding, embedding);
    String from = "module_list.0";
    String to = "initializer.block";
    weights.layer(from + ".norm1", to + ".norm1", width);
    weights.layer(from + ".conv1", to + ".dense1", width, width);
    weights.layer(from + ".norm2", to + ".norm2", width);
    weights.layer(from + ".conv2", to + ".dense2", width, width);
    weights.layer(from + ".mlp.1", to + ".embedding", 2L * width, embedding);
    weights.move("final_dense.weight", "initializer.output.weight", 2, width);
    return new PublishedPointInitializer(width, embedding, weights.finish());
  }
}
