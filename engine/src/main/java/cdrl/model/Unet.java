package cdrl.model;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import cdrl.runtime.Computation;
import cdrl.runtime.Layout;
import cdrl.runtime.ScriptProgram;
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
  /** What the weights of the dense map of the class are called. */
  static final String CLASSES = "initializer.classes";

  /** What is done to the features, one after another. */
  private sealed interface Step {
    /** Keeps the features for the way up. */
    record Keep() implements Step {}

    /** Appends the features that were kept last; the own ones have the given width. */
    record Append(long width) implements Step {}

    /** Applies attention. */
    record Attend(UnetAttention attention) implements Step {}

    /** Applies a block. */
    record Refine(UnetBlock block) implements Step {}

    /** What the step is called in the plan of the program. */
    default int code() {
      if (this instanceof Append append) {
        return -(int) append.width();
      }
      return this instanceof Keep ? 0 : this instanceof Refine refine ? refine.block().code() : 1;
    }
  }

  private final Parameters parameters;
  private final Operations operations;
  private final ScriptProgram program;
  private final int channels;
  private final int classCount;
  private final double dropout;
  private final Affine stem;
  private final Affine embedding0;
  private final Affine embedding1;
  private final @Nullable Affine classes;
  private final List<Step> steps = new ArrayList<>();
  private final Affine norm;
  private final Affine output;

  Unet(ImageModelSpec spec, Parameters parameters) {
    this.parameters = parameters;
    operations = parameters.operations();
    program = new ScriptProgram(parameters.manager(), Unet.class, "Unet", "unet.py");
    ImageModelSpec.Unet unet = spec.initializer();
    channels = unet.channels();
    classCount = spec.conditionalInitializer() ? spec.classes() : 0;
    dropout = unet.dropout();
    long level = 4L * channels;
    stem = Affine.convolution(parameters, "initializer.stem", spec.imageChannels(), channels, 3);
    embedding0 = Affine.dense(parameters, "initializer.embedding.0", channels, level);
    embedding1 = Affine.dense(parameters, "initializer.embedding.1", level, level);
    classes = classCount == 0 ? null : Affine.dense(parameters, CLASSES, classCount + 1L, level);

    Deque<Long> skipped = new ArrayDeque<>();
    long width = channels;
    keep(width, skipped);
    int last = unet.multipliers().size() - 1;
    for (int i = 0; i <= last; i++) {
      String name = "initializer.down." + i;
      long out = (long) channels * unet.multipliers().get(i);
      boolean attends = unet.attention().contains(spec.resolution() >> i);
      for (int block = 0; block < unet.blocks(); block++) {
        refine(name + ".blocks." + block, width, out, UnetBlock.Resample.KEEP);
        width = out;
        if (attends) {
          attend(name + ".attention." + block, width);
        }
        keep(width, skipped);
      }
      if (i < last) {
        refine(name + ".resample", width, width, UnetBlock.Resample.HALVE);
        keep(width, skipped);
      }
    }

    refine("initializer.middle.block1", width, width, UnetBlock.Resample.KEEP);
    attend("initializer.middle.attention", width);
    refine("initializer.middle.block2", width, width, UnetBlock.Resample.KEEP);

    for (int i = 0; i <= last; i++) {
      String name = "initializer.up." + i;
      long out = (long) channels * unet.multipliers().get(last - i);
      boolean attends = unet.attention().contains(spec.resolution() >> (last - i));
      for (int block = 0; block <= unet.blocks(); block++) {
        steps.add(new Step.Append(width));
        refine(name + ".blocks." + block, width + skipped.pop(), out, UnetBlock.Resample.KEEP);
        width = out;
        if (attends) {
          attend(name + ".attention." + block, width);
        }
      }
      if (i < last) {
        refine(name + ".resample", width, width, UnetBlock.Resample.DOUBLE);
      }
    }
    norm = Affine.norm(parameters, "initializer.norm", width);
    output = Affine.silent(parameters, "initializer.output", spec.imageChannels(), width, 3, 3);
  }

  private void keep(long width, Deque<Long> skipped) {
    steps.add(new Step.Keep());
    skipped.push(width);
  }

  private void refine(String name, long in, long out, UnetBlock.Resample resample) {
    steps.add(
        new Step.Refine(UnetBlock.register(parameters, name, in, out, 4L * channels, resample)));
  }

  private void attend(String name, long width) {
    steps.add(new Step.Attend(UnetAttention.register(parameters, name, width)));
  }

  @Override
  public Parameters parameters() {
    return parameters;
  }

  @Override
  public NDArray mean(NDArray x, float[] logSnr, int @Nullable [] labels, Computation computation) {
    if (computation == Computation.EAGER) {
      return operatorByOperator(x, logSnr, labels, 0);
    }
    NDManager scope = x.getManager();
    NDArray mean =
        program.call(
            "forward", inputs(scope, x, logSnr, labels, computation, 0), List.of(weights()));
    mean.attach(scope);
    return mean;
  }

  private NDArray operatorByOperator(
      NDArray x, float[] logSnr, int @Nullable [] labels, double drop) {
    NDManager scope = x.getManager();
    NDArray level =
        embedding1.dense(
            operations.silu(embedding0.dense(NoiseEmbedding.of(scope, logSnr, channels))));
    if (classes != null) {
      level = level.add(classes.dense(OneHot.of(scope, labels, classCount)));
    }
    level = operations.silu(level);

    NDArray features = stem.convolve(x);
    Deque<NDArray> kept = new ArrayDeque<>();
    for (Step step : steps) {
      if (step instanceof Step.Keep) {
        kept.push(features);
      } else if (step instanceof Step.Append) {
        features = features.concat(kept.pop(), 1);
      } else if (step instanceof Step.Attend attend) {
        features = attend.attention().apply(features);
      } else if (step instanceof Step.Refine refine) {
        features = refine.block().apply(features, level, drop);
      }
    }
    return output.convolve(operations.groupNormSilu(features, norm)).add(x);
  }

  @Override
  public TrainingMean trainingMean(
      NDManager scope,
      NDArray x,
      float[] logSnr,
      int @Nullable [] labels,
      Computation computation) {
    if (computation == Computation.EAGER) {
      return new EagerTrainingMean(
          scope, parameters, () -> operatorByOperator(x, logSnr, labels, dropout));
    }
    // One row per item, as gradients are summed over items.
    int[] classOfEach = labels == null ? new int[logSnr.length] : labels;
    List<NDArray> inputs = inputs(scope, x, logSnr, classOfEach, computation, dropout);
    List<NDArray> weights = weights();
    NDList kept = program.callForAll("outputs", inputs, List.of(weights));
    kept.attach(scope);
    return new TrainingMean() {
      @Override
      public NDArray mean() {
        return kept.get(0);
      }

      @Override
      public List<NDArray> gradients(NDArray gradient) {
        NDList gradients =
            program.callForAll(
                "gradients",
                List.of(gradient, inputs.get(1), inputs.get(2), inputs.get(3)),
                List.of(weights, kept));
        gradients.attach(scope);
        return gradients;
      }
    };
  }

  private List<NDArray> weights() {
    return List.copyOf(parameters.trainable().values());
  }

  /**
   * Images, sinusoids of the noise level, classes, plan and settings, as the program takes them.
   */
  private List<NDArray> inputs(
      NDManager scope,
      NDArray x,
      float[] logSnr,
      int @Nullable [] labels,
      Computation computation,
      double drop) {
    return List.of(
        Layout.channelsLast(x),
        NoiseEmbedding.of(scope, logSnr, channels),
        classes == null ? scope.zeros(new Shape(1)) : OneHot.of(scope, labels, classCount),
        scope.create(steps.stream().mapToInt(Step::code).toArray()),
        scope.create(new float[] {computation.code(), (float) drop}));
  }
}
