/** Langevin kernels, the sampler, conditions, inpainting and traces. */
@NullMarked
package cdrl.sampling;

import org.jspecify.annotations.NullMarked;
