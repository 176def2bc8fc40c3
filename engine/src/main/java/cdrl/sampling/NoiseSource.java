package cdrl.sampling;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import cdrl.runtime.HostTensor;
import cdrl.runtime.RandomNumbers;
import cdrl.runtime.RandomNumbers.Purpose;
import java.util.function.BiFunction;

/** The standard normal noise of a sampling run; results belong to the given manager. */
public interface NoiseSource {
  /** x_T. */
  NDArray start(NDManager manager, Shape shape);

  /** The noise of the proposal for {@code level} (T − 1 … 0). */
  NDArray proposal(NDManager manager, Shape shape, int level);

  /** The noise of Langevin step {@code step} (1 … K) at {@code level} (T − 1 … 0). */
  NDArray langevin(NDManager manager, Shape shape, int level, int step);

  /** The noise of known pixels in inpainting, one for all levels. */
  NDArray knownPixels(NDManager manager, Shape shape);

  /** The noise that takes x at {@code level} − 1 back to {@code level} (T − 1 … 1). */
  default NDArray renewal(NDManager manager, Shape shape, int level) {
    throw new UnsupportedOperationException("this noise is for levels that are made once");
  }

  /**
   * Noise of its own for every time a level is made again.
   *
   * @param round 0 is this noise itself
   */
  default NoiseSource inRound(int round) {
    return this;
  }

  /**
   * The same noise, but the chain starts from given values.
   *
   * @param start x at the start level, of the batch's shape
   */
  default NoiseSource startingFrom(HostTensor start) {
    return startingFrom((manager, shape) -> start.toArray(manager));
  }

  /**
   * The same noise, but the chain starts from something else than pure noise.
   *
   * @param start gives x at the start level, for a batch of the given shape
   */
  default NoiseSource startingFrom(BiFunction<NDManager, Shape, NDArray> start) {
    NoiseSource noise = this;
    return new NoiseSource() {
      @Override
      public NDArray start(NDManager manager, Shape shape) {
        return start.apply(manager, shape);
      }

      @Override
      public NDArray proposal(NDManager manager, Shape shape, int level) {
        return noise.proposal(manager, shape, level);
      }

      @Override
      public NDArray langevin(NDManager manager, Shape shape, int level, int step) {
        return noise.langevin(manager, shape, level, step);
      }

      @Override
      public NDArray knownPixels(NDManager manager, Shape shape) {
        return noise.knownPixels(manager, shape);
      }

      @Override
      public NDArray renewal(NDManager manager, Shape shape, int level) {
        return noise.renewal(manager, shape, level);
      }

      @Override
      public NoiseSource inRound(int round) {
        return round == 0 ? this : noise.inRound(round).startingFrom(start);
      }
    };
  }

  /**
   * Noise that follows from a seed. Sample i gets the same numbers whatever the batch.
   *
   * @param first the number of the first sample
   */
  static NoiseSource of(long seed, int first) {
    return of(seed, first, 0);
  }

  private static NoiseSource of(long seed, int first, int ofRound) {
    RandomNumbers numbers = new RandomNumbers(seed);
    return new NoiseSource() {
      @Override
      public NDArray start(NDManager manager, Shape shape) {
        return normal(manager, shape, Purpose.START, 0);
      }

      @Override
      public NDArray proposal(NDManager manager, Shape shape, int level) {
        return normal(manager, shape, Purpose.PROPOSAL, level);
      }

      @Override
      public NDArray langevin(NDManager manager, Shape shape, int level, int step) {
        return normal(manager, shape, Purpose.LANGEVIN, (long) level << 32 | step);
      }

      @Override
      public NDArray knownPixels(NDManager manager, Shape shape) {
        return normal(manager, shape, Purpose.KNOWN_PIXELS, 0);
      }

      @Override
      public NDArray renewal(NDManager manager, Shape shape, int level) {
        return normal(manager, shape, Purpose.RENEWAL, level);
      }

      @Override
      public NoiseSource inRound(int round) {
        return of(seed, first, round);
      }

      private NDArray normal(NDManager manager, Shape shape, Purpose purpose, long step) {
        float[] values = new float[(int) shape.size()];
        int item = values.length / (int) shape.get(0);
        // Each sample starts at an address of its own that is a multiple of 4.
        long stride = (item + 3L) / 4 * 4;
        for (int i = 0; i < shape.get(0); i++) {
          numbers.normal(
              purpose, (long) ofRound << 48 | step, (first + i) * stride, values, i * item, item);
        }
        return new HostTensor(shape.getShape(), values).toArray(manager);
      }
    };
  }
}
