package cdrl.studio;

import cdrl.data.Pictures;
import cdrl.runtime.HostTensor;
import java.nio.file.Path;
import java.util.Map;

/** A painted landscape: a sky, a sun and a hill. */
final class TestPicture {
  private TestPicture() {}

  /** Writes it as a PNG file. */
  static Path write(Path file, int width, int height) {
    Pictures.write(file, make(width, height), Map.of());
    return file;
  }

  /** (3, height, width) in [−1, 1]; every value is one that a picture file can hold. */
  static HostTensor make(int width, int height) {
    float[] values = new float[3 * width * height];
    for (int y = 0; y < height; y++) {
      for (int x = 0; x < width; x++) {
        double u = (double) x / width;
        double v = (double) y / height;
        double[] color = {0.35 + 0.4 * v, 0.55 + 0.3 * v, 0.9};
        if (Math.hypot((u - 0.7) * width / height, v - 0.3) < 0.14) {
          color = new double[] {1, 0.85, 0.3};
        }
        if (v > 0.7 - 0.12 * Math.sin(5 * u)) {
          color = new double[] {0.2, 0.45 + 0.2 * v, 0.25};
        }
        for (int c = 0; c < 3; c++) {
          int shade = (int) Math.round(255 * color[c]);
          values[(c * height + y) * width + x] = shade / 127.5f - 1;
        }
      }
    }
    return new HostTensor(new long[] {3, height, width}, values);
  }
}
