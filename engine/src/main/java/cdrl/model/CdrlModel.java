package cdrl.model;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import cdrl.runtime.CdrlException;
import cdrl.runtime.HostTensor;
import cdrl.runtime.TensorRuntime;
import cdrl.schedule.NoiseSchedule;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;

/** An energy model and its initializer with the noise schedule they belong to. */
public final class CdrlModel implements AutoCloseable {
  private final ModelDescription description;
  private final NoiseSchedule schedule;
  private final NDManager manager;
  private final EnergyModel energy;
  private final Initializer initializer;

  private CdrlModel(ModelDescription description, WeightSource source, NDManager manager) {
    this.description = description;
    this.schedule = new NoiseSchedule(description.schedule());
    this.manager = manager;
    Operations operations = new Operations(manager);
    Parameters energyWeights = new Parameters(manager, source, operations);
    Parameters initializerWeights = new Parameters(manager, source, operations);
    boolean none = description.prediction() == Prediction.NONE;
    Initializer network;
    if (description.spec() instanceof ImageModelSpec images) {
      energy = new ImageEnergy(images, energyWeights);
      network = none ? new NoInitializer(initializerWeights) : new Unet(images, initializerWeights);
    } else {
      PointModelSpec points = (PointModelSpec) description.spec();
      energy = new PointEnergy(points, energyWeights);
      network =
          none
              ? new NoInitializer(initializerWeights)
              : new PointInitializer(points, initializerWeights);
    }
    initializer =
        switch (description.prediction()) {
          case NEXT, NONE -> network;
          case CLEAN -> new PosteriorInitializer(network, schedule, false);
          case NOISE -> new PosteriorInitializer(network, schedule, true);
        };
  }

  /** Builds the networks with random weights. Runs on the tensor lane. */
  public static CdrlModel create(ModelDescription description, long seed, TensorRuntime runtime) {
    return build(description, WeightSource.random(seed), runtime);
  }

  /**
   * Builds the networks with given weights. Runs on the tensor lane.
   *
   * @param weights by name; exactly the names and shapes of {@link #weights()}
   * @throws CdrlException when a weight is missing, unknown or of another shape
   */
  public static CdrlModel of(
      ModelDescription description, Map<String, HostTensor> weights, TensorRuntime runtime) {
    WeightSource.Given source = WeightSource.given(weights);
    CdrlModel model = build(description, source, runtime);
    try {
      source.requireNoRest();
    } catch (CdrlException e) {
      model.close();
      throw e;
    }
    return model;
  }

  private static CdrlModel build(
      ModelDescription description, WeightSource source, TensorRuntime runtime) {
    NDManager manager = runtime.manager().newSubManager();
    try {
      return new CdrlModel(description, source, manager);
    } catch (RuntimeException e) {
      manager.close();
      throw e;
    }
  }

  /** Everything but the weights. */
  public ModelDescription description() {
    return description;
  }

  /** The noise levels. */
  public NoiseSchedule schedule() {
    return schedule;
  }

  /** The energy network. */
  public EnergyModel energy() {
    return energy;
  }

  /** The initializer. */
  public Initializer initializer() {
    return initializer;
  }

  /**
   * The standard deviation √(β̃_t² m_t) of a proposal around the initializer's mean (eq. 6); 0
   * where there is no initializer.
   *
   * @param t the level that the proposal is made from, 1 … T
   */
  public double proposalSpread(int t) {
    return description.prediction() == Prediction.NONE
        ? 0
        : Math.sqrt(schedule.posteriorVariance(t)) * schedule.inputScale(t);
  }

  /** The owner of the weights' native memory. */
  public NDManager manager() {
    return manager;
  }

  /** Copies of all weights and spectral-norm vectors, by name, in a fixed order. */
  public Map<String, HostTensor> weights() {
    Map<String, HostTensor> weights = new LinkedHashMap<>(energy.parameters().copy());
    weights.putAll(initializer.parameters().copy());
    return weights;
  }

  /**
   * Overwrites weights in place. Runs on the tensor lane.
   *
   * @param weights by name; names that the networks do not have are an error
   */
  public void setWeights(Map<String, HostTensor> weights) {
    weights.forEach(
        (name, tensor) -> {
          Map<String, NDArray> owner =
              name.startsWith("energy.")
                  ? energy.parameters().all()
                  : initializer.parameters().all();
          NDArray array = owner.get(name);
          if (array == null || !Arrays.equals(array.getShape().getShape(), tensor.shape())) {
            throw new CdrlException("The weight '{0}' does not fit the networks.", name);
          }
          tensor.copyTo(array);
        });
  }

  /** Frees the native memory of the networks. */
  @Override
  public void close() {
    manager.close();
  }
}
