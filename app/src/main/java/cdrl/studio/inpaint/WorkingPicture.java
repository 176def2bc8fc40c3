package cdrl.studio.inpaint;

import cdrl.data.Crop;
import cdrl.data.PixelValues;
import cdrl.runtime.HostTensor;
import cdrl.studio.raster.Raster;
import java.util.Map;

/**
 * The picture in the model's size, as it is being worked on.
 *
 * @param image (channels, resolution, resolution) in [−1, 1]
 * @param frame the part of the opened picture that it shows
 * @param origin how the model made its pixels, for the saved file; empty when it did not
 * @param opened the same part of the picture as it was opened, to compare with
 */
public record WorkingPicture(
    HostTensor image, Crop frame, Map<String, String> origin, HostTensor opened) {

  /** A part of a picture as it was opened. */
  static WorkingPicture opened(HostTensor image, Crop frame) {
    return new WorkingPicture(image, frame, Map.of(), image);
  }

  int resolution() {
    return (int) image.shape()[1];
  }

  /** For showing. */
  Raster raster() {
    return new Raster(resolution(), resolution(), PixelValues.toArgb(image));
  }
}
