package cdrl.evaluate;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Activation;
import ai.djl.nn.convolutional.Conv2d;
import ai.djl.nn.pooling.Pool;
import cdrl.runtime.HostTensor;
import cdrl.runtime.RandomNumbers;
import cdrl.runtime.RandomNumbers.Purpose;
import java.util.ArrayList;
import java.util.List;

/**
 * Features of images from a fixed network of random convolutions. They know nothing about what
 * images show, but they see colours, edges and textures, so they tell whether two sets of images
 * from the same model differ. Use it on the tensor lane.
 */
public final class RandomFeatures implements AutoCloseable {
  /** The features of an image. */
  public static final int SIZE = 64;

  private static final int[] WIDTHS = {16, 32, SIZE};
  private static final long SEED = 1;
  private static final Shape ONE = new Shape(1, 1);
  private static final Shape TWO = new Shape(2, 2);

  private final NDManager manager;
  private final List<NDArray> weights = new ArrayList<>();

  /**
   * The network for images with the given number of channels.
   *
   * @param parent owns the memory of the network
   */
  public RandomFeatures(NDManager parent, int channels) {
    manager = parent.newSubManager();
    RandomNumbers numbers = new RandomNumbers(SEED);
    int inputs = channels;
    for (int layer = 0; layer < WIDTHS.length; layer++) {
      float[] values = new float[WIDTHS[layer] * inputs * 9];
      numbers.normal(Purpose.WEIGHTS, layer, 0, values);
      double scale = Math.sqrt(2.0 / (inputs * 9));
      for (int i = 0; i < values.length; i++) {
        values[i] *= (float) scale;
      }
      weights.add(
          new HostTensor(new long[] {WIDTHS[layer], inputs, 3, 3}, values).toArray(manager));
      inputs = WIDTHS[layer];
    }
  }

  /**
   * The features of images, one vector of {@link #SIZE} behind the other.
   *
   * @param images shaped (n, channels, height, width), at least 8 × 8 pixels
   */
  public float[] of(HostTensor images) {
    try (NDManager scope = manager.newSubManager()) {
      NDArray x = images.toArray(scope);
      for (int layer = 0; layer < WIDTHS.length; layer++) {
        if (layer > 0) {
          x = Pool.avgPool2d(x, TWO, TWO, new Shape(0, 0), false, true);
        }
        x =
            Activation.leakyRelu(
                Conv2d.conv2d(x, weights.get(layer), null, ONE, ONE, ONE).singletonOrThrow(), 0.2f);
      }
      return x.reshape(images.count(), SIZE, -1).mean(new int[] {2}).toFloatArray();
    }
  }

  /** Frees the network. */
  @Override
  public void close() {
    manager.close();
  }
}
