package cdrl.training;

import cdrl.model.CdrlModel;
import cdrl.runtime.TensorRuntime;
import cdrl.sampling.LangevinKernel;
import cdrl.sampling.LangevinKernels;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;

/** The devices that share the batches of a training. Runs on the tensor lane. */
final class Devices implements AutoCloseable {
  private final List<Shard.Replica> replicas = new ArrayList<>();
  private final Deque<TensorRuntime> others = new ArrayDeque<>();

  /**
   * Makes a replica on as many devices as the configuration asks for.
   *
   * @param model the first one, which learns
   * @param kernel runs its chains
   * @throws cdrl.runtime.CdrlException when there are not that many devices
   */
  Devices(TrainingConfig config, CdrlModel model, LangevinKernel kernel, TensorRuntime runtime) {
    replicas.add(new Shard.Replica(model, kernel));
    TrainingConfig.Compute compute = config.compute();
    try {
      for (int i = 1; i < compute.replicas(); i++) {
        TensorRuntime other = runtime.neighbour(i);
        others.push(other);
        replicas.add(
            new Shard.Replica(
                CdrlModel.of(model.description(), model.weights(), other),
                LangevinKernels.open(other, compute.kernel(), compute.precision())));
      }
    } catch (RuntimeException e) {
      close();
      throw e;
    }
  }

  /** One per device, the one that learns first. */
  List<Shard.Replica> replicas() {
    return replicas;
  }

  /** Frees all replicas but the first one. */
  @Override
  public void close() {
    for (Shard.Replica replica : replicas.subList(1, replicas.size())) {
      replica.kernel().close();
      replica.model().close();
    }
    others.forEach(TensorRuntime::close);
  }
}
