package cdrl.studio.generate;

import cdrl.runtime.HostTensor;
import cdrl.studio.raster.Difference;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** Pictures of what changed in many images. */
final class Differences {
  private static final int COLORS = 3;

  private Differences() {}

  /**
   * A picture for each image, every one in the colours of {@link Difference} on a scale of its own.
   *
   * @return the images themselves where nothing is known to compare them with
   */
  static @Nullable HostTensor since(@Nullable HostTensor before, @Nullable HostTensor after) {
    if (before == null || after == null || !Arrays.equals(before.shape(), after.shape())) {
      return after;
    }
    long[] shape = after.shape().clone();
    shape[1] = COLORS;
    int size = (int) (COLORS * shape[2] * shape[3]);
    float[] values = new float[after.count() * size];
    for (int index = 0; index < after.count(); index++) {
      float[] picture = Difference.between(before, after, index).raster().toTensor().values();
      System.arraycopy(picture, 0, values, index * size, size);
    }
    return new HostTensor(shape, values);
  }
}
