/** The Detect workspace: how unlike its training data a model finds pictures. */
@NullMarked
package cdrl.studio.detect;

import org.jspecify.annotations.NullMarked;
