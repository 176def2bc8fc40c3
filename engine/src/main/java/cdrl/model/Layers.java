package cdrl.model;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Activation;
import ai.djl.nn.convolutional.Conv2d;
import ai.djl.nn.core.Linear;
import ai.djl.nn.norm.Dropout;
import ai.djl.nn.pooling.Pool;
import org.jspecify.annotations.Nullable;

/** The operations that networks are made of; results belong to the manager of the input. */
final class Layers {
  private static final Shape ONE = new Shape(1, 1);
  private static final Shape TWO = new Shape(2, 2);
  private static final float NEGATIVE_SLOPE = 0.2f;

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

  /** Drops units at random and scales up the others; the engine's own random state decides. */
  static NDArray dropout(NDArray input, double rate) {
    return rate == 0 ? input : Dropout.dropout(input, (float) rate, true).singletonOrThrow();
  }

  /** Halves height and width by averaging. */
  static NDArray halve(NDArray input) {
    return Pool.avgPool2d(input, TWO, TWO, new Shape(0, 0), false, true);
  }
}
