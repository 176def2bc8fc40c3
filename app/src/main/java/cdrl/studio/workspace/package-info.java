/** What the workspaces have in common. A new workspace is built from these parts. */
@NullMarked
package cdrl.studio.workspace;

import org.jspecify.annotations.NullMarked;
