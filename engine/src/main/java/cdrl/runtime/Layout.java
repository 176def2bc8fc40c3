package cdrl.runtime;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.Shape;

/** The order of image data in memory. */
public final class Layout {
  private Layout() {}

  /** The same images in row-major order, the pixels of a channel beside each other in memory. */
  public static NDArray channelsFirst(NDArray images) {
    return images.flatten().reshape(images.getShape());
  }

  /**
   * The same images with the channels of a pixel beside each other in memory, which convolutions on
   * processors prefer. Values and shape stay; points are returned as they are.
   */
  public static NDArray channelsLast(NDArray images) {
    Shape shape = images.getShape();
    if (shape.dimension() != 4) {
      return images;
    }
    return images
        .transpose(0, 2, 3, 1)
        .flatten()
        .reshape(shape.get(0), shape.get(2), shape.get(3), shape.get(1))
        .transpose(0, 3, 1, 2);
  }
}
