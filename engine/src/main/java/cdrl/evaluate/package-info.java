/** Densities of two-dimensional models, distances and diagnostics. */
@NullMarked
package cdrl.evaluate;

import org.jspecify.annotations.NullMarked;
