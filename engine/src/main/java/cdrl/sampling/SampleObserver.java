package cdrl.sampling;

import cdrl.runtime.HostTensor;

/**
 * Watches a sampling run, on the tensor lane. All tensors hold every sample, shaped (count,
 * item...), in data space: images are y divided by √m_t, at the noise of the level they are given
 * for, roughly within [-1, 1] at level 0.
 */
public interface SampleObserver {
  /** Watches nothing, at no cost. */
  SampleObserver NONE =
      new SampleObserver() {
        @Override
        public boolean wantsSteps() {
          return false;
        }
      };

  /** Whether {@link #stepped} is wanted; without it the chain runs without copies. */
  default boolean wantsSteps() {
    return true;
  }

  /** The noise x_T the chain starts from; {@code level} is the start level. */
  default void started(int level, HostTensor noise) {}

  /** The initializer's proposal for x at {@code level} (T − 1 … 0), noise included. */
  default void proposed(int level, HostTensor proposal) {}

  /** The image after Langevin step {@code step} (1 … K) at {@code level}. */
  default void stepped(int level, int step, HostTensor image) {}

  /** The refined x at {@code level}, after the last Langevin step. */
  default void refined(int level, HostTensor refined) {}

  /** The result, after the last denoising step by Tweedie's formula. */
  default void finished(HostTensor samples) {}
}
