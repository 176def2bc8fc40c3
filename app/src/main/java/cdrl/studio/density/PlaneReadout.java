package cdrl.studio.density;

import cdrl.evaluate.DensityGrid;
import cdrl.studio.resources.Messages;
import javafx.geometry.Point2D;

/** Reads values off a grid where the pointer is. */
final class PlaneReadout {
  private PlaneReadout() {}

  /** The place, the density and the energy there, for people. */
  static String of(Messages messages, DensityGrid grid, Point2D at) {
    return messages.text(
        "density.readout",
        messages.number(at.getX(), 2),
        messages.number(at.getY(), 2),
        messages.compact(density(grid, at)),
        messages.number(grid.energy()[cell(grid, at)], 2));
  }

  /** The density where a point lies, or next to it. */
  static double density(DensityGrid grid, Point2D at) {
    return grid.density()[cell(grid, at)];
  }

  private static int cell(DensityGrid grid, Point2D at) {
    return index(grid, at.getY()) * grid.size() + index(grid, at.getX());
  }

  private static int index(DensityGrid grid, double value) {
    int index = (int) Math.floor((value / grid.extent() + 1) / 2 * grid.size());
    return Math.max(0, Math.min(grid.size() - 1, index));
  }
}
