/** Model files, checkpoints, run folders, metrics, and the import of published checkpoints. */
@NullMarked
package cdrl.store;

import org.jspecify.annotations.NullMarked;
