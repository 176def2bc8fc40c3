package cdrl.studio.widgets;

import cdrl.studio.raster.Raster;
import javafx.scene.image.Image;
import javafx.scene.image.PixelFormat;

/** Pictures of the toolkit as plain pixels. */
public final class Rasters {
  private Rasters() {}

  /** The pixels of a picture; transparent parts are laid over white. */
  public static Raster of(Image image) {
    int width = (int) image.getWidth();
    int height = (int) image.getHeight();
    int[] pixels = new int[width * height];
    image
        .getPixelReader()
        .getPixels(0, 0, width, height, PixelFormat.getIntArgbInstance(), pixels, 0, width);
    for (int i = 0; i < pixels.length; i++) {
      int opacity = pixels[i] >>> 24;
      if (opacity < 255) {
        pixels[i] =
            0xFF000000
                | overWhite(pixels[i] >> 16, opacity) << 16
                | overWhite(pixels[i] >> 8, opacity) << 8
                | overWhite(pixels[i], opacity);
      }
    }
    return new Raster(width, height, pixels);
  }

  /** A picture for the toolkit. */
  public static Image image(Raster raster) {
    return PixelImage.of(raster).image();
  }

  private static int overWhite(int shade, int opacity) {
    return ((shade & 255) * opacity + 255 * (255 - opacity)) / 255;
  }
}
