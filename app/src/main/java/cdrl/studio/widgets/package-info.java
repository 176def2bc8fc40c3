/** Controls that several workspaces share. */
@NullMarked
package cdrl.studio.widgets;

import org.jspecify.annotations.NullMarked;
