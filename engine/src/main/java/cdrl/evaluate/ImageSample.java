package cdrl.evaluate;

import cdrl.data.ImageDataSet;
import cdrl.runtime.HostTensor;
import java.util.List;

/**
 * Some images of a data set, spread evenly over all of it.
 *
 * @param images (n, channels, height, width) in [−1, 1]
 * @param total how many there were to choose from
 * @param notes sentences about the data that somebody should read, often none
 */
public record ImageSample(HostTensor images, int total, List<String> notes) {
  /**
   * Takes images of a data set.
   *
   * @param most how many at most, at least 1
   */
  public static ImageSample of(ImageDataSet data, int most) {
    int count = Math.min(most, data.size());
    long[] item = data.itemShape();
    int size = Math.toIntExact(HostTensor.elements(item));
    float[] values = new float[Math.multiplyExact(count, size)];
    for (int i = 0; i < count; i++) {
      data.fill(place(i, count, data.size()), false, values, i * size);
    }
    return new ImageSample(
        new HostTensor(new long[] {count, item[0], item[1], item[2]}, values),
        data.size(),
        data.notes());
  }

  /** The place of an image in the whole data set, from 0. */
  public int place(int index) {
    return place(index, images.count(), total);
  }

  private static int place(int index, int count, int total) {
    return (int) ((long) index * total / count);
  }
}
