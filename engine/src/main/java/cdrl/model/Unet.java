package cdrl.model;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The initializer for images: the U-Net of Nichol and Dhariwal with scale-shift conditioning,
 * resampling inside residual blocks, and the input added to the output.
 */
final class Unet implements Initializer {

  /** One resolution on the way down or up. */
  private record Stage(
      List<UnetBlock> blocks, List<UnetAttention> attention, @Nullable UnetBlock resample) {}

  private final Parameters parameters;
  private final Operations operations;
  private final int channels;
  private final int classCount;
  private final double dropout;
  private final Affine stem;
  private final Affine embedding0;
  private final Affine embedding1;
  private final @Nullable Affine classes;
  private final List<Stage> down = new ArrayList<>();
  private final UnetBlock middle1;
  private final UnetAttention middleAttention;
  private final UnetBlock middle2;
  private final List<Stage> up = new ArrayList<>();
  private final Affine norm;
  private final Affine output;

  Unet(ImageModelSpec spec, Parameters parameters) {
    this.parameters = parameters;
    operations = parameters.operations();
    ImageModelSpec.Unet unet = spec.initializer();
    channels = unet.channels();
    classCount = spec.conditionalInitializer() ? spec.classes() : 0;
    dropout = unet.dropout();
    long level = 4L * channels;
    stem = Affine.convolution(parameters, "initializer.stem", spec.imageChannels(), channels, 3);
    embedding0 = Affine.dense(parameters, "initializer.embedding.0", channels, level);
    embedding1 = Affine.dense(parameters, "initializer.embedding.1", level, level);
    classes =
        classCount == 0
            ? null
            : Affine.dense(parameters, "initializer.classes", classCount + 1L, level);

    Deque<Long> skipped = new ArrayDeque<>();
    skipped.push((long) channels);
    long width = channels;
    int last = unet.multipliers().size() - 1;
    for (int i = 0; i <= last; i++) {
      String name = "initializer.down." + i;
      long out = (long) channels * unet.multipliers().get(i);
      boolean attends = unet.attention().contains(spec.resolution() >> i);
      List<UnetBlock> blocks = new ArrayList<>();
      List<UnetAttention> attention = new ArrayList<>();
      for (int block = 0; block < unet.blocks(); block++) {
        blocks.add(
            UnetBlock.register(
                parameters, name + ".blocks." + block, width, out, level, UnetBlock.Resample.KEEP));
        width = out;
        if (attends) {
          attention.add(UnetAttention.register(parameters, name + ".attention." + block, width));
        }
        skipped.push(width);
      }
      @Nullable UnetBlock resample = null;
      if (i < last) {
        resample =
            UnetBlock.register(
                parameters, name + ".resample", width, width, level, UnetBlock.Resample.HALVE);
        skipped.push(width);
      }
      down.add(new Stage(blocks, attention, resample));
    }

    String middle = "initializer.middle.";
    middle1 =
        UnetBlock.register(
            parameters, middle + "block1", width, width, level, UnetBlock.Resample.KEEP);
    middleAttention = UnetAttention.register(parameters, middle + "attention", width);
    middle2 =
        UnetBlock.register(
            parameters, middle + "block2", width, width, level, UnetBlock.Resample.KEEP);

    for (int i = 0; i <= last; i++) {
      String name = "initializer.up." + i;
      long out = (long) channels * unet.multipliers().get(last - i);
      boolean attends = unet.attention().contains(spec.resolution() >> (last - i));
      List<UnetBlock> blocks = new ArrayList<>();
      List<UnetAttention> attention = new ArrayList<>();
      for (int block = 0; block <= unet.blocks(); block++) {
        blocks.add(
            UnetBlock.register(
                parameters,
                name + ".blocks." + block,
                width + skipped.pop(),
                out,
                level,
                UnetBlock.Resample.KEEP));
        width = out;
        if (attends) {
          attention.add(UnetAttention.register(parameters, name + ".attention." + block, width));
        }
      }
      @Nullable UnetBlock resample =
          i == last
              ? null
              : UnetBlock.register(
                  parameters, name + ".resample", width, width, level, UnetBlock.Resample.DOUBLE);
      up.add(new Stage(blocks, attention, resample));
    }
    norm = Affine.norm(parameters, "initializer.norm", width);
    output = Affine.silent(parameters, "initializer.output", spec.imageChannels(), width, 3, 3);
  }

  @Override
  public Parameters parameters() {
    return parameters;
  }

  @Override
  public NDArray mean(NDArray x, float[] logSnr, int @Nullable [] labels, boolean training) {
    NDManager scope = x.getManager();
    double drop = training ? dropout : 0;
    NDArray level =
        embedding1.dense(
            operations.silu(embedding0.dense(NoiseEmbedding.of(scope, logSnr, channels))));
    if (classes != null) {
      level = level.add(classes.dense(OneHot.of(scope, labels, classCount)));
    }
    level = operations.silu(level);

    NDArray features = stem.convolve(x);
    Deque<NDArray> skipped = new ArrayDeque<>();
    skipped.push(features);
    for (Stage stage : down) {
      for (int block = 0; block < stage.blocks().size(); block++) {
        features = stage.blocks().get(block).apply(features, level, drop);
        if (!stage.attention().isEmpty()) {
          features = stage.attention().get(block).apply(features);
        }
        skipped.push(features);
      }
      if (stage.resample() != null) {
        features = stage.resample().apply(features, level, drop);
        skipped.push(features);
      }
    }
    features = middle1.apply(features, level, drop);
    features = middle2.apply(middleAttention.apply(features), level, drop);
    for (Stage stage : up) {
      for (int block = 0; block < stage.blocks().size(); block++) {
        features = stage.blocks().get(block).apply(features.concat(skipped.pop(), 1), level, drop);
        if (!stage.attention().isEmpty()) {
          features = stage.attention().get(block).apply(features);
        }
      }
      if (stage.resample() != null) {
        features = stage.resample().apply(features, level, drop);
      }
    }
    return output.convolve(operations.groupNormSilu(features, norm)).add(x);
  }
}
