package cdrl.data;

import cdrl.runtime.HostTensor;
import cdrl.runtime.RandomNumbers;
import cdrl.runtime.RandomNumbers.Purpose;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The endless sequence of shuffled batches over a data set. Every item comes once per epoch; epochs
 * follow each other without a gap, so that a batch may hold the end of one and the beginning of the
 * next. A batch depends on nothing but the data, the seed and its number, so training can go on
 * from anywhere. Safe to use from several threads.
 */
public final class Batches {
  private static final int EPOCHS_KEPT = 3;

  private final DataSet data;
  private final int batchSize;
  private final boolean flips;
  private final RandomNumbers random;
  private final Map<Long, int[]> orders = new LinkedHashMap<>();

  /**
   * @param data what to draw from
   * @param batchSize items per batch, at least 1; may exceed the size of the data set
   * @param flips whether to mirror each item, left to right, with probability one half
   * @param seed decides the order and the flips
   */
  public Batches(DataSet data, int batchSize, boolean flips, long seed) {
    if (batchSize < 1) {
      throw new IllegalArgumentException("batch size " + batchSize);
    }
    this.data = data;
    this.batchSize = batchSize;
    this.flips = flips;
    this.random = new RandomNumbers(seed);
  }

  /** What the batches are drawn from. */
  public DataSet data() {
    return data;
  }

  /** Items per batch. */
  public int batchSize() {
    return batchSize;
  }

  /**
   * Makes one batch.
   *
   * @param iteration its number, from 0
   */
  public Batch batch(long iteration) {
    long[] item = data.itemShape();
    int itemSize = Math.toIntExact(HostTensor.elements(item));
    long[] shape = new long[item.length + 1];
    shape[0] = batchSize;
    System.arraycopy(item, 0, shape, 1, item.length);
    float[] values = new float[Math.multiplyExact(batchSize, itemSize)];
    int[] indexes = new int[batchSize];
    int[] labels = new int[batchSize];
    for (int i = 0; i < batchSize; i++) {
      long position = Math.addExact(Math.multiplyExact(iteration, batchSize), i);
      int index = order(position / data.size())[(int) (position % data.size())];
      boolean flip = flips && random.integer(Purpose.FLIP, position, 0, 2) == 1;
      data.fill(index, flip, values, i * itemSize);
      indexes[i] = index;
      labels[i] = data.label(index);
    }
    return new Batch(new HostTensor(shape, values), indexes, labels);
  }

  /** The order of the items in an epoch; the latest few are kept. */
  private synchronized int[] order(long epoch) {
    int[] order = orders.get(epoch);
    if (order == null) {
      order = shuffled(epoch);
      if (orders.size() == EPOCHS_KEPT) {
        orders.remove(orders.keySet().iterator().next());
      }
      orders.put(epoch, order);
    }
    return order;
  }

  private int[] shuffled(long epoch) {
    int[] order = new int[data.size()];
    for (int i = 0; i < order.length; i++) {
      int other = random.integer(Purpose.SHUFFLE, epoch, i, i + 1);
      order[i] = order[other];
      order[other] = i;
    }
    return order;
  }
}
