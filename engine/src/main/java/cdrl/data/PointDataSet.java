package cdrl.data;

import cdrl.runtime.Sha256;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.security.MessageDigest;

/** Points in the plane. */
public final class PointDataSet implements DataSet {
  private final float[] coordinates;
  private final String description;

  /**
   * @param coordinates x and y of every point in turn; must not be changed afterwards
   * @param description one line for people
   */
  public PointDataSet(float[] coordinates, String description) {
    if (coordinates.length == 0 || coordinates.length % 2 != 0) {
      throw new IllegalArgumentException("need x and y of at least one point");
    }
    this.coordinates = coordinates;
    this.description = description;
  }

  @Override
  public int size() {
    return coordinates.length / 2;
  }

  @Override
  public long[] itemShape() {
    return new long[] {2};
  }

  @Override
  public void fill(int index, boolean flip, float[] out, int offset) {
    out[offset] = x(index);
    out[offset + 1] = y(index);
  }

  /** The horizontal coordinate of a point. */
  public float x(int index) {
    return coordinates[2 * index];
  }

  /** The vertical coordinate of a point. */
  public float y(int index) {
    return coordinates[2 * index + 1];
  }

  @Override
  public int label(int index) {
    return 0;
  }

  @Override
  public String description() {
    return description;
  }

  @Override
  public String fingerprint() {
    MessageDigest digest = Sha256.digest();
    ByteBuffer buffer = ByteBuffer.allocate(4).order(ByteOrder.LITTLE_ENDIAN);
    for (float coordinate : coordinates) {
      digest.update(buffer.putFloat(0, coordinate).array());
    }
    return Sha256.hexadecimal(digest);
  }
}
