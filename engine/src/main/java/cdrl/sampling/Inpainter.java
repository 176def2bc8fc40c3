package cdrl.sampling;

import cdrl.model.CdrlModel;
import cdrl.runtime.Cancellation;
import cdrl.runtime.HostTensor;

/** Fills masked pixels of an image (appendix C.1). Use it on the tensor lane. */
public final class Inpainter {
  private final CdrlModel model;

  /** An inpainter for the given image model. */
  public Inpainter(CdrlModel model) {
    this.model = model;
  }

  /**
   * Candidates for the masked pixels, ordered from the most to the least plausible.
   *
   * @param images shaped (count, channels, height, width); known pixels are those of the input, bit
   *     for bit
   * @param energies −F at the lowest level, one per candidate, ascending
   */
  @SuppressWarnings("ArrayRecordComponent") // a value object by convention, as HostTensor
  public record Result(HostTensor images, float[] energies) {}

  /**
   * Fills an image.
   *
   * @param image (channels, height, width) in [-1, 1]
   * @param mask height · width entries, true where pixels are to be filled
   * @param settings count is the number of candidates
   */
  public Result inpaint(
      HostTensor image,
      boolean[] mask,
      SamplingSettings settings,
      SampleObserver observer,
      Cancellation cancellation) {
    throw new IllegalStateException(model.toString());
  }
}
