package cdrl.model;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;

/**
 * The sinusoidal embedding of a noise level: with u = arctan(exp(−clamp(λ, −20, 20) / 2)) · 2/π,
 * half the entries are sines and half cosines of 1000 · u at frequencies exp(−i · ln 10000 / (d/2 −
 * 1)).
 */
final class NoiseEmbedding {
  private NoiseEmbedding() {}

  /**
   * Shaped (number of levels, size); size is even. Computed by the engine in single precision, as
   * published networks were trained with exactly these roundings.
   */
  static NDArray of(NDManager manager, float[] logSnr, int size) {
    int half = size / 2;
    NDArray time =
        manager
            .create(logSnr)
            .clip(-20, 20)
            .mul(-0.5)
            .exp()
            .atan()
            .div(0.5 * Math.PI)
            .mul(1000)
            .reshape(logSnr.length, 1);
    float[] indices = new float[half];
    for (int i = 0; i < half; i++) {
      indices[i] = i;
    }
    NDArray frequencies =
        manager.create(indices, new Shape(1, half)).mul(-Math.log(10000) / (half - 1)).exp();
    NDArray angle = time.mul(frequencies);
    return angle.sin().concat(angle.cos(), 1);
  }
}
