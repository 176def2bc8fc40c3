/** The desktop program: its entry and the place where its parts are put together. */
@NullMarked
package cdrl.studio;

import org.jspecify.annotations.NullMarked;
