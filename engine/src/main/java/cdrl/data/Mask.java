package cdrl.data;

import cdrl.runtime.CdrlException;
import java.nio.file.Path;

/**
 * Which pixels of an image are to be filled.
 *
 * @param pixels height · width entries in rows
 */
@SuppressWarnings("ArrayRecordComponent") // used inside the package only, never compared
record Mask(int width, int height, boolean[] pixels) {
  private static final float WHITE = 127.5f;

  /** Reads a mask: white is to be filled, black and transparent is not. */
  static Mask read(Path file) {
    Raster raster = Pictures.decode(file, 0, Integer.MAX_VALUE).withChannels(1);
    boolean[] pixels = new boolean[raster.width() * raster.height()];
    for (int i = 0; i < pixels.length; i++) {
      pixels[i] = raster.values()[i] > WHITE;
    }
    return new Mask(raster.width(), raster.height(), pixels);
  }

  /**
   * A part of the mask in another size. When it shrinks, a pixel is to be filled if a quarter of
   * its area was, so that thin strokes stay and little of what was masked shines through.
   */
  Mask scaled(Crop crop, int newWidth, int newHeight) {
    float[] values = new float[pixels.length];
    for (int i = 0; i < values.length; i++) {
      values[i] = pixels[i] ? 1 : 0;
    }
    Raster scaled = new Raster(width, height, 1, values).scaled(crop, newWidth, newHeight);
    float least = crop.width() > newWidth || crop.height() > newHeight ? 0.25f : 0.5f;
    boolean[] result = new boolean[newWidth * newHeight];
    for (int i = 0; i < result.length; i++) {
      result[i] = scaled.values()[i] >= least;
    }
    return new Mask(newWidth, newHeight, result);
  }

  /** The entries, of which at least one is to be filled. */
  boolean[] checkedPixels(Path file) {
    for (boolean filled : pixels) {
      if (filled) {
        return pixels;
      }
    }
    throw new CdrlException(
        "The mask '{0}' has no white pixel in the part that is used, so nothing would be filled;"
            + " paint what is to be filled white.",
        file);
  }
}
