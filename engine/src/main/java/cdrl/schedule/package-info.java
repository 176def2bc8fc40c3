/** Noise schedules and the numbers derived from them; plain doubles, no tensors. */
@NullMarked
package cdrl.schedule;

import org.jspecify.annotations.NullMarked;
