/** Curves over a number: their points, their axes, their pixels, and the chart that shows them. */
@NullMarked
package cdrl.studio.charts;

import org.jspecify.annotations.NullMarked;
