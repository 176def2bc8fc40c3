package cdrl.model;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import cdrl.runtime.Computation;
import org.jspecify.annotations.Nullable;

/** The initializer for points: one residual block of dense layers, added to the input. */
final class PointInitializer implements Initializer {
  private final Parameters parameters;
  private final Operations operations;
  private final int embedding;
  private final int width;
  private final Affine stem;
  private final Affine embedding0;
  private final Affine embedding1;
  private final Affine norm1;
  private final Affine dense1;
  private final Affine norm2;
  private final Affine dense2;
  private final Affine modulation;
  private final NDArray output;

  PointInitializer(PointModelSpec spec, Parameters parameters) {
    this.parameters = parameters;
    operations = parameters.operations();
    width = spec.initializerWidth();
    embedding = spec.initializerEmbedding();
    stem = Affine.dense(parameters, "initializer.stem", 2, width);
    embedding0 = Affine.dense(parameters, "initializer.embedding.0", embedding, embedding);
    embedding1 = Affine.dense(parameters, "initializer.embedding.1", embedding, embedding);
    norm1 = Affine.norm(parameters, "initializer.block.norm1", width);
    dense1 = Affine.dense(parameters, "initializer.block.dense1", width, width);
    norm2 = Affine.norm(parameters, "initializer.block.norm2", width);
    dense2 = Affine.silent(parameters, "initializer.block.dense2", width, width);
    modulation = Affine.dense(parameters, "initializer.block.embedding", embedding, 2L * width);
    output = parameters.weight("initializer.output.weight", WeightSource.Start.ZEROS, 2, width);
  }

  @Override
  public Parameters parameters() {
    return parameters;
  }

  @Override
  public NDArray mean(NDArray x, float[] logSnr, int @Nullable [] labels, Computation computation) {
    NDArray sinusoids = NoiseEmbedding.of(x.getManager(), logSnr, embedding);
    NDArray level = operations.silu(embedding1.dense(operations.silu(embedding0.dense(sinusoids))));
    NDArray scaleAndShift = modulation.dense(level);
    NDArray features = stem.dense(x);
    NDArray hidden = dense1.dense(operations.groupNormSilu(features, norm1));
    hidden =
        operations
            .groupNorm(hidden, norm2)
            .mul(scaleAndShift.get(":, :{}", width).add(1))
            .add(scaleAndShift.get(":, {}:", width));
    features = features.add(dense2.dense(operations.silu(hidden)));
    return Layers.dense(operations.silu(features), output, null).add(x);
  }

  @Override
  public TrainingMean trainingMean(
      NDManager scope,
      NDArray x,
      float[] logSnr,
      int @Nullable [] labels,
      Computation computation) {
    return new EagerTrainingMean(
        scope, parameters, () -> mean(x, logSnr, labels, Computation.EAGER));
  }
}
