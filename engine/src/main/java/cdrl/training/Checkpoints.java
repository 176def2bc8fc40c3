package cdrl.training;

import cdrl.runtime.CdrlException;
import cdrl.runtime.HostTensor;
import java.util.Map;

/** Reads single tensors of a checkpoint. */
final class Checkpoints {
  private Checkpoints() {}

  static HostTensor require(Map<String, HostTensor> tensors, String name) {
    HostTensor tensor = tensors.get(name);
    if (tensor == null) {
      throw new CdrlException("The checkpoint lacks '" + name + "'; choose another checkpoint.");
    }
    return tensor;
  }
}
