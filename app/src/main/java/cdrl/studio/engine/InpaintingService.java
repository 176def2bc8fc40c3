package cdrl.studio.engine;

import cdrl.runtime.HostTensor;
import cdrl.runtime.TensorLane;
import cdrl.sampling.Inpainter;
import cdrl.sampling.SampleObserver;
import cdrl.sampling.SamplingSettings;

/** Fills masked parts of pictures. */
public interface InpaintingService {
  /**
   * Starts to fill.
   *
   * @param image (channels, height, width) in [−1, 1], in the model's size
   * @param mask height · width entries, true where pixels are to be filled
   * @param rounds how often the upper noise levels are gone through, at least 1
   * @param settings count is the number of candidates; the start level says how strongly the masked
   *     part is imagined anew
   * @param observer called away from the JavaFX thread, one call at a time
   * @return ends with a {@link java.util.concurrent.CancellationException} soon after a cancel
   */
  TensorLane.Task<Inpainter.Result> inpaint(
      LoadedModel model,
      HostTensor image,
      boolean[] mask,
      int rounds,
      SamplingSettings settings,
      SampleObserver observer);

  /** The same with few steps, which a person waits for: before other work where that can be. */
  default TensorLane.Task<Inpainter.Result> preview(
      LoadedModel model, HostTensor image, boolean[] mask, int rounds, SamplingSettings settings) {
    return inpaint(model, image, mask, rounds, settings, SampleObserver.NONE);
  }
}
