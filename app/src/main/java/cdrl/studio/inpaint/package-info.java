/** The Inpaint workspace: paint over a part of a picture and let a model fill it. */
@NullMarked
package cdrl.studio.inpaint;

import org.jspecify.annotations.NullMarked;
