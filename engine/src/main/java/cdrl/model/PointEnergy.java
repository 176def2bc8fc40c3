package cdrl.model;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import cdrl.runtime.Computation;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The residual energy network for points: dense layers, ReLU, and a dense layer to one number. */
final class PointEnergy implements EnergyModel {
  private final Parameters parameters;
  private final LevelEmbedding embedding;
  private final SpectralWeight stem;
  private final List<ResidualBlock> blocks = new ArrayList<>();
  private final NDArray head;
  private final EnergyProgram program;

  PointEnergy(PointModelSpec spec, Parameters parameters) {
    this.parameters = parameters;
    int base = spec.width();
    embedding = LevelEmbedding.register(parameters, base, 4 * base, 0);
    stem = SpectralWeight.register(parameters, "energy.stem", base, 2);
    int width = base;
    for (int block = 0; block < spec.multipliers().size(); block++) {
      int out = base * spec.multipliers().get(block);
      blocks.add(
          ResidualBlock.register(parameters, "energy.blocks." + block, width, out, 4L * base));
      width = out;
    }
    head = parameters.weight("energy.head.weight", new WeightSource.Start.Uniform(width), 1, width);
    program = new EnergyProgram(parameters, embedding, stem, List.of(blocks), head);
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
    List<ResidualBlock.Bound> bound =
        blocks.stream().map(block -> block.at(scope, level, mode)).toList();
    NDArray output = mode == Mode.FROZEN ? constant(scope, head) : head;
    return y -> {
      NDArray features = Layers.dense(y, stemWeight, stemBias);
      for (ResidualBlock.Bound block : bound) {
        features = block.apply(features);
      }
      return Layers.dense(Layers.relu(features), output, null).reshape(y.getShape().get(0));
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

  private static NDArray constant(NDManager scope, NDArray weight) {
    NDArray constant = weight.stopGradient();
    constant.attach(scope);
    return constant;
  }
}
