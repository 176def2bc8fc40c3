package cdrl.evaluate;

import cdrl.runtime.Cancellation;
import cdrl.runtime.HostTensor;
import java.util.function.IntConsumer;

/** What images are compared by: a network that turns each into a vector. */
public interface ImageFeatures extends AutoCloseable {
  /** What to call figures that were made with these features. */
  String name();

  /** The entries of a vector. */
  int size();

  /**
   * The vectors of images, one behind the other. Runs on the tensor lane.
   *
   * @param images (n, 1 or 3 channels, height, width) in [−1, 1]
   * @param progress told the number of images done
   */
  float[] of(HostTensor images, IntConsumer progress, Cancellation cancellation);

  @Override
  void close();
}
