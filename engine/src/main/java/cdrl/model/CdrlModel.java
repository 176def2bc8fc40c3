package cdrl.model;

import cdrl.runtime.HostTensor;
import cdrl.runtime.TensorRuntime;
import cdrl.schedule.NoiseSchedule;
import java.util.Map;

/** An energy model and its initializer with the noise schedule they belong to. */
public final class CdrlModel implements AutoCloseable {
  private final ModelDescription description;
  private final NoiseSchedule schedule;

  private CdrlModel(ModelDescription description) {
    this.description = description;
    this.schedule = new NoiseSchedule(description.schedule());
  }

  /** Builds the networks with random weights. Runs on the tensor lane. */
  public static CdrlModel create(ModelDescription description, long seed, TensorRuntime runtime) {
    return new CdrlModel(description);
  }

  /**
   * Builds the networks with given weights. Runs on the tensor lane.
   *
   * @param weights by name; exactly the names and shapes of {@link #weights()}
   * @throws cdrl.runtime.CdrlException when a weight is missing, unknown or of another shape
   */
  public static CdrlModel of(
      ModelDescription description, Map<String, HostTensor> weights, TensorRuntime runtime) {
    return new CdrlModel(description);
  }

  /** Everything but the weights. */
  public ModelDescription description() {
    return description;
  }

  /** The noise levels. */
  public NoiseSchedule schedule() {
    return schedule;
  }

  /** Copies of all weights and spectral-norm vectors, by name, in a fixed order. */
  public Map<String, HostTensor> weights() {
    return Map.of();
  }

  /** Frees the native memory of the networks. */
  @Override
  public void close() {}
}
