package cdrl.model;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import cdrl.runtime.ScriptProgram;

/**
 * Operations that the tensor library offers to programs only. Results belong to the input's owner.
 */
final class Operations {
  private final ScriptProgram program;

  Operations(NDManager manager) {
    program = new ScriptProgram(manager, Operations.class, "Operations", "operations.py");
  }

  /** Group normalization with 32 groups over (n, channels, ...), then scale and shift. */
  NDArray groupNorm(NDArray input, Affine norm) {
    return program.call("group_norm", input, norm.weight(), norm.bias());
  }

  /** Group normalization followed by SiLU. */
  NDArray groupNormSilu(NDArray input, Affine norm) {
    return program.call("group_norm_silu", input, norm.weight(), norm.bias());
  }

  /** x · sigmoid(x). */
  NDArray silu(NDArray input) {
    return program.call("silu", input);
  }

  /** Doubles height and width by repeating. */
  NDArray repeat(NDArray input) {
    return program.call("repeat", input);
  }
}
