package cdrl.data;

import cdrl.runtime.HostTensor;
import java.nio.file.Path;

/**
 * A picture with a mask, both in the size that a model needs.
 *
 * @param image (channels, resolution, resolution) in [−1, 1]
 * @param mask resolution · resolution entries in rows, true where pixels are to be filled
 */
@SuppressWarnings("ArrayRecordComponent") // handed over once and never compared
public record InpaintingInput(HostTensor image, boolean[] mask) {

  /**
   * Reads both files. The mask may have the size of the picture, and is then cropped and scaled
   * with it, or the size that the model needs.
   *
   * @param resolution height and width that the model needs
   * @param channels 1 or 3
   * @param fit what to do when the picture has another size
   * @param scaleMask whether a mask of yet another size is scaled to that of the picture
   * @throws cdrl.runtime.CdrlException when a file cannot be read or does not fit
   */
  public static InpaintingInput read(
      Path picture, Path mask, int resolution, int channels, Fit fit, boolean scaleMask) {
    Raster raster = Pictures.decode(picture, 255, Integer.MAX_VALUE);
    HostTensor image = Pictures.fitted(picture, raster, resolution, channels, fit);
    Mask given = Mask.read(mask);
    int width = raster.width();
    int height = raster.height();
    if (given.width() == width && given.height() == height) {
      boolean same = width == resolution && height == resolution && fit != Fit.ALIGNED_FACE;
      Mask fitted = same ? given : given.scaled(fit.crop(width, height), resolution, resolution);
      return new InpaintingInput(image, fitted.checkedPixels(mask));
    }
    if (given.width() == resolution && given.height() == resolution) {
      return new InpaintingInput(image, given.checkedPixels(mask));
    }
    if (!scaleMask) {
      throw Pictures.wrongMaskSize(mask, given, width + "×" + height);
    }
    Mask stretched = given.scaled(Crop.whole(given.width(), given.height()), width, height);
    return new InpaintingInput(
        image,
        stretched.scaled(fit.crop(width, height), resolution, resolution).checkedPixels(mask));
  }
}
