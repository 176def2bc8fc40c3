/** The Generate workspace: image models. */
@NullMarked
package cdrl.studio.generate;

import org.jspecify.annotations.NullMarked;
