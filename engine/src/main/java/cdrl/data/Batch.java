package cdrl.data;

import cdrl.runtime.HostTensor;

/**
 * Training data for one iteration.
 *
 * @param items (batch, then the shape of an item)
 * @param indexes which item of the data set each is
 * @param labels the class of each, from 1; 0 where it has none
 */
@SuppressWarnings("ArrayRecordComponent") // handed over once and never compared
public record Batch(HostTensor items, int[] indexes, int[] labels) {}
