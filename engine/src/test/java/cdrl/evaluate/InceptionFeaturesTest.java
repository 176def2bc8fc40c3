package cdrl.evaluate;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import cdrl.runtime.Cancellation;
import cdrl.runtime.CdrlException;
import cdrl.runtime.HostTensor;
import cdrl.runtime.RandomNumbers;
import cdrl.runtime.RandomNumbers.Purpose;
import cdrl.runtime.TestRuntime;
import cdrl.store.NamedWeights;
import cdrl.store.TorchFiles;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class InceptionFeaturesTest {
  /** Made once: 24 million numbers. */
  private static final Reference REFERENCE = new Reference();

  private static final Image INPUT = noise(3, 107, 107);
  private static final float[] EXPECTED = REFERENCE.features(INPUT);

  private static NamedWeights weights(Map<String, HostTensor> tensors) {
    return new NamedWeights(tensors, "inception.pth", "abc");
  }

  @Test
  void agreesWithItsDefinition() {
    TestRuntime.onLane(
        runtime -> {
          assertEquals(2048, EXPECTED.length);
          try (InceptionFeatures features =
                  new InceptionFeatures(weights(REFERENCE.weights), runtime);
              NDManager scope = runtime.manager().newSubManager()) {
            NDArray input = INPUT.tensor().toArray(scope);
            float[] actual = features.features(input).toFloatArray();
            double difference = 0;
            double size = 0;
            for (int i = 0; i < actual.length; i++) {
              difference += Math.pow(actual[i] - EXPECTED[i], 2);
              size += Math.pow(EXPECTED[i], 2);
            }
            assertTrue(size > 1, "the features say nothing");
            assertTrue(Math.sqrt(difference / size) < 1e-4, "off by " + difference / size);
          }
        });
  }

  @Test
  void imagesAreRoundedAndResized() {
    TestRuntime.onLane(
        runtime -> {
          try (InceptionFeatures features =
                  new InceptionFeatures(weights(REFERENCE.weights), runtime);
              NDManager scope = runtime.manager().newSubManager()) {
            float[] values = new float[64];
            float[] saved = new float[64];
            for (int i = 0; i < 64; i++) {
              saved[i] = i * 4 / 127.5f - 1;
              values[i] = saved[i] + 0.3f / 127.5f;
            }
            saved[63] = 1;
            values[63] = 1.7f;
            long[] shape = {1, 1, 8, 8};
            float[] actual =
                features.of(new HostTensor(shape, values), done -> {}, new Cancellation());
            NDArray resized =
                InceptionFeatures.resized(new HostTensor(shape, saved).toArray(scope), 299);
            assertEquals(2048, features.size());
            assertArrayEquals(features.features(resized).toFloatArray(), actual, 1e-4f);
          }
        });
  }

  @Test
  void resizingInterpolatesBetweenTheCentresOfPixels() {
    TestRuntime.onLane(
        runtime -> {
          try (NDManager scope = runtime.manager().newSubManager()) {
            for (int side : new int[] {3, 7, 20}) {
              Image image = noise(3, 7, 5);
              float[] actual =
                  InceptionFeatures.resized(image.tensor().toArray(scope), side).toFloatArray();
              for (int c = 0; c < 3; c++) {
                for (int y = 0; y < side; y++) {
                  for (int x = 0; x < side; x++) {
                    double fromY = Math.max(0, (y + 0.5) * 7 / side - 0.5);
                    double fromX = Math.max(0, (x + 0.5) * 5 / side - 0.5);
                    int y0 = (int) fromY;
                    int x0 = (int) fromX;
                    int y1 = Math.min(6, y0 + 1);
                    int x1 = Math.min(4, x0 + 1);
                    double right = fromX - x0;
                    double below = fromY - y0;
                    double expected =
                        (1 - below)
                                * ((1 - right) * image.at(c, y0, x0) + right * image.at(c, y0, x1))
                            + below
                                * ((1 - right) * image.at(c, y1, x0) + right * image.at(c, y1, x1));
                    assertEquals(expected, actual[(c * side + y) * side + x], 1e-5);
                  }
                }
              }
            }
          }
        });
  }

  private static void refused(Map<String, HostTensor> changes, String reason) {
    Map<String, HostTensor> all = new LinkedHashMap<>(REFERENCE.weights);
    changes.forEach(
        (name, tensor) -> {
          if (tensor.values().length == 0) {
            all.remove(name);
          } else {
            all.put(name, tensor);
          }
        });
    TestRuntime.onLane(
        runtime -> {
          int before = TestRuntime.tensors(runtime.manager());
          String sentence =
              assertThrows(
                      CdrlException.class,
                      () -> new InceptionFeatures(weights(all), runtime).close())
                  .getMessage();
          assertTrue(sentence.contains(reason), sentence);
          assertTrue(sentence.contains("'inception.pth'"), sentence);
          assertTrue(sentence.contains("pt_inception-2015-12-05"), sentence);
          assertEquals(before, TestRuntime.tensors(runtime.manager()));
        });
  }

  private static HostTensor zeros(long... shape) {
    return new HostTensor(shape, new float[(int) HostTensor.elements(shape)]);
  }

  @Test
  void otherNetworksAreRefused() {
    refused(
        Map.of("Mixed_7c.branch_pool.bn.bias", zeros(0)),
        "lacks the weight 'Mixed_7c.branch_pool.bn.bias'");
    refused(
        Map.of("Conv2d_1a_3x3.conv.weight", zeros(32, 1, 3, 3)),
        "'Conv2d_1a_3x3.conv.weight' has the shape [32, 1, 3, 3] instead of [32, 3, 3, 3]");
    refused(Map.of("AuxLogits.fc.bias", zeros(1000)), "classifier of 1000 classes");
    refused(Map.of("fc.bias", zeros(1000)), "'fc.bias' has the shape [1000] instead of [1008]");
    refused(Map.of("more", zeros(1)), "a weight 'more' that is unknown");
  }

  @Test
  void theClassifierMayBeThere() {
    Map<String, HostTensor> all = new LinkedHashMap<>(REFERENCE.weights);
    all.put("fc.weight", zeros(1008, 2048));
    all.put("fc.bias", zeros(1008));
    all.put("Conv2d_1a_3x3.bn.num_batches_tracked", zeros());
    TestRuntime.onLane(runtime -> new InceptionFeatures(weights(all), runtime).close());
  }

  /**
   * The published file is older than PyTorch 1.6: its tensors lie behind their description, and the
   * dictionary carries the versions of the modules.
   */
  @Test
  void aFileLaidOutLikeThePublishedOneIsRead(@TempDir Path folder) throws IOException {
    TorchFiles file = new TorchFiles().code("ccollections\nOrderedDict\n)R(");
    int key = 0;
    for (Map.Entry<String, HostTensor> weight : REFERENCE.weights.entrySet()) {
      append(file.text(weight.getKey()), key++, weight.getValue());
      if (weight.getKey().endsWith("running_var")) {
        file.text(weight.getKey().replace("running_var", "num_batches_tracked"))
            .legacyCounter(Integer.toString(key++), 1);
      }
    }
    append(file.text("fc.weight"), key++, zeros(1008, 2048));
    append(file.text("fc.bias"), key++, zeros(1008));
    file.code("u}").text("_metadata").code("ccollections\nOrderedDict\n)R(").text("");
    Path path = folder.resolve("pt_inception.pth");
    file.code("}").text("version").whole(1).code("susb.").writeLegacy(path);
    NamedWeights read = NamedWeights.read(path);
    TestRuntime.onLane(
        runtime -> {
          try (InceptionFeatures features = new InceptionFeatures(read, runtime);
              NDManager scope = runtime.manager().newSubManager()) {
            float[] actual = features.features(INPUT.tensor().toArray(scope)).toFloatArray();
            double largest = 0;
            for (float value : EXPECTED) {
              largest = Math.max(largest, Math.abs(value));
            }
            assertArrayEquals(EXPECTED, actual, (float) (1e-3 * largest));
            assertTrue(features.name().contains(read.checksum()), features.name());
          }
        });
  }

  private static void append(TorchFiles file, int key, HostTensor tensor) {
    int[] shape = Arrays.stream(tensor.shape()).mapToInt(Math::toIntExact).toArray();
    int[] strides = new int[shape.length];
    int stride = 1;
    for (int d = shape.length - 1; d >= 0; d--) {
      strides[d] = stride;
      stride *= shape[d];
    }
    file.legacyTensor(Integer.toString(key), tensor.values(), shape, strides);
  }

  private static Image noise(int channels, int height, int width) {
    float[] values = new float[channels * height * width];
    new RandomNumbers(4).normal(Purpose.DATA, 0, 0, values);
    return new Image(channels, height, width, values);
  }

  /** Numbers by channel, row and column. */
  private record Image(int channels, int height, int width, float[] values) {
    float at(int channel, int y, int x) {
      return values[(channel * height + y) * width + x];
    }

    HostTensor tensor() {
      return new HostTensor(new long[] {1, channels, height, width}, values);
    }
  }

  /** The network in plain loops; weights are drawn when they are first asked for. */
  private static final class Reference {
    private final Map<String, HostTensor> weights = new LinkedHashMap<>();

    private float[] draw(String name, double mean, double spread, long... shape) {
      float[] values = new float[(int) HostTensor.elements(shape)];
      new RandomNumbers(9).normal(Purpose.WEIGHTS, name.hashCode(), 0, values);
      for (int i = 0; i < values.length; i++) {
        values[i] = (float) (mean + spread * values[i]);
      }
      weights.put(name, new HostTensor(shape, values));
      return values;
    }

    private Image unit(
        Image in, String name, int out, int kernelY, int kernelX, int stride, int padY, int padX) {
      int inputs = in.channels();
      double spread = Math.sqrt(2.0 / (inputs * kernelY * kernelX));
      float[] kernel = draw(name + ".conv.weight", 0, spread, out, inputs, kernelY, kernelX);
      float[] scale = draw(name + ".bn.weight", 1, 0.1, out);
      float[] shift = draw(name + ".bn.bias", 0.1, 0.1, out);
      float[] mean = draw(name + ".bn.running_mean", 0, 0.1, out);
      float[] variance = draw(name + ".bn.running_var", 1, 0.05, out);
      int height = (in.height() + 2 * padY - kernelY) / stride + 1;
      int width = (in.width() + 2 * padX - kernelX) / stride + 1;
      float[] values = new float[out * height * width];
      for (int o = 0; o < out; o++) {
        for (int y = 0; y < height; y++) {
          for (int x = 0; x < width; x++) {
            double sum = 0;
            for (int c = 0; c < inputs; c++) {
              for (int ky = 0; ky < kernelY; ky++) {
                int fromY = y * stride + ky - padY;
                if (fromY < 0 || fromY >= in.height()) {
                  continue;
                }
                for (int kx = 0; kx < kernelX; kx++) {
                  int fromX = x * stride + kx - padX;
                  if (fromX >= 0 && fromX < in.width()) {
                    sum +=
                        in.at(c, fromY, fromX)
                            * kernel[((o * inputs + c) * kernelY + ky) * kernelX + kx];
                  }
                }
              }
            }
            double normal = (sum - mean[o]) / Math.sqrt(variance[o] + 0.001);
            values[(o * height + y) * width + x] =
                (float) Math.max(0, normal * scale[o] + shift[o]);
          }
        }
      }
      return new Image(out, height, width, values);
    }

    private Image same(Image in, String name, int out, int kernelY, int kernelX) {
      return unit(in, name, out, kernelY, kernelX, 1, (kernelY - 1) / 2, (kernelX - 1) / 2);
    }

    private static Image pool(Image in, int stride, int pad, boolean largest) {
      int height = (in.height() + 2 * pad - 3) / stride + 1;
      int width = (in.width() + 2 * pad - 3) / stride + 1;
      float[] values = new float[in.channels() * height * width];
      for (int c = 0; c < in.channels(); c++) {
        for (int y = 0; y < height; y++) {
          for (int x = 0; x < width; x++) {
            double most = Double.NEGATIVE_INFINITY;
            double sum = 0;
            int count = 0;
            for (int ky = 0; ky < 3; ky++) {
              for (int kx = 0; kx < 3; kx++) {
                int fromY = y * stride + ky - pad;
                int fromX = x * stride + kx - pad;
                if (fromY >= 0 && fromX >= 0 && fromY < in.height() && fromX < in.width()) {
                  most = Math.max(most, in.at(c, fromY, fromX));
                  sum += in.at(c, fromY, fromX);
                  count++;
                }
              }
            }
            values[(c * height + y) * width + x] = (float) (largest ? most : sum / count);
          }
        }
      }
      return new Image(in.channels(), height, width, values);
    }

    private static Image join(Image... parts) {
      int channels = Arrays.stream(parts).mapToInt(Image::channels).sum();
      float[] values = new float[channels * parts[0].height() * parts[0].width()];
      int position = 0;
      for (Image part : parts) {
        System.arraycopy(part.values(), 0, values, position, part.values().length);
        position += part.values().length;
      }
      return new Image(channels, parts[0].height(), parts[0].width(), values);
    }

    private Image a(Image x, String n, int pooled) {
      Image five = same(same(x, n + "branch5x5_1", 48, 1, 1), n + "branch5x5_2", 64, 5, 5);
      Image three = same(x, n + "branch3x3dbl_1", 64, 1, 1);
      three = same(three, n + "branch3x3dbl_2", 96, 3, 3);
      three = same(three, n + "branch3x3dbl_3", 96, 3, 3);
      Image pool = same(pool(x, 1, 1, false), n + "branch_pool", pooled, 1, 1);
      return join(same(x, n + "branch1x1", 64, 1, 1), five, three, pool);
    }

    private Image c(Image x, String n, int width) {
      Image seven = same(x, n + "branch7x7_1", width, 1, 1);
      seven = same(same(seven, n + "branch7x7_2", width, 1, 7), n + "branch7x7_3", 192, 7, 1);
      Image twice = same(x, n + "branch7x7dbl_1", width, 1, 1);
      twice = same(twice, n + "branch7x7dbl_2", width, 7, 1);
      twice = same(twice, n + "branch7x7dbl_3", width, 1, 7);
      twice = same(twice, n + "branch7x7dbl_4", width, 7, 1);
      twice = same(twice, n + "branch7x7dbl_5", 192, 1, 7);
      Image pool = same(pool(x, 1, 1, false), n + "branch_pool", 192, 1, 1);
      return join(same(x, n + "branch1x1", 192, 1, 1), seven, twice, pool);
    }

    private Image e(Image x, String n, boolean largest) {
      Image three = same(x, n + "branch3x3_1", 384, 1, 1);
      three =
          join(
              same(three, n + "branch3x3_2a", 384, 1, 3),
              same(three, n + "branch3x3_2b", 384, 3, 1));
      Image twice = same(x, n + "branch3x3dbl_1", 448, 1, 1);
      twice = same(twice, n + "branch3x3dbl_2", 384, 3, 3);
      twice =
          join(
              same(twice, n + "branch3x3dbl_3a", 384, 1, 3),
              same(twice, n + "branch3x3dbl_3b", 384, 3, 1));
      Image pool = same(pool(x, 1, 1, largest), n + "branch_pool", 192, 1, 1);
      return join(same(x, n + "branch1x1", 320, 1, 1), three, twice, pool);
    }

    float[] features(Image image) {
      Image x = unit(image, "Conv2d_1a_3x3", 32, 3, 3, 2, 0, 0);
      x = unit(x, "Conv2d_2a_3x3", 32, 3, 3, 1, 0, 0);
      x = pool(same(x, "Conv2d_2b_3x3", 64, 3, 3), 2, 0, true);
      x = same(x, "Conv2d_3b_1x1", 80, 1, 1);
      x = pool(unit(x, "Conv2d_4a_3x3", 192, 3, 3, 1, 0, 0), 2, 0, true);
      x = a(a(a(x, "Mixed_5b.", 32), "Mixed_5c.", 64), "Mixed_5d.", 64);
      Image twice = same(x, "Mixed_6a.branch3x3dbl_1", 64, 1, 1);
      twice = same(twice, "Mixed_6a.branch3x3dbl_2", 96, 3, 3);
      x =
          join(
              unit(x, "Mixed_6a.branch3x3", 384, 3, 3, 2, 0, 0),
              unit(twice, "Mixed_6a.branch3x3dbl_3", 96, 3, 3, 2, 0, 0),
              pool(x, 2, 0, true));
      x = c(c(x, "Mixed_6b.", 128), "Mixed_6c.", 160);
      x = c(c(x, "Mixed_6d.", 160), "Mixed_6e.", 192);
      Image three = same(x, "Mixed_7a.branch3x3_1", 192, 1, 1);
      Image seven = same(x, "Mixed_7a.branch7x7x3_1", 192, 1, 1);
      seven = same(seven, "Mixed_7a.branch7x7x3_2", 192, 1, 7);
      seven = same(seven, "Mixed_7a.branch7x7x3_3", 192, 7, 1);
      x =
          join(
              unit(three, "Mixed_7a.branch3x3_2", 320, 3, 3, 2, 0, 0),
              unit(seven, "Mixed_7a.branch7x7x3_4", 192, 3, 3, 2, 0, 0),
              pool(x, 2, 0, true));
      x = e(e(x, "Mixed_7b.", false), "Mixed_7c.", true);
      float[] features = new float[x.channels()];
      int area = x.height() * x.width();
      assertTrue(area > 1, "pooling would make no difference");
      for (int i = 0; i < x.values().length; i++) {
        features[i / area] += x.values()[i] / area;
      }
      return features;
    }
  }
}
