package cdrl.studio.inpaint;

import cdrl.data.Crop;
import cdrl.data.PixelValues;
import cdrl.runtime.HostTensor;
import cdrl.studio.raster.Raster;

/**
 * A picture as it was opened.
 *
 * @param name what people call it
 * @param image (channels, height, width) in [−1, 1]
 * @param raster the same for showing
 */
public record SourcePicture(String name, HostTensor image, Raster raster) {

  static SourcePicture of(String name, HostTensor image) {
    return new SourcePicture(
        name,
        image,
        new Raster((int) image.shape()[2], (int) image.shape()[1], PixelValues.toArgb(image)));
  }

  /** The frame to begin with: the largest square around the centre. */
  Crop wholeFrame() {
    Crop middle = Crop.centreSquare(raster.width(), raster.height());
    // On whole pixels, so that a picture that is just small enough is not blurred.
    return new Crop(
        Math.floor(middle.x()), Math.floor(middle.y()), middle.width(), middle.height());
  }

  /** Whether the picture has just the size that a model needs. */
  boolean fits(int resolution) {
    return raster.width() == resolution && raster.height() == resolution;
  }
}
