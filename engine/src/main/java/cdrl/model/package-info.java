/** Energy models and initializers, their descriptions and their weights. */
@NullMarked
package cdrl.model;

import org.jspecify.annotations.NullMarked;
