package cdrl.sampling;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDArrays;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import cdrl.model.FrozenEnergy;
import cdrl.runtime.Cancellation;
import cdrl.runtime.Computation;
import cdrl.runtime.Layout;
import cdrl.runtime.ScriptProgram;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Langevin dynamics in few native calls, with convolutions in channels-last layout and, if wanted,
 * in bfloat16; y itself stays in float32. Chains that are watched or constrained go step by step.
 */
public final class FusedLangevin implements LangevinKernel {

  /** Few enough for a cancellation to be noticed soon, enough to spare most of the overhead. */
  private static final int STEPS_PER_CALL = 5;

  private final ScriptProgram program;
  private final Computation computation;

  /**
   * Loads the kernel. Runs on the tensor lane.
   *
   * @param manager owns the loaded program
   */
  public FusedLangevin(NDManager manager, Computation computation) {
    this.computation = computation;
    program = new ScriptProgram(manager, FusedLangevin.class, "Langevin", "langevin.py");
  }

  @Override
  public Computation computation() {
    return computation;
  }

  @Override
  public NDArray refine(
      NDManager scope, Chain chain, @Nullable StepObserver observer, Cancellation cancellation) {
    NDManager local = scope.newSubManager();
    try {
      LangevinLevels levels = chain.levels();
      FrozenEnergy energy = chain.energy().frozen(local, levels.logSnr(), chain.labels());
      int dimensions = chain.proposal().getShape().dimension();
      NDArray recovery = EagerLangevin.perItem(local, levels.recovery(), dimensions);
      NDArray keep = recovery.neg().addi(1);
      NDArray drift = EagerLangevin.perItem(local, levels.drift(), dimensions);
      NDArray spread = EagerLangevin.perItem(local, levels.noise(), dimensions);
      NDArray y = EagerLangevin.copy(local, arrange(chain.proposal()));
      NDArray pull = EagerLangevin.copy(local, arrange(chain.noisier())).muli(recovery);
      NDArray blocks = local.create(energy.blocks());
      NDArray code = local.create(computation.code());
      NDList prepared = program.callForAll("prepare", List.of(code), List.of(energy.weights()));
      prepared.attach(local);
      int count = energy.weights().size();
      List<NDArray> weights = prepared.subList(0, count);
      List<NDArray> adjoints = prepared.subList(count, prepared.size());
      int stride = observer == null && chain.constraint() == null ? STEPS_PER_CALL : 1;
      for (int step = 1; step <= chain.steps(); step += stride) {
        int steps = Math.min(stride, chain.steps() - step + 1);
        cancellation.throwIfCancelled();
        try (NDManager inner = local.newSubManager()) {
          NDArray next =
              program.call(
                  "forward",
                  List.of(
                      y,
                      pull,
                      keep,
                      drift,
                      noises(inner, chain, spread, step, steps),
                      blocks,
                      code,
                      energy.direction()),
                  List.of(weights, adjoints, energy.shifts()));
          next.attach(inner);
          if (chain.constraint() != null) {
            next = chain.constraint().apply(next);
          }
          next.attach(local);
          y.close();
          y = next;
        }
        if (observer != null) {
          observer.after(step, y);
        }
      }
      y.attach(scope);
      return y;
    } finally {
      local.close();
    }
  }

  /** Scaled noise of several steps, stacked along a new first dimension. */
  private static NDArray noises(
      NDManager scope, Chain chain, NDArray spread, int first, int count) {
    NDList all = new NDList(count);
    for (int step = first; step < first + count; step++) {
      NDArray noise = Layout.channelsLast(chain.noise().at(scope, step)).mul(spread);
      all.add(noise.reshape(new Shape(1).addAll(noise.getShape())));
    }
    return count == 1 ? all.get(0) : NDArrays.concat(all, 0);
  }

  /** Frees the loaded program. */
  @Override
  public void close() {
    program.close();
  }
}
