package cdrl.model;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * A residual block of an energy network, with convolutions for images and dense layers for points:
 * leaky ReLU, first layer, plus the noise level, leaky ReLU, second layer times a gain per channel,
 * plus the input (through a layer of its own where the width changes).
 */
record ResidualBlock(
    SpectralWeight first,
    SpectralWeight second,
    SpectralWeight embedding,
    @Nullable SpectralWeight shortcut,
    NDArray gain) {

  /**
   * Registers the weights below the given name.
   *
   * @param kernel the trailing dimensions of layer weights: (3, 3) for images, none for points
   */
  static ResidualBlock register(
      Parameters parameters, String name, long in, long out, long embedding, long... kernel) {
    long[] gainShape = kernel.length == 0 ? new long[] {1, out} : new long[] {1, out, 1, 1};
    NDArray gain = parameters.weight(name + ".gain", WeightSource.Start.ONES, gainShape);
    return new ResidualBlock(
        SpectralWeight.register(parameters, name + ".first", shape(out, in, kernel)),
        SpectralWeight.register(parameters, name + ".second", shape(out, out, kernel)),
        SpectralWeight.register(parameters, name + ".embedding", out, embedding),
        in == out
            ? null
            : SpectralWeight.register(parameters, name + ".shortcut", shape(out, in, kernel)),
        gain);
  }

  static long[] shape(long out, long in, long... kernel) {
    long[] shape = new long[2 + kernel.length];
    shape[0] = out;
    shape[1] = in;
    System.arraycopy(kernel, 0, shape, 2, kernel.length);
    return shape;
  }

  /**
   * The weights of the block at given noise levels, with spectral norms and gain folded in.
   *
   * @param first weight of the first layer
   * @param shift what is added after it: its bias and the noise level
   * @param second weight of the second layer
   * @param secondBias its bias
   * @param shortcut weight of the layer beside them, where the width changes
   * @param shortcutBias its bias
   */
  record Bound(
      NDArray first,
      NDArray shift,
      NDArray second,
      NDArray secondBias,
      @Nullable NDArray shortcut,
      @Nullable NDArray shortcutBias) {

    NDArray apply(NDArray input) {
      NDArray hidden = Layers.linear(Layers.leakyRelu(input), first, null).add(shift);
      NDArray refined = Layers.linear(Layers.leakyRelu(hidden), second, secondBias);
      return refined.add(shortcut == null ? input : Layers.linear(input, shortcut, shortcutBias));
    }
  }

  /**
   * The block at given noise levels.
   *
   * @param level leaky ReLU of the embedding, shaped (n or 1, embedding)
   */
  Bound at(NDManager scope, NDArray level, EnergyModel.Mode mode) {
    NDArray firstWeight = first.normalized(scope, mode);
    // The bias of the first layer and the noise level are added in one go.
    NDArray shift =
        Layers.perChannel(
            Layers.leakyRelu(
                    Layers.dense(
                        level, embedding.normalized(scope, mode), embedding.bias(scope, mode)))
                .add(first.bias(scope, mode)),
            firstWeight);
    // The gain belongs to the outputs of the second layer, so it goes into its weights.
    NDArray scale = mode == EnergyModel.Mode.FROZEN ? own(scope, gain.stopGradient()) : gain;
    NDArray unscaled = second.normalized(scope, mode);
    long[] perOutput = new long[unscaled.getShape().dimension()];
    Arrays.fill(perOutput, 1);
    perOutput[0] = scale.size();
    return new Bound(
        firstWeight,
        shift,
        unscaled.mul(own(scope, scale.reshape(new Shape(perOutput)))),
        own(scope, own(scope, scale.reshape(scale.size())).mul(second.bias(scope, mode))),
        shortcut == null ? null : shortcut.normalized(scope, mode),
        shortcut == null ? null : shortcut.bias(scope, mode));
  }

  private static NDArray own(NDManager scope, NDArray array) {
    array.attach(scope);
    return array;
  }
}
