package cdrl.model;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Activation;
import ai.djl.nn.convolutional.Conv2d;
import ai.djl.nn.core.Linear;
import ai.djl.nn.norm.Dropout;
import ai.djl.nn.norm.LayerNorm;
import ai.djl.nn.pooling.Pool;
import org.jspecify.annotations.Nullable;

/** The operations that networks are made of; results belong to the manager of the input. */
final class Layers {
  private static final Shape ONE = new Shape(1, 1);
  private static final Shape TWO = new Shape(2, 2);
  private static final float NEGATIVE_SLOPE = 0.2f;
  private static final int GROUPS = 32;
  private static final float EPSILON = 1e-6f;

  private Layers() {}

  /** (n, in) by (out, in) gives (n, out). */
  static NDArray dense(NDArray input, NDArray weight, @Nullable NDArray bias) {
    return Linear.linear(input, weight, bias).singletonOrThrow();
  }

  /** A convolution of stride 1 that keeps the size, for odd square kernels. */
  static NDArray convolution(NDArray input, NDArray weight, @Nullable NDArray bias) {
    long padding = weight.getShape().get(2) / 2;
    return Conv2d.conv2d(input, weight, bias, ONE, new Shape(padding, padding), ONE)
        .singletonOrThrow();
  }

  /** A convolution for images and a dense layer for points, told apart by the weight. */
  static NDArray linear(NDArray input, NDArray weight, @Nullable NDArray bias) {
    return weight.getShape().dimension() == 4
        ? convolution(input, weight, bias)
        : dense(input, weight, bias);
  }

  /** Reshapes (n, channels) to (n, channels, 1, 1) where the weight is that of a convolution. */
  static NDArray perChannel(NDArray values, NDArray weight) {
    Shape shape = values.getShape();
    return weight.getShape().dimension() == 4
        ? values.reshape(shape.get(0), shape.get(1), 1, 1)
        : values;
  }

  static NDArray leakyRelu(NDArray input) {
    return Activation.leakyRelu(input, NEGATIVE_SLOPE);
  }

  static NDArray relu(NDArray input) {
    return Activation.relu(input);
  }

  static NDArray silu(NDArray input) {
    return input.mul(Activation.sigmoid(input));
  }

  /** Drops units at random and scales up the others; the engine's own random state decides. */
  static NDArray dropout(NDArray input, double rate) {
    return rate == 0 ? input : Dropout.dropout(input, (float) rate, true).singletonOrThrow();
  }

  /** Halves height and width by averaging. */
  static NDArray halve(NDArray input) {
    return Pool.avgPool2d(input, TWO, TWO, new Shape(0, 0), false, true);
  }

  /** Doubles height and width by repeating. */
  static NDArray repeat(NDArray input) {
    Shape shape = input.getShape();
    long n = shape.get(0);
    long c = shape.get(1);
    long h = shape.get(2);
    long w = shape.get(3);
    return input.reshape(n, c, h, 1, w, 1).broadcast(n, c, h, 2, w, 2).reshape(n, c, 2 * h, 2 * w);
  }

  /** Group normalization with 32 groups over (n, c, ...), then scale and shift per channel. */
  static NDArray groupNorm(NDArray input, NDArray weight, @Nullable NDArray bias) {
    Shape shape = input.getShape();
    long n = shape.get(0);
    long c = shape.get(1);
    long size = shape.size() / n / GROUPS;
    Shape group = new Shape(size);
    NDArray normalized =
        LayerNorm.layerNorm(
                input.reshape(n, GROUPS, size),
                group,
                input.getManager().ones(group),
                input.getManager().zeros(group),
                EPSILON)
            .singletonOrThrow()
            .reshape(shape);
    long[] channel = new long[shape.dimension()];
    java.util.Arrays.fill(channel, 1);
    channel[1] = c;
    NDArray scaled = normalized.mul(local(input, weight.reshape(channel)));
    return bias == null ? scaled : scaled.add(local(input, bias.reshape(channel)));
  }

  /** Views of weights belong to the manager of the weights; here they end with the input. */
  private static NDArray local(NDArray input, NDArray view) {
    view.attach(input.getManager());
    return view;
  }
}
