package cdrl.studio.generate;

import cdrl.studio.raster.Difference;
import cdrl.studio.raster.Raster;
import org.jspecify.annotations.Nullable;

/**
 * One image before and after refinement.
 *
 * @param before the proposal, or the noise at the top, or level 0 for the result
 * @param after the refined image, or the result
 * @param difference from before to after
 */
public record Comparison(
    @Nullable Raster before, @Nullable Raster after, @Nullable Difference difference) {
  /** No pictures. */
  public static final Comparison NOTHING = new Comparison(null, null, null);
}
