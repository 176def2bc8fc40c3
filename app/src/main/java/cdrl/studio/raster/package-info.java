/** Pictures as plain pixels, and the colour maps that make them from numbers. */
@NullMarked
package cdrl.studio.raster;

import org.jspecify.annotations.NullMarked;
