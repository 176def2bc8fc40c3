package cdrl.evaluate;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDArrays;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Activation;
import ai.djl.nn.convolutional.Conv2d;
import ai.djl.nn.pooling.Pool;
import cdrl.runtime.Cancellation;
import cdrl.runtime.CdrlException;
import cdrl.runtime.HostTensor;
import cdrl.runtime.Sentence;
import cdrl.runtime.TensorRuntime;
import cdrl.store.NamedWeights;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.IntConsumer;

/**
 * The Inception network that published FID figures are computed with: Inception v3 up to the 2048
 * averages before its classifier, with weights that a user brings along. Three things differ from
 * the textbook's network: averages over 3×3 pixels leave out those beyond the edge, the last block
 * takes the largest of them instead, and images of any size are brought to 299×299 pixels without
 * smoothing.
 */
public final class InceptionFeatures implements ImageFeatures {
  /** Where the weights come from, for people. */
  public static final String ORIGIN =
      "pt_inception-2015-12-05-6726825d.pth from the releases of github.com/mseitzer/pytorch-fid";

  private static final int FEATURES = 2048;
  private static final int SIDE = 299;
  private static final int CLASSES = 1008;
  private static final int IMAGES_PER_CALL = 16;
  private static final double EPSILON = 0.001;
  private static final Shape ONE = new Shape(1, 1);
  private static final Shape TWO = new Shape(2, 2);
  private static final Shape THREE = new Shape(3, 3);
  private static final Shape NONE = new Shape(0, 0);

  private final NDManager manager;
  private final String source;
  private final Map<String, HostTensor> rest;
  private final Map<String, Unit> units = new LinkedHashMap<>();
  private final String name;

  /** A convolution with its normalization worked in; ReLU follows. */
  private record Unit(NDArray weight, NDArray bias, Shape stride, Shape padding) {
    NDArray apply(NDArray x) {
      return Activation.relu(
          Conv2d.conv2d(x, weight, bias, stride, padding, ONE).singletonOrThrow());
    }
  }

  /**
   * Takes the weights. Runs on the tensor lane.
   *
   * @throws CdrlException when they are not those of this network: a name or shape is different
   */
  public InceptionFeatures(NamedWeights weights, TensorRuntime runtime) {
    source = weights.source();
    rest = new LinkedHashMap<>(weights.tensors());
    name = "Inception v3 with the weights of SHA-256 " + weights.checksum();
    manager = runtime.manager().newSubManager();
    try {
      register();
      checkRest();
    } catch (RuntimeException e) {
      manager.close();
      throw e;
    }
  }

  private void register() {
    unit("Conv2d_1a_3x3", 3, 32, 3, 3, TWO, NONE);
    unit("Conv2d_2a_3x3", 32, 32, 3, 3, ONE, NONE);
    same("Conv2d_2b_3x3", 32, 64, 3, 3);
    same("Conv2d_3b_1x1", 64, 80, 1, 1);
    unit("Conv2d_4a_3x3", 80, 192, 3, 3, ONE, NONE);
    registerFine("Mixed_5b", 192, 32);
    registerFine("Mixed_5c", 256, 64);
    registerFine("Mixed_5d", 288, 64);
    unit("Mixed_6a.branch3x3", 288, 384, 3, 3, TWO, NONE);
    same("Mixed_6a.branch3x3dbl_1", 288, 64, 1, 1);
    same("Mixed_6a.branch3x3dbl_2", 64, 96, 3, 3);
    unit("Mixed_6a.branch3x3dbl_3", 96, 96, 3, 3, TWO, NONE);
    registerMiddle("Mixed_6b", 128);
    registerMiddle("Mixed_6c", 160);
    registerMiddle("Mixed_6d", 160);
    registerMiddle("Mixed_6e", 192);
    same("Mixed_7a.branch3x3_1", 768, 192, 1, 1);
    unit("Mixed_7a.branch3x3_2", 192, 320, 3, 3, TWO, NONE);
    same("Mixed_7a.branch7x7x3_1", 768, 192, 1, 1);
    same("Mixed_7a.branch7x7x3_2", 192, 192, 1, 7);
    same("Mixed_7a.branch7x7x3_3", 192, 192, 7, 1);
    unit("Mixed_7a.branch7x7x3_4", 192, 192, 3, 3, TWO, NONE);
    registerCoarse("Mixed_7b", 1280);
    registerCoarse("Mixed_7c", 2048);
  }

  private void registerFine(String block, int in, int pooled) {
    same(block + ".branch1x1", in, 64, 1, 1);
    same(block + ".branch5x5_1", in, 48, 1, 1);
    same(block + ".branch5x5_2", 48, 64, 5, 5);
    same(block + ".branch3x3dbl_1", in, 64, 1, 1);
    same(block + ".branch3x3dbl_2", 64, 96, 3, 3);
    same(block + ".branch3x3dbl_3", 96, 96, 3, 3);
    same(block + ".branch_pool", in, pooled, 1, 1);
  }

  private void registerMiddle(String block, int width) {
    same(block + ".branch1x1", 768, 192, 1, 1);
    same(block + ".branch7x7_1", 768, width, 1, 1);
    same(block + ".branch7x7_2", width, width, 1, 7);
    same(block + ".branch7x7_3", width, 192, 7, 1);
    same(block + ".branch7x7dbl_1", 768, width, 1, 1);
    same(block + ".branch7x7dbl_2", width, width, 7, 1);
    same(block + ".branch7x7dbl_3", width, width, 1, 7);
    same(block + ".branch7x7dbl_4", width, width, 7, 1);
    same(block + ".branch7x7dbl_5", width, 192, 1, 7);
    same(block + ".branch_pool", 768, 192, 1, 1);
  }

  private void registerCoarse(String block, int in) {
    same(block + ".branch1x1", in, 320, 1, 1);
    same(block + ".branch3x3_1", in, 384, 1, 1);
    same(block + ".branch3x3_2a", 384, 384, 1, 3);
    same(block + ".branch3x3_2b", 384, 384, 3, 1);
    same(block + ".branch3x3dbl_1", in, 448, 1, 1);
    same(block + ".branch3x3dbl_2", 448, 384, 3, 3);
    same(block + ".branch3x3dbl_3a", 384, 384, 1, 3);
    same(block + ".branch3x3dbl_3b", 384, 384, 3, 1);
    same(block + ".branch_pool", in, 192, 1, 1);
  }

  /** A convolution that keeps the size. */
  private void same(String unit, int in, int out, int height, int width) {
    unit(unit, in, out, height, width, ONE, new Shape(height / 2, width / 2));
  }

  private void unit(
      String unit, int in, int out, int height, int width, Shape stride, Shape padding) {
    HostTensor weight = take(unit + ".conv.weight", out, in, height, width);
    float[] scale = take(unit + ".bn.weight", out).values();
    float[] shift = take(unit + ".bn.bias", out).values();
    float[] mean = take(unit + ".bn.running_mean", out).values();
    float[] variance = take(unit + ".bn.running_var", out).values();
    rest.remove(unit + ".bn.num_batches_tracked");
    float[] values = weight.values().clone();
    float[] bias = new float[out];
    int size = values.length / out;
    for (int channel = 0; channel < out; channel++) {
      double factor = scale[channel] / Math.sqrt(variance[channel] + EPSILON);
      for (int i = channel * size; i < (channel + 1) * size; i++) {
        values[i] = (float) (values[i] * factor);
      }
      bias[channel] = (float) (shift[channel] - mean[channel] * factor);
    }
    units.put(
        unit,
        new Unit(
            new HostTensor(weight.shape(), values).toArray(manager),
            new HostTensor(new long[] {out}, bias).toArray(manager),
            stride,
            padding));
  }

  private HostTensor take(String weight, long... shape) {
    HostTensor tensor = rest.remove(weight);
    if (tensor == null) {
      throw wrong("it lacks the weight '{0}'", weight);
    }
    if (!Arrays.equals(tensor.shape(), shape)) {
      throw wrong(
          "its weight '{0}' has the shape {1} instead of {2}",
          weight, Arrays.toString(tensor.shape()), Arrays.toString(shape));
    }
    return tensor;
  }

  /** The classifier may be there, though it is not used; its size tells which network this is. */
  private void checkRest() {
    if (rest.keySet().stream().anyMatch(weight -> weight.startsWith("AuxLogits."))) {
      throw wrong("its weights are those of a classifier of 1000 classes, not of FID");
    }
    if (rest.containsKey("fc.weight")) {
      take("fc.weight", CLASSES, FEATURES);
    }
    if (rest.containsKey("fc.bias")) {
      take("fc.bias", CLASSES);
    }
    if (!rest.isEmpty()) {
      throw wrong("it has a weight '{0}' that is unknown", rest.keySet().iterator().next());
    }
  }

  private CdrlException wrong(String pattern, Object... arguments) {
    return new CdrlException(
        "The file '{0}' is not the Inception network of FID because {1}; use {2}.",
        source, new Sentence(pattern, arguments), ORIGIN);
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public int size() {
    return FEATURES;
  }

  @Override
  public float[] of(HostTensor images, IntConsumer progress, Cancellation cancellation) {
    float[] features = new float[images.count() * FEATURES];
    int item = images.values().length / Math.max(1, images.count());
    for (int first = 0; first < images.count(); first += IMAGES_PER_CALL) {
      cancellation.throwIfCancelled();
      int count = Math.min(IMAGES_PER_CALL, images.count() - first);
      long[] shape = images.shape().clone();
      shape[0] = count;
      float[] values = Arrays.copyOfRange(images.values(), first * item, (first + count) * item);
      try (NDManager scope = manager.newSubManager()) {
        NDArray x = resized(new HostTensor(shape, asSaved(values)).toArray(scope), SIDE);
        float[] vectors = features(x).toFloatArray();
        System.arraycopy(vectors, 0, features, first * FEATURES, vectors.length);
      }
      progress.accept(first + count);
    }
    return features;
  }

  /** Published figures are made of pictures with 8 bits per colour, so others are rounded. */
  private static float[] asSaved(float... values) {
    for (int i = 0; i < values.length; i++) {
      float clamped = Math.max(-1, Math.min(1, values[i]));
      values[i] = Math.round((clamped + 1) * 127.5f) / 127.5f - 1;
    }
    return values;
  }

  /**
   * Brings images to another size by linear interpolation between the centres of pixels, along one
   * axis after the other.
   *
   * @param images (n, 1 or 3 channels, height, width)
   * @return (n, 3, side, side)
   */
  static NDArray resized(NDArray images, int side) {
    Shape shape = images.getShape();
    NDManager scope = images.getManager();
    NDArray x = shape.get(1) == 1 ? images.repeat(1, 3) : images;
    NDArray rows = interpolation(side, (int) shape.get(2)).toArray(scope);
    NDArray columns = interpolation(side, (int) shape.get(3)).toArray(scope);
    return rows.matMul(x).matMul(columns.transpose());
  }

  /** The matrix, shaped (to, from), that makes {@code to} values of {@code from}. */
  private static HostTensor interpolation(int to, int from) {
    float[] values = new float[to * from];
    for (int i = 0; i < to; i++) {
      double place = Math.max(0, (i + 0.5) * from / to - 0.5);
      int lower = Math.min(from - 1, (int) place);
      int upper = Math.min(from - 1, lower + 1);
      values[i * from + lower] += (float) (1 - (place - lower));
      values[i * from + upper] += (float) (place - lower);
    }
    return new HostTensor(new long[] {to, from}, values);
  }

  /**
   * The network without the resizing.
   *
   * @param images (n, 3, height, width) in [−1, 1], at least 75×75 pixels
   * @return (n, 2048)
   */
  NDArray features(NDArray images) {
    NDArray x = chain(images, "Conv2d_1a_3x3", "Conv2d_2a_3x3", "Conv2d_2b_3x3");
    x = chain(halved(x), "Conv2d_3b_1x1", "Conv2d_4a_3x3");
    x = halved(x);
    x = fine(fine(fine(x, "Mixed_5b"), "Mixed_5c"), "Mixed_5d");
    x = join(chain(x, "Mixed_6a.branch3x3"), numbered(x, "Mixed_6a.branch3x3dbl_", 3), halved(x));
    for (String block : new String[] {"Mixed_6b", "Mixed_6c", "Mixed_6d", "Mixed_6e"}) {
      x = middle(x, block);
    }
    x =
        join(
            numbered(x, "Mixed_7a.branch3x3_", 2),
            numbered(x, "Mixed_7a.branch7x7x3_", 4),
            halved(x));
    x = coarse(x, "Mixed_7b", averaged(x));
    x = coarse(x, "Mixed_7c", Pool.maxPool2d(x, THREE, ONE, ONE, false));
    return x.reshape(x.getShape().get(0), FEATURES, -1).mean(new int[] {2});
  }

  private NDArray fine(NDArray x, String block) {
    return join(
        chain(x, block + ".branch1x1"),
        numbered(x, block + ".branch5x5_", 2),
        numbered(x, block + ".branch3x3dbl_", 3),
        chain(averaged(x), block + ".branch_pool"));
  }

  private NDArray middle(NDArray x, String block) {
    return join(
        chain(x, block + ".branch1x1"),
        numbered(x, block + ".branch7x7_", 3),
        numbered(x, block + ".branch7x7dbl_", 5),
        chain(averaged(x), block + ".branch_pool"));
  }

  private NDArray coarse(NDArray x, String block, NDArray pooled) {
    NDArray three = chain(x, block + ".branch3x3_1");
    NDArray twice = numbered(x, block + ".branch3x3dbl_", 2);
    return join(
        chain(x, block + ".branch1x1"),
        chain(three, block + ".branch3x3_2a"),
        chain(three, block + ".branch3x3_2b"),
        chain(twice, block + ".branch3x3dbl_3a"),
        chain(twice, block + ".branch3x3dbl_3b"),
        chain(pooled, block + ".branch_pool"));
  }

  private NDArray chain(NDArray input, String... names) {
    NDArray x = input;
    for (String unit : names) {
      Unit known = units.get(unit);
      if (known == null) {
        throw new IllegalStateException("no " + unit);
      }
      x = known.apply(x);
    }
    return x;
  }

  private NDArray numbered(NDArray input, String prefix, int count) {
    NDArray x = input;
    for (int i = 1; i <= count; i++) {
      x = chain(x, prefix + i);
    }
    return x;
  }

  private static NDArray join(NDArray... parts) {
    return NDArrays.concat(new NDList(parts), 1);
  }

  private static NDArray halved(NDArray x) {
    return Pool.maxPool2d(x, THREE, TWO, NONE, false);
  }

  /**
   * Averages over 3×3 pixels that leave out those beyond the edge. The engine counts those as zeros
   * whatever it is asked, so the averages are divided by those of ones.
   */
  private static NDArray averaged(NDArray x) {
    Shape shape = x.getShape();
    NDArray ones = x.getManager().ones(new Shape(1, 1, shape.get(2), shape.get(3)));
    return averagedWithEdge(x).div(averagedWithEdge(ones));
  }

  private static NDArray averagedWithEdge(NDArray x) {
    return Pool.avgPool2d(x, THREE, ONE, ONE, false, true);
  }

  @Override
  public void close() {
    manager.close();
  }
}
