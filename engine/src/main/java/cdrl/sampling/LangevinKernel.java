package cdrl.sampling;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import cdrl.model.EnergyModel;
import cdrl.runtime.Cancellation;
import cdrl.runtime.Computation;
import cdrl.runtime.Layout;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** Refines proposals by K steps of Langevin dynamics (eq. 5, 16). Runs on the tensor lane. */
public interface LangevinKernel extends AutoCloseable {

  /**
   * A chain to run.
   *
   * @param energy the energy network
   * @param levels the numbers of the step
   * @param labels class per item or one for all; null for no class
   * @param proposal where the chain starts, shaped (n, item...)
   * @param noisier x_t, towards which the recovery term pulls
   * @param steps K
   * @param noise gives the standard normal noise of a step
   * @param constraint applied to y after every step, or null
   */
  @SuppressWarnings("ArrayRecordComponent") // read by kernels, never changed
  record Chain(
      EnergyModel energy,
      LangevinLevels levels,
      int @Nullable [] labels,
      NDArray proposal,
      NDArray noisier,
      int steps,
      StepNoise noise,
      @Nullable UnaryOperator<NDArray> constraint) {}

  /** The noise of the steps of one chain. */
  @FunctionalInterface
  interface StepNoise {
    /** Standard normal noise shaped as y, for step 1 … K, owned by the manager. */
    NDArray at(NDManager manager, int step);
  }

  /** Watches single steps. */
  @FunctionalInterface
  interface StepObserver {
    /** Called after step 1 … K with y, which is valid only during the call. */
    void after(int step, NDArray y);
  }

  /** The same images in the order of memory that suits the kernel. */
  default NDArray arrange(NDArray images) {
    return Layout.channelsLast(images);
  }

  /** How the kernel computes; the initializer and the training step follow it. */
  Computation computation();

  /**
   * Runs a chain.
   *
   * @param scope owns the result
   * @param observer called after every step, or null for the fastest way
   * @return y after K steps, shaped as the proposal
   * @throws java.util.concurrent.CancellationException when cancelled between two steps
   */
  NDArray refine(
      NDManager scope, Chain chain, @Nullable StepObserver observer, Cancellation cancellation);

  /** Frees what the kernel holds in native memory. Runs on the tensor lane. */
  @Override
  default void close() {}
}
