package cdrl.data;

import cdrl.runtime.CdrlException;
import cdrl.runtime.HostTensor;
import cdrl.runtime.RandomNumbers;
import cdrl.runtime.RandomNumbers.Purpose;
import java.nio.file.Path;
import java.util.Arrays;

/**
 * A distribution painted as a grey picture, which is laid over [−8, 8]²: the brighter a pixel, the
 * more points lie in it; black has none.
 */
public final class PaintedDensity implements PlaneDistribution {
  /** Pixels per side. */
  public static final int SIDE = 256;

  /** Half the side of the square that the picture lies over. */
  public static final double EXTENT = 8;

  private static final double PIXEL = 2 * EXTENT / SIDE;

  private final String title;
  private final String origin;
  private final double[] shares = new double[SIDE * SIDE];
  private final double[] sums = new double[SIDE * SIDE];

  private PaintedDensity(String title, String origin, float[] brightness) {
    this.title = title;
    this.origin = origin;
    double total = 0;
    for (int i = 0; i < shares.length; i++) {
      shares[i] = brightness[i];
      total += shares[i];
    }
    double sum = 0;
    for (int i = 0; i < shares.length; i++) {
      shares[i] /= total;
      sum += shares[i];
      sums[i] = sum;
    }
  }

  /**
   * Reads a picture of any size; it is stretched to a square.
   *
   * @throws CdrlException when it cannot be read or is black all over
   */
  public static PaintedDensity read(Path file) {
    HostTensor picture = Pictures.read(file, SIDE, 1, Fit.STRETCH);
    float[] brightness = picture.values().clone();
    for (int i = 0; i < brightness.length; i++) {
      brightness[i] = (brightness[i] + 1) / 2;
    }
    if (isBlack(brightness)) {
      throw new CdrlException(
          "The picture '{0}' is black all over; paint in white where points shall lie.", file);
    }
    return new PaintedDensity(
        String.valueOf(file.getFileName()), "picture " + file.getFileName(), brightness);
  }

  /**
   * A distribution that was painted in memory.
   *
   * @param title what to call it
   * @param brightness {@link #SIDE}² values from 0 to 1, row by row from the top; the same as in a
   *     picture
   * @throws CdrlException when it is black all over
   */
  public static PaintedDensity of(String title, float[] brightness) {
    if (brightness.length != SIDE * SIDE) {
      throw new IllegalArgumentException(brightness.length + " values");
    }
    if (isBlack(brightness)) {
      throw new CdrlException("Nothing is drawn yet; draw where points shall lie.");
    }
    return new PaintedDensity(title, title, brightness);
  }

  /** Black all over. */
  static float[] dark() {
    return new float[SIDE * SIDE];
  }

  private static boolean isBlack(float[] brightness) {
    for (float value : brightness) {
      if (value > 0) {
        return false;
      }
    }
    return true;
  }

  @Override
  public String title() {
    return title;
  }

  @Override
  public PointDataSet points(int count, long seed) {
    RandomNumbers random = new RandomNumbers(seed);
    float[] coordinates = new float[2 * count];
    double[] draws = new double[3];
    for (int i = 0; i < count; i++) {
      random.uniform(Purpose.DATA, i, 0, draws);
      int found = Arrays.binarySearch(sums, draws[0] * sums[sums.length - 1]);
      int pixel = Math.min(shares.length - 1, found < 0 ? -found - 1 : found);
      coordinates[2 * i] = (float) (-EXTENT + PIXEL * (pixel % SIDE + draws[1]));
      coordinates[2 * i + 1] = (float) (EXTENT - PIXEL * (pixel / SIDE + draws[2]));
    }
    return new PointDataSet(coordinates, origin + ", " + count + " points, seed " + seed);
  }

  @Override
  public double density(double x, double y) {
    int column = (int) Math.floor((x + EXTENT) / PIXEL);
    int row = (int) Math.floor((EXTENT - y) / PIXEL);
    return column < 0 || column >= SIDE || row < 0 || row >= SIDE
        ? 0
        : shares[row * SIDE + column] / (PIXEL * PIXEL);
  }
}
