/** The cooperative trainer and everything it needs. */
@NullMarked
package cdrl.training;

import org.jspecify.annotations.NullMarked;
