/** The window, navigation, running jobs, problems and preferences. */
@NullMarked
package cdrl.studio.shell;

import org.jspecify.annotations.NullMarked;
