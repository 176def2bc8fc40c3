package cdrl.model;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import org.jspecify.annotations.Nullable;

/**
 * The embedding of noise level and class in an energy network: sinusoids, dense, leaky ReLU, dense,
 * plus a dense map of the class.
 */
record LevelEmbedding(
    SpectralWeight first,
    SpectralWeight second,
    @Nullable SpectralWeight classes,
    int inputs,
    int classCount) {
  /** What the weights of the dense map of the class are called. */
  static final String CLASSES = "energy.classes";

  static LevelEmbedding register(Parameters parameters, int inputs, int outputs, int classCount) {
    SpectralWeight first =
        SpectralWeight.register(parameters, "energy.embedding.0", outputs, inputs);
    SpectralWeight second =
        SpectralWeight.register(parameters, "energy.embedding.1", outputs, outputs);
    @Nullable SpectralWeight classes =
        classCount == 0
            ? null
            : SpectralWeight.register(parameters, CLASSES, outputs, classCount + 1L);
    return new LevelEmbedding(first, second, classes, inputs, classCount);
  }

  /** Leaky ReLU of the embedding, shaped (n or 1, outputs). */
  NDArray at(NDManager scope, float[] logSnr, int @Nullable [] labels, EnergyModel.Mode mode) {
    NDArray sinusoids = NoiseEmbedding.of(scope, logSnr, inputs);
    NDArray hidden =
        Layers.leakyRelu(
            Layers.dense(sinusoids, first.normalized(scope, mode), first.bias(scope, mode)));
    NDArray embedding =
        Layers.dense(hidden, second.normalized(scope, mode), second.bias(scope, mode));
    if (classes != null) {
      embedding =
          embedding.add(
              Layers.dense(
                  OneHot.of(scope, labels, classCount),
                  classes.normalized(scope, mode),
                  classes.bias(scope, mode)));
    }
    return Layers.leakyRelu(embedding);
  }
}
