/**
 * Data sets: two-dimensional distributions, idx files, CelebA, folders of images; batching and
 * picture files.
 */
@NullMarked
package cdrl.data;

import org.jspecify.annotations.NullMarked;
