package cdrl.sampling;

import ai.djl.engine.Engine;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import ai.djl.training.GradientCollector;
import cdrl.model.EnergyModel;
import cdrl.runtime.Cancellation;
import cdrl.runtime.Computation;
import cdrl.runtime.Layout;
import org.jspecify.annotations.Nullable;

/** Langevin dynamics operator by operator: the reference for all other kernels. */
public final class EagerLangevin implements LangevinKernel {

  private final boolean channelsLast;

  /** Keeps the channels of a pixel beside each other in memory. */
  public EagerLangevin() {
    this(true);
  }

  /**
   * @param channelsLast whether the channels of a pixel stand beside each other in memory, which is
   *     faster on processors, or the pixels of a channel
   */
  public EagerLangevin(boolean channelsLast) {
    this.channelsLast = channelsLast;
  }

  @Override
  public NDArray arrange(NDArray images) {
    return channelsLast ? Layout.channelsLast(images) : Layout.channelsFirst(images);
  }

  @Override
  public Computation computation() {
    return Computation.EAGER;
  }

  @Override
  public NDArray refine(
      NDManager scope, Chain chain, @Nullable StepObserver observer, Cancellation cancellation) {
    NDManager local = scope.newSubManager();
    try {
      LangevinLevels levels = chain.levels();
      EnergyModel.Function energy =
          chain.energy().at(local, levels.logSnr(), chain.labels(), EnergyModel.Mode.FROZEN);
      int dimensions = chain.proposal().getShape().dimension();
      NDArray drift = perItem(local, levels.drift(), dimensions);
      NDArray noise = perItem(local, levels.noise(), dimensions);
      NDArray recovery = perItem(local, levels.recovery(), dimensions);
      NDArray keep = recovery.neg().addi(1);
      NDArray y = copy(local, arrange(chain.proposal()));
      NDArray pull = copy(local, arrange(chain.noisier())).muli(recovery);
      for (int step = 1; step <= chain.steps(); step++) {
        cancellation.throwIfCancelled();
        try (NDManager inner = local.newSubManager()) {
          NDArray gradient = gradient(inner, energy, y);
          NDArray next = y.mul(keep);
          next.addi(pull).addi(gradient.muli(drift));
          next.addi(arrange(chain.noise().at(inner, step)).muli(noise));
          if (chain.constraint() != null) {
            next = chain.constraint().apply(next);
          }
          next.attach(local);
          y.close();
          y = next;
          if (observer != null) {
            observer.after(step, y);
          }
        }
      }
      y.attach(scope);
      return y;
    } finally {
      local.close();
    }
  }

  /** ∇F(y), owned by the manager. */
  public static NDArray gradient(NDManager manager, EnergyModel.Function energy, NDArray y) {
    NDArray leaf = y.stopGradient();
    leaf.attach(manager);
    leaf.setRequiresGradient(true);
    try (GradientCollector collector = Engine.getInstance().newGradientCollector()) {
      collector.backward(energy.negativeEnergy(leaf).sum());
    }
    NDArray gradient = leaf.getGradient();
    gradient.attach(manager);
    return gradient;
  }

  /** One number per item, shaped to be multiplied with items. */
  static NDArray perItem(NDManager manager, float[] values, int dimensions) {
    long[] shape = new long[dimensions];
    java.util.Arrays.fill(shape, 1);
    shape[0] = values.length;
    return manager.create(values, new Shape(shape));
  }

  static NDArray copy(NDManager manager, NDArray array) {
    try (NDManager inner = manager.newSubManager()) {
      NDArray source = array.stopGradient();
      source.attach(inner);
      NDArray copy = source.add(0);
      copy.attach(manager);
      return copy;
    }
  }
}
