package cdrl.studio.density;

import cdrl.evaluate.DensityGrid;
import cdrl.studio.raster.DensityScale;
import cdrl.studio.raster.EnergyScale;
import cdrl.studio.raster.Raster;
import org.jspecify.annotations.Nullable;

/**
 * The pictures of a model's planes.
 *
 * @param model of the model's density, or null
 * @param truth of the true density, null when it is unknown or not wanted
 * @param scale the scale of both
 * @param energy of the model's energy, null when it is not wanted
 * @param energies the scale of that
 */
public record PlanePictures(
    @Nullable Raster model,
    @Nullable Raster truth,
    @Nullable DensityScale scale,
    @Nullable Raster energy,
    @Nullable EnergyScale energies) {
  /** No pictures. */
  public static final PlanePictures NONE = new PlanePictures(null, null, null, null, null);

  /**
   * Paints densities.
   *
   * @param real the true density, or null
   */
  static PlanePictures of(
      @Nullable DensityGrid grid, @Nullable DensityGrid real, PlaneAppearance appearance) {
    if (grid == null) {
      return NONE;
    }
    boolean logarithmic = appearance.logarithmicProperty().get();
    // One scale for both, so that equal colours mean equal densities.
    DensityScale scale =
        real == null
            ? DensityScale.of(logarithmic, grid)
            : DensityScale.of(logarithmic, grid, real);
    EnergyScale energies =
        appearance.energyProperty().get() ? EnergyScale.of(logarithmic, grid) : null;
    return new PlanePictures(
        scale.paint(grid, appearance.colorMap()),
        real == null ? null : scale.paint(real, appearance.colorMap()),
        scale,
        energies == null ? null : energies.paint(grid, appearance.colorMap()),
        energies);
  }
}
