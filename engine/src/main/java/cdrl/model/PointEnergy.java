package cdrl.model;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
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
  }

  @Override
  public Parameters parameters() {
    return parameters;
  }

  @Override
  public void powerIteration() {
    embedding.powerIteration();
    stem.powerIteration();
    blocks.forEach(ResidualBlock::powerIteration);
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
    NDArray level = embedding.at(scope, logSnr, labels, Mode.FROZEN);
    List<NDArray> weights = new ArrayList<>();
    List<NDArray> shifts = new ArrayList<>();
    weights.add(stem.normalized(scope, Mode.FROZEN));
    weights.add(stem.bias(scope, Mode.FROZEN));
    for (ResidualBlock block : blocks) {
      ResidualBlock.Bound bound = block.at(scope, level, Mode.FROZEN);
      bound.addTo(weights);
      shifts.add(bound.shift());
    }
    weights.add(constant(scope, head));
    return new FrozenEnergy(new int[] {blocks.size()}, weights, shifts, scope.zeros(new Shape(1)));
  }

  private static NDArray constant(NDManager scope, NDArray weight) {
    NDArray constant = weight.stopGradient();
    constant.attach(scope);
    return constant;
  }
}
