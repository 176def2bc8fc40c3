package cdrl.training;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import cdrl.data.DataSet;
import cdrl.runtime.HostTensor;
import java.util.Random;
import org.junit.jupiter.api.Test;

class SlicedDistanceTest {
  private static HostTensor items(DataSet data, float shift) {
    float[] values = new float[2 * data.size()];
    for (int i = 0; i < data.size(); i++) {
      data.fill(i, false, values, 2 * i);
    }
    for (int i = 0; i < values.length; i++) {
      values[i] += shift;
    }
    return new HostTensor(new long[] {data.size(), 2}, values);
  }

  @Test
  void theDataAreNearestAndFartherSamplesAreFarther() {
    DataSet data = TestTraining.points();
    SlicedDistance distance = new SlicedDistance(data);
    assertEquals(0, distance.to(items(data, 0)), 1e-6);
    double near = distance.to(items(data, 1));
    double far = distance.to(items(data, 5));
    assertTrue(0 < near && near < far, near + ", " + far);
    // A shift of (5, 5) moves the projection on the direction at angle a by 5 (cos a + sin a),
    // whose mean size is 5 √2 · 2/π.
    assertEquals(5 * Math.sqrt(2) * 2 / Math.PI, far, 0.7);
  }

  @Test
  void theNumberOfSamplesMattersLittle() {
    DataSet data = TestTraining.points();
    HostTensor all = items(data, 3);
    Random random = new Random(1);
    float[] some = new float[2 * 101];
    for (int i = 0; i < 101; i++) {
      System.arraycopy(all.values(), 2 * random.nextInt(data.size()), some, 2 * i, 2);
    }
    SlicedDistance distance = new SlicedDistance(data);
    assertEquals(distance.to(all), distance.to(new HostTensor(new long[] {101, 2}, some)), 0.5);
  }
}
