package cdrl.model;

import ai.djl.ndarray.NDArray;
import java.util.List;

/**
 * An energy network at given noise levels, reduced to what its gradient in y depends on, for
 * kernels that run it as one native call. All arrays belong to the scope they were made in.
 *
 * @param blocks residual blocks per resolution; a single entry for points
 * @param weights in this order: stem weight and bias; for each block the first layer, the second
 *     layer and its bias, and where the width changes the shortcut and its bias; for points the
 *     output layer last. Spectral norms and gains are folded in.
 * @param shifts for each block what is added after the first layer, shaped to be added to its
 *     output; one row, or as many as direction has
 * @param direction what the sum over pixels is multiplied with, shaped (n or 1, channels, 1, 1);
 *     for points a single zero. With k · n rows, k energies of each of n items are meant, whose
 *     gradients are to be added; the first n rows belong to the first energy
 */
public record FrozenEnergy(
    int[] blocks, List<NDArray> weights, List<NDArray> shifts, NDArray direction) {}
