/** Device choice, native libraries, the tensor lane and counter-based random numbers. */
@NullMarked
package cdrl.runtime;

import org.jspecify.annotations.NullMarked;
