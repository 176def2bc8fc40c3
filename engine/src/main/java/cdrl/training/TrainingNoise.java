package cdrl.training;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import cdrl.runtime.HostTensor;
import cdrl.runtime.RandomNumbers;
import cdrl.runtime.RandomNumbers.Purpose;
import java.util.Arrays;

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

  /**
   * The same noise without that of the first items of the batch.
   *
   * @param item the item that comes first then
   */
  default TrainingNoise from(int item) {
    if (item != 0) {
      throw new UnsupportedOperationException("this noise is for whole batches");
    }
    return this;
  }

  /** Noise that follows from a seed and the number of the iteration. */
  static TrainingNoise of(RandomNumbers numbers, long iteration) {
    return new Seeded(numbers, iteration, 0);
  }

  /** See {@link #of}. */
  record Seeded(RandomNumbers numbers, long iteration, int first) implements TrainingNoise {
    private static final int BLOCK = 4;

    @Override
    public TrainingNoise from(int item) {
      return new Seeded(numbers, iteration, first + item);
    }

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
      long start = first * (shape.size() / shape.get(0));
      int before = (int) (start % BLOCK); // numbers are drawn in blocks
      float[] values = new float[before + (int) shape.size()];
      numbers.normal(purpose, step, start - before, values);
      float[] wanted = before == 0 ? values : Arrays.copyOfRange(values, before, values.length);
      return new HostTensor(shape.getShape(), wanted).toArray(manager);
    }
  }
}
