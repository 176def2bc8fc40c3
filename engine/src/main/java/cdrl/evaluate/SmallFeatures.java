package cdrl.evaluate;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDArrays;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Activation;
import ai.djl.nn.convolutional.Conv2d;
import cdrl.runtime.Cancellation;
import cdrl.runtime.HostTensor;
import cdrl.runtime.RandomNumbers;
import cdrl.runtime.RandomNumbers.Purpose;
import cdrl.runtime.TensorRuntime;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.IntConsumer;

/**
 * A small convolutional network with fixed random weights: each layer halves the image, and the
 * means and spreads of its activations over the image are the features. Good enough to compare
 * models and checkpoints with each other on the same data, and no more: the numbers have nothing to
 * do with published ones.
 */
public final class SmallFeatures implements ImageFeatures {
  private static final int[] WIDTHS = {16, 32, 48};
  private static final RandomNumbers NUMBERS = new RandomNumbers(0xfea7);
  private static final int IMAGES_PER_CALL = 128;

  private final NDManager manager;
  private final List<NDArray> weights = new ArrayList<>();

  /** Makes the network. Runs on the tensor lane. */
  public SmallFeatures(TensorRuntime runtime) {
    manager = runtime.manager().newSubManager();
    int inputs = 3;
    for (int width : WIDTHS) {
      float[] values = new float[width * inputs * 9];
      NUMBERS.normal(Purpose.WEIGHTS, weights.size(), 0, values);
      float scale = (float) Math.sqrt(2.0 / (inputs * 9));
      for (int i = 0; i < values.length; i++) {
        values[i] *= scale;
      }
      weights.add(new HostTensor(new long[] {width, inputs, 3, 3}, values).toArray(manager));
      inputs = width;
    }
  }

  @Override
  public String name() {
    return "small random network, not comparable with published FID";
  }

  @Override
  public int size() {
    return 2 * Arrays.stream(WIDTHS).sum();
  }

  @Override
  public float[] of(HostTensor images, IntConsumer progress, Cancellation cancellation) {
    float[] features = new float[images.count() * size()];
    int item = images.values().length / Math.max(1, images.count());
    for (int first = 0; first < images.count(); first += IMAGES_PER_CALL) {
      cancellation.throwIfCancelled();
      int count = Math.min(IMAGES_PER_CALL, images.count() - first);
      long[] shape = images.shape().clone();
      shape[0] = count;
      float[] values = Arrays.copyOfRange(images.values(), first * item, (first + count) * item);
      try (NDManager scope = manager.newSubManager()) {
        float[] vectors = vectors(new HostTensor(shape, values).toArray(scope)).toFloatArray();
        System.arraycopy(vectors, 0, features, first * size(), vectors.length);
      }
      progress.accept(first + count);
    }
    return features;
  }

  private NDArray vectors(NDArray images) {
    NDArray x = images.getShape().get(1) == 1 ? images.repeat(1, 3) : images;
    NDList parts = new NDList();
    for (NDArray weight : weights) {
      x =
          Activation.leakyRelu(
              Conv2d.conv2d(x, weight, null, new Shape(2, 2), new Shape(1, 1), new Shape(1, 1))
                  .singletonOrThrow(),
              0.2f);
      NDArray flat = x.reshape(x.getShape().get(0), x.getShape().get(1), -1);
      NDArray mean = flat.mean(new int[] {2});
      parts.add(mean);
      parts.add(flat.square().mean(new int[] {2}).sub(mean.square()).maximum(0).sqrt());
    }
    return NDArrays.concat(parts, 1);
  }

  @Override
  public void close() {
    manager.close();
  }
}
