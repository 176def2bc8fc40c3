package cdrl.store;

import cdrl.runtime.CdrlException;
import cdrl.runtime.HostTensor;
import cdrl.runtime.Sentence;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Moves the weights of one published network to our names, checking shapes on the way. At the end
 * none may be left over.
 */
final class PublishedWeights {
  private final String source;
  private final Map<String, HostTensor> left;
  private final Map<String, HostTensor> moved = new LinkedHashMap<>();

  PublishedWeights(String source, Map<String, HostTensor> published) {
    this.source = source;
    this.left = new LinkedHashMap<>(published);
  }

  /** A sentence saying that the network is not of the published family, and why. */
  CdrlException wrong(String pattern, Object... arguments) {
    return new CdrlException(
        "The networks in '{0}' are not of the published kind because {1}; only image,"
            + " class-conditional and 2D models can be imported.",
        Sentences.shown(source), new Sentence(pattern, arguments));
  }

  /** Whether there is a weight that has not been moved yet. */
  boolean has(String name) {
    return left.containsKey(name);
  }

  /** The size of a dimension of a weight that has not been moved yet. */
  int size(String name, int dimension) {
    HostTensor tensor = left.get(name);
    if (tensor == null) {
      throw wrong("the weight '{0}' is missing", Sentences.shown(name));
    }
    if (tensor.shape().length <= dimension) {
      throw wrong("the weight '{0}' has too few dimensions", Sentences.shown(name));
    }
    return (int) tensor.shape()[dimension];
  }

  /** Moves a weight that must have the given shape. */
  void move(String from, String to, long... shape) {
    HostTensor tensor = left.remove(from);
    if (tensor == null) {
      throw wrong("the weight '{0}' is missing", Sentences.shown(from));
    }
    if (!Arrays.equals(tensor.shape(), shape)) {
      throw wrong(
          "the weight '{0}' has the shape {1} instead of {2}",
          Sentences.shown(from), Arrays.toString(tensor.shape()), Arrays.toString(shape));
    }
    moved.put(to, tensor);
  }

  /** Moves weight and bias of a layer with the given shape of its weight. */
  void layer(String from, String to, long... shape) {
    move(from + ".weight", to + ".weight", shape);
    move(from + ".bias", to + ".bias", shape[0]);
  }

  /** Moves a layer with spectral normalization. */
  void spectralLayer(String from, String to, long... shape) {
    move(from + ".weight_orig", to + ".weight", shape);
    move(from + ".bias", to + ".bias", shape[0]);
    move(from + ".weight_u", to + ".u", shape[0]);
    move(from + ".weight_v", to + ".v", HostTensor.elements(shape) / shape[0]);
  }

  /** Everything that was moved, by our names. */
  Map<String, HostTensor> finish() {
    if (!left.isEmpty()) {
      throw wrong(
          "the weight '{0}' is not known", Sentences.shown(left.keySet().iterator().next()));
    }
    return moved;
  }
}
