package cdrl.evaluate;

import ai.djl.engine.Engine;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.training.GradientCollector;
import cdrl.model.CdrlModel;
import cdrl.model.EnergyModel;
import cdrl.runtime.HostTensor;
import cdrl.schedule.NoiseSchedule;
import java.util.Arrays;

/**
 * The unnormalized densities of a model's noise levels: log f_t(x) = F(√m_{t+1} x, λ_t) / s² for t
 * below T, without a class. Use it on the tensor lane.
 */
public final class LevelDensities implements AnnealedImportance.Densities {
  private static final int VALUES_PER_CALL = 64 * 3 * 32 * 32;

  private final CdrlModel model;
  private final long[] item;
  private final int size;

  /** The densities of a model. */
  public LevelDensities(CdrlModel model) {
    this.model = model;
    item = model.description().spec().itemShape();
    size = Math.toIntExact(HostTensor.elements(item));
  }

  @Override
  public int levels() {
    return model.schedule().levels();
  }

  @Override
  public int dimensions() {
    return size;
  }

  /** How many times wider the noise of a level is than that of the one below, as variances. */
  @Override
  public double narrowing(int level) {
    NoiseSchedule schedule = model.schedule();
    return Math.pow(schedule.noiseScale(level) / schedule.noiseScale(level - 1), 2);
  }

  @Override
  public AnnealedImportance.Slopes at(int level, float[] points) {
    NoiseSchedule schedule = model.schedule();
    double scale = schedule.inputScale(level + 1);
    double square = model.description().spec().stepSize().squared(schedule, level + 1);
    int count = points.length / size;
    double[] values = new double[count];
    float[] gradients = new float[points.length];
    int part = Math.max(1, VALUES_PER_CALL / size);
    try (NDManager scope = model.manager().newSubManager()) {
      EnergyModel.Function energy =
          model
              .energy()
              .at(
                  scope,
                  new float[] {(float) schedule.logSnr(level)},
                  null,
                  EnergyModel.Mode.FROZEN);
      for (int first = 0; first < count; first += part) {
        int taken = Math.min(part, count - first);
        float[] y = Arrays.copyOfRange(points, first * size, (first + taken) * size);
        for (int i = 0; i < y.length; i++) {
          y[i] *= (float) scale;
        }
        try (NDManager call = scope.newSubManager()) {
          NDArray leaf = new HostTensor(shape(taken), y).toArray(call);
          leaf.setRequiresGradient(true);
          float[] found;
          try (GradientCollector collector = Engine.getInstance().newGradientCollector()) {
            NDArray all = energy.negativeEnergy(leaf);
            collector.backward(all.sum());
            NDArray cut = all.stopGradient();
            cut.attach(call);
            found = cut.toFloatArray();
          }
          float[] slopes;
          try (NDArray gradient = leaf.getGradient()) {
            slopes = gradient.toFloatArray();
          }
          for (int i = 0; i < taken; i++) {
            values[first + i] = found[i] / square;
          }
          for (int i = 0; i < slopes.length; i++) {
            gradients[first * size + i] = (float) (slopes[i] * scale / square);
          }
        }
      }
    }
    return new AnnealedImportance.Slopes(values, gradients);
  }

  private long[] shape(int count) {
    long[] shape = new long[item.length + 1];
    shape[0] = count;
    System.arraycopy(item, 0, shape, 1, item.length);
    return shape;
  }
}
