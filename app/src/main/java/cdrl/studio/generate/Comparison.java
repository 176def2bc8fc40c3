package cdrl.studio.generate;

import cdrl.studio.raster.Difference;
import cdrl.studio.raster.Raster;
import org.jspecify.annotations.Nullable;

/**
 * Two pictures of the selected image.
 *
 * @param kind what they are
 * @param before the first one
 * @param after the second one
 * @param difference from before to after
 */
public record Comparison(
    Kind kind, @Nullable Raster before, @Nullable Raster after, @Nullable Difference difference) {
  /** What can be compared. */
  public enum Kind {
    /** There is nothing yet. */
    NOTHING,
    /** Only a preview, as the second picture. */
    PREVIEW,
    /** The noise that the chain starts from, and no second picture. */
    NOISE,
    /** The proposal and the refined image of a level. */
    LEVEL,
    /** Level 0 and the result. */
    RESULT,
    /** The image under the settings that were kept and under those of now. */
    KEPT
  }

  /** No pictures. */
  public static final Comparison NOTHING = new Comparison(Kind.NOTHING, null, null, null);
}
