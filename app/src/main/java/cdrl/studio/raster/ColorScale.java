package cdrl.studio.raster;

import cdrl.evaluate.DensityGrid;

/** How the numbers of a grid become colours. The last colour stands for what is likely. */
public sealed interface ColorScale permits DensityScale, EnergyScale {
  /** Whether equal factors, not equal differences, look equal. */
  boolean logarithmic();

  /** Where a number lies on the scale, 0 to 1. */
  double position(double value);

  /** The picture of a grid, the highest y at the top. */
  Raster paint(DensityGrid grid, ColorMap colors);

  /**
   * The picture of numbers, the highest y at the top.
   *
   * @param values size · size numbers, row by row from the lowest y
   */
  default Raster paint(float[] values, int size, ColorMap colors) {
    int[] pixels = new int[size * size];
    for (int row = 0; row < size; row++) {
      int source = (size - 1 - row) * size;
      for (int column = 0; column < size; column++) {
        pixels[row * size + column] = colors.argb(position(values[source + column]));
      }
    }
    return new Raster(size, size, pixels);
  }
}
