package cdrl.training;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import cdrl.runtime.HostTensor;
import cdrl.runtime.RandomNumbers;
import cdrl.runtime.RandomNumbers.Purpose;

/** The standard normal noise of one training iteration; results belong to the given manager. */
public interface TrainingNoise {
  /** ε, which makes the data noisy. */
  NDArray data(NDManager manager, Shape shape);

  /** The noise of q(x_{t−1} | x_t, x), used without variance reduction only. */
  NDArray posterior(NDManager manager, Shape shape);

  /** The noise of the proposal. */
  NDArray proposal(NDManager manager, Shape shape);

  /** The noise of Langevin step 1 … K. */
  NDArray langevin(NDManager manager, Shape shape, int step);

  /** Noise that follows from a seed and the number of the iteration. */
  static TrainingNoise of(RandomNumbers numbers, long iteration) {
    return new TrainingNoise() {
      @Override
      public NDArray data(NDManager manager, Shape shape) {
        return normal(manager, shape, Purpose.DATA_NOISE, iteration);
      }

      @Override
      public NDArray posterior(NDManager manager, Shape shape) {
        return normal(manager, shape, Purpose.POSTERIOR_NOISE, iteration);
      }

      @Override
      public NDArray proposal(NDManager manager, Shape shape) {
        return normal(manager, shape, Purpose.PROPOSAL, iteration);
      }

      @Override
      public NDArray langevin(NDManager manager, Shape shape, int step) {
        return normal(manager, shape, Purpose.LANGEVIN, iteration << 16 | step);
      }

      private NDArray normal(NDManager manager, Shape shape, Purpose purpose, long step) {
        float[] values = new float[(int) shape.size()];
        numbers.normal(purpose, step, 0, values);
        return new HostTensor(shape.getShape(), values).toArray(manager);
      }
    };
  }
}
