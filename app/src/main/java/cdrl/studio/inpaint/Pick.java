package cdrl.studio.inpaint;

import cdrl.studio.raster.Raster;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The selected candidate.
 *
 * @param picture as it is seen
 * @param index its number, from 0
 * @param level the noise level it is seen at; null for the result
 * @param notes how the result was made, see {@link InpaintNotes}
 */
record Pick(Raster picture, int index, @Nullable Integer level, Map<String, String> notes) {}
