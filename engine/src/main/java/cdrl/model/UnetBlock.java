package cdrl.model;

import ai.djl.ndarray.NDArray;
import org.jspecify.annotations.Nullable;

/**
 * A residual block of the U-Net: group norm, SiLU, (resampling), convolution, group norm scaled and
 * shifted by the noise level, SiLU, dropout, convolution, plus the (resampled) input.
 */
record UnetBlock(
    Affine norm1,
    Affine convolution1,
    Affine norm2,
    Affine convolution2,
    Affine embedding,
    @Nullable Affine shortcut,
    Resample resample,
    Operations operations) {

  /** What happens to the resolution inside the block. */
  enum Resample {
    KEEP,
    HALVE,
    DOUBLE;

    NDArray apply(NDArray input, Operations operations) {
      return switch (this) {
        case KEEP -> input;
        case HALVE -> Layers.halve(input);
        case DOUBLE -> operations.repeat(input);
      };
    }
  }

  static UnetBlock register(
      Parameters parameters, String name, long in, long out, long embedding, Resample resample) {
    return new UnetBlock(
        Affine.norm(parameters, name + ".norm1", in),
        Affine.convolution(parameters, name + ".convolution1", in, out, 3),
        Affine.norm(parameters, name + ".norm2", out),
        Affine.silent(parameters, name + ".convolution2", out, out, 3, 3),
        Affine.dense(parameters, name + ".embedding", embedding, 2 * out),
        in == out ? null : Affine.convolution(parameters, name + ".shortcut", in, out, 1),
        resample,
        parameters.operations());
  }

  /** What the block is called in the plan of the program. */
  int code() {
    return 2 + 2 * resample.ordinal() + (shortcut == null ? 0 : 1);
  }

  /**
   * Applies the block.
   *
   * @param level SiLU of the embedding, shaped (n or 1, embedding)
   */
  NDArray apply(NDArray input, NDArray level, double dropout) {
    NDArray hidden = operations.groupNormSilu(input, norm1);
    hidden = convolution1.convolve(resample.apply(hidden, operations));
    NDArray straight = resample.apply(input, operations);
    NDArray modulation = Layers.perChannel(embedding.dense(level), convolution1.weight());
    long channels = hidden.getShape().get(1);
    NDArray scale = modulation.get(":, :{}", channels);
    NDArray shift = modulation.get(":, {}:", channels);
    hidden = operations.groupNorm(hidden, norm2).mul(scale.add(1)).add(shift);
    hidden = convolution2.convolve(Layers.dropout(operations.silu(hidden), dropout));
    return hidden.add(shortcut == null ? straight : shortcut.convolve(straight));
  }
}
