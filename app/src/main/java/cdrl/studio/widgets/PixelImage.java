package cdrl.studio.widgets;

import cdrl.studio.raster.Raster;
import java.nio.IntBuffer;
import javafx.scene.image.PixelBuffer;
import javafx.scene.image.PixelFormat;
import javafx.scene.image.WritableImage;

/** An image whose pixels can be replaced cheaply. Use it on the JavaFX thread. */
final class PixelImage {
  private final IntBuffer pixels;
  private final PixelBuffer<IntBuffer> buffer;
  private final WritableImage image;

  PixelImage(int width, int height) {
    pixels = IntBuffer.allocate(width * height);
    buffer = new PixelBuffer<>(width, height, pixels, PixelFormat.getIntArgbPreInstance());
    image = new WritableImage(buffer);
  }

  static PixelImage of(Raster raster) {
    PixelImage made = new PixelImage(raster.width(), raster.height());
    made.update(raster);
    return made;
  }

  boolean fits(Raster raster) {
    return (int) image.getWidth() == raster.width() && (int) image.getHeight() == raster.height();
  }

  /** Replaces all pixels; the size must fit. */
  void update(Raster raster) {
    buffer.updateBuffer(
        ignored -> {
          pixels.put(0, raster.argb());
          return null; // all of the image has changed
        });
  }

  WritableImage image() {
    return image;
  }
}
