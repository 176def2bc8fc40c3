/** The command line, one class for each command. */
@NullMarked
package cdrl.cli;

import org.jspecify.annotations.NullMarked;
