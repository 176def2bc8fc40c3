package cdrl.training;

import cdrl.runtime.CdrlException;
import cdrl.runtime.HostTensor;
import java.util.Arrays;
import java.util.Map;

/** Reads single tensors of a saved training state. */
final class State {
  private State() {}

  /** A tensor that must be there and be shaped as given. */
  static HostTensor require(Map<String, HostTensor> tensors, String name, long[] shape) {
    HostTensor tensor = tensors.get(name);
    if (tensor == null || !Arrays.equals(tensor.shape(), shape)) {
      throw new CdrlException(
          "The checkpoint does not fit the configuration: it lacks '{0}' of shape {1}; restore the"
              + " configuration it was written with.",
          name, Arrays.toString(shape));
    }
    return tensor;
  }
}
