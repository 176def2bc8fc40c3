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

  /** Shaped (number of levels, size); size is even. */
  static NDArray of(NDManager manager, float[] logSnr, int size) {
    int half = size / 2;
    float[] values = new float[logSnr.length * size];
    for (int row = 0; row < logSnr.length; row++) {
      double clamped = Math.max(-20, Math.min(20, logSnr[row]));
      double time = 1000 * Math.atan(Math.exp(-clamped / 2)) * 2 / Math.PI;
      for (int i = 0; i < half; i++) {
        double angle = time * Math.exp(-i * Math.log(10000) / (half - 1));
        values[row * size + i] = (float) Math.sin(angle);
        values[row * size + half + i] = (float) Math.cos(angle);
      }
    }
    return manager.create(values, new Shape(logSnr.length, size));
  }
}
