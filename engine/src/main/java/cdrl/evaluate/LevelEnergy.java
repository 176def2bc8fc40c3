package cdrl.evaluate;

import ai.djl.engine.Engine;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.training.GradientCollector;
import cdrl.model.CdrlModel;
import cdrl.model.EnergyModel;
import cdrl.runtime.Cancellation;
import cdrl.runtime.HostTensor;
import cdrl.schedule.NoiseSchedule;
import java.util.Arrays;

/**
 * The unnormalized density of a noise level below T as a function of x, without a class: log f_t(x)
 * = F(√m_{t+1} x, λ_t) / s². Use it on the tensor lane.
 */
final class LevelEnergy implements AutoCloseable {
  private static final int MOST_ITEMS = 10_000;
  private static final int MOST_VALUES = 64 * 3 * 32 * 32;

  private final NDManager scope;
  private final EnergyModel.Function network;
  private final double scale;
  private final double square;
  private final long[] item;
  private final int size;
  private final int part;

  /**
   * @param level 0 … T − 1
   */
  LevelEnergy(CdrlModel model, int level) {
    NoiseSchedule schedule = model.schedule();
    scale = schedule.inputScale(level + 1);
    square = model.description().spec().stepSize().squared(schedule, level + 1);
    item = model.description().spec().itemShape();
    size = Math.toIntExact(HostTensor.elements(item));
    part = Math.max(1, Math.min(MOST_ITEMS, MOST_VALUES / size));
    scope = model.manager().newSubManager();
    network =
        model
            .energy()
            .at(scope, new float[] {(float) schedule.logSnr(level)}, null, EnergyModel.Mode.FROZEN);
  }

  /**
   * log f at some points.
   *
   * @param points (count, item...)
   */
  double[] logDensities(float[] points) {
    return logDensities(points, new Cancellation());
  }

  /** As above; a cancellation is heeded between parts of the points. */
  double[] logDensities(float[] points, Cancellation cancellation) {
    double[] values = new double[points.length / size];
    for (int first = 0; first < values.length; first += part) {
      cancellation.throwIfCancelled();
      try (NDManager call = scope.newSubManager()) {
        take(network.negativeEnergy(scaled(call, points, first)).toFloatArray(), values, first);
      }
    }
    return values;
  }

  /**
   * log f at some points, and its gradient by them.
   *
   * @param points (count, item...)
   */
  AnnealedImportance.Slopes slopes(float[] points) {
    double[] values = new double[points.length / size];
    float[] gradients = new float[points.length];
    for (int first = 0; first < values.length; first += part) {
      try (NDManager call = scope.newSubManager()) {
        NDArray leaf = scaled(call, points, first);
        leaf.setRequiresGradient(true);
        try (GradientCollector collector = Engine.getInstance().newGradientCollector()) {
          NDArray all = network.negativeEnergy(leaf);
          collector.backward(all.sum());
          NDArray cut = all.stopGradient();
          cut.attach(call);
          take(cut.toFloatArray(), values, first);
        }
        try (NDArray gradient = leaf.getGradient()) {
          float[] slopes = gradient.toFloatArray();
          for (int i = 0; i < slopes.length; i++) {
            gradients[first * size + i] = (float) (slopes[i] * scale / square);
          }
        }
      }
    }
    return new AnnealedImportance.Slopes(values, gradients);
  }

  /** A part of the points as the network takes them, √m_{t+1} x. */
  private NDArray scaled(NDManager call, float[] points, int first) {
    int count = Math.min(part, points.length / size - first);
    float[] y = Arrays.copyOfRange(points, first * size, (first + count) * size);
    for (int i = 0; i < y.length; i++) {
      y[i] *= (float) scale;
    }
    long[] shape = new long[item.length + 1];
    shape[0] = count;
    System.arraycopy(item, 0, shape, 1, item.length);
    return new HostTensor(shape, y).toArray(call);
  }

  private void take(float[] found, double[] values, int first) {
    for (int i = 0; i < found.length; i++) {
      values[first + i] = found[i] / square;
    }
  }

  @Override
  public void close() {
    scope.close();
  }
}
