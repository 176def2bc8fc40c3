/** What the workspaces need from the engine, and how a sampling run is followed. */
@NullMarked
package cdrl.studio.engine;

import org.jspecify.annotations.NullMarked;
