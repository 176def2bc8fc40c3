/** The Density workspace: two-dimensional models. */
@NullMarked
package cdrl.studio.density;

import org.jspecify.annotations.NullMarked;
