/** The Train workspace: runs, how they go, and new ones. */
@NullMarked
package cdrl.studio.train;

import org.jspecify.annotations.NullMarked;
