package cdrl.model;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import cdrl.runtime.Computation;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The residual energy network for images: a convolution, residual blocks with 2×2 average pooling
 * between resolutions, ReLU, the sum over pixels, and the inner product with a dense map of the
 * noise level.
 */
final class ImageEnergy implements EnergyModel {
  private final Parameters parameters;
  private final LevelEmbedding embedding;
  private final SpectralWeight stem;
  private final List<List<ResidualBlock>> levels = new ArrayList<>();
  private final NDArray head;
  private final EnergyProgram program;

  ImageEnergy(ImageModelSpec spec, Parameters parameters) {
    this.parameters = parameters;
    ImageModelSpec.Energy energy = spec.energy();
    int base = energy.channels();
    int width = 4 * base;
    embedding = LevelEmbedding.register(parameters, base, width, spec.classes());
    stem = SpectralWeight.register(parameters, "energy.stem", base, spec.imageChannels(), 3, 3);
    int channels = base;
    for (int level = 0; level < energy.multipliers().size(); level++) {
      List<ResidualBlock> blocks = new ArrayList<>();
      for (int block = 0; block < energy.blocks(); block++) {
        int out = base * energy.multipliers().get(level);
        blocks.add(
            ResidualBlock.register(
                parameters,
                "energy.levels." + level + ".blocks." + block,
                channels,
                out,
                width,
                3,
                3));
        channels = out;
      }
      levels.add(blocks);
    }
    head =
        parameters.weight(
            "energy.head.weight", new WeightSource.Start.Uniform(width), channels, width);
    program = new EnergyProgram(parameters, embedding, stem, levels, head);
  }

  @Override
  public Parameters parameters() {
    return parameters;
  }

  @Override
  public void powerIteration() {
    program.powerIteration();
  }

  @Override
  public Function at(NDManager scope, float[] logSnr, int @Nullable [] labels, Mode mode) {
    NDArray level = embedding.at(scope, logSnr, labels, mode);
    NDArray stemWeight = stem.normalized(scope, mode);
    NDArray stemBias = stem.bias(scope, mode);
    List<List<ResidualBlock.Bound>> bound = bind(scope, level, mode);
    NDArray direction = direction(scope, level, mode);
    return y -> {
      NDArray features = Layers.convolution(y, stemWeight, stemBias);
      for (int resolution = 0; resolution < bound.size(); resolution++) {
        if (resolution > 0) {
          features = Layers.halve(features);
        }
        for (ResidualBlock.Bound block : bound.get(resolution)) {
          features = block.apply(features);
        }
      }
      NDArray pooled = Layers.relu(features).sum(new int[] {2, 3});
      return pooled.mul(direction).sum(new int[] {1});
    };
  }

  @Override
  public FrozenEnergy frozen(NDManager scope, float[] logSnr, int @Nullable [] labels) {
    return program.frozen(scope, logSnr, labels);
  }

  @Override
  public Contrast contrast(
      NDManager scope,
      NDArray positive,
      NDArray negative,
      float[] logSnr,
      int @Nullable [] labels,
      float[] weights,
      Computation computation) {
    return computation == Computation.EAGER
        ? EagerContrast.of(this, scope, positive, negative, logSnr, labels, weights)
        : program.contrast(scope, positive, negative, logSnr, labels, weights);
  }

  /** What the sum over pixels is multiplied with, shaped (n or 1, channels). */
  private NDArray direction(NDManager scope, NDArray level, Mode mode) {
    NDArray weight = head;
    if (mode == Mode.FROZEN) {
      weight = head.stopGradient();
      weight.attach(scope);
    }
    return Layers.dense(level, weight, null);
  }

  private List<List<ResidualBlock.Bound>> bind(NDManager scope, NDArray level, Mode mode) {
    return levels.stream()
        .map(blocks -> blocks.stream().map(block -> block.at(scope, level, mode)).toList())
        .toList();
  }
}
