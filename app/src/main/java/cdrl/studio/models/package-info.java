/** The Models workspace: the models at hand, where they come from, and new ones. */
@NullMarked
package cdrl.studio.models;

import org.jspecify.annotations.NullMarked;
