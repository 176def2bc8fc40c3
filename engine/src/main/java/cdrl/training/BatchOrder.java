package cdrl.training;

import cdrl.runtime.RandomNumbers;
import cdrl.runtime.RandomNumbers.Purpose;

/**
 * Which items make up the batch of an iteration: epochs follow each other without a gap, each in a
 * random order of its own that follows from the seed and the number of the epoch.
 */
final class BatchOrder {
  private final RandomNumbers numbers;
  private final int size;
  private final int batch;
  private long epoch = -1;
  private int[] permutation = new int[0];

  BatchOrder(RandomNumbers numbers, int size, int batch) {
    this.numbers = numbers;
    this.size = size;
    this.batch = batch;
  }

  /** The items of an iteration, counted from 0. */
  int[] indices(long iteration) {
    int[] indices = new int[batch];
    for (int i = 0; i < batch; i++) {
      long position = iteration * batch + i;
      shuffle(position / size);
      indices[i] = permutation[(int) (position % size)];
    }
    return indices;
  }

  /** Fisher and Yates. */
  private void shuffle(long wanted) {
    if (epoch == wanted) {
      return;
    }
    permutation = new int[size];
    for (int i = 0; i < size; i++) {
      int j = numbers.integer(Purpose.SHUFFLE, wanted, i, i + 1);
      permutation[i] = permutation[j];
      permutation[j] = i;
    }
    epoch = wanted;
  }
}
