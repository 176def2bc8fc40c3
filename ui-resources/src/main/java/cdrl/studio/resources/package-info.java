/** The texts, stylesheet, fonts and icons of CDRL Studio, and what loads them. */
@NullMarked
package cdrl.studio.resources;

import org.jspecify.annotations.NullMarked;
