/** The Compose workspace: pictures that follow several attributes at once. */
@NullMarked
package cdrl.studio.compose;

import org.jspecify.annotations.NullMarked;
