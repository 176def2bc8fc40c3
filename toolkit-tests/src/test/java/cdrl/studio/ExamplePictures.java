package cdrl.studio;

import cdrl.data.Pictures;
import cdrl.runtime.HostTensor;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Random;

/** Folders of small painted pictures, to have something to score in pictures of the window. */
final class ExamplePictures {
  private static final int SIDE = 32;

  private ExamplePictures() {}

  /**
   * Writes pictures.
   *
   * @param kind 0 for something like portraits, 1 for something like landscapes
   */
  static Path write(Path folder, int count, int kind) throws IOException {
    Files.createDirectories(folder);
    Random random = new Random(kind);
    for (int i = 0; i < count; i++) {
      Pictures.write(
          folder.resolve(i + ".png"), kind == 0 ? portrait(random) : landscape(random), Map.of());
    }
    return folder;
  }

  private interface Painter {
    double[] color(double u, double v);
  }

  private static HostTensor paint(Painter painter) {
    float[] values = new float[3 * SIDE * SIDE];
    for (int y = 0; y < SIDE; y++) {
      for (int x = 0; x < SIDE; x++) {
        double[] color = painter.color((x + 0.5) / SIDE, (y + 0.5) / SIDE);
        for (int c = 0; c < 3; c++) {
          values[(c * SIDE + y) * SIDE + x] = (float) (2 * Math.max(0, Math.min(1, color[c])) - 1);
        }
      }
    }
    return new HostTensor(new long[] {3, SIDE, SIDE}, values);
  }

  private static HostTensor portrait(Random random) {
    double[] ground = shade(random, 0.2, 0.9);
    double light = 0.45 + 0.5 * random.nextDouble();
    double[] skin = {light, 0.78 * light, 0.64 * light};
    double hair = 0.05 + 0.5 * random.nextDouble();
    double tilt = 0.06 * random.nextGaussian();
    return paint(
        (u, v) -> {
          double x = u - 0.5 - tilt * (v - 0.5);
          double y = v - 0.52;
          boolean eye = Math.hypot(Math.abs(x) - 0.14, 1.3 * (y + 0.06)) < 0.055;
          boolean mouth = Math.abs(x) < 0.13 && Math.abs(y - 0.22 - 0.5 * x * x) < 0.03;
          double face = Math.hypot(x / 0.32, y / 0.43);
          if (eye || mouth) {
            return mouth ? new double[] {0.6, 0.25, 0.25} : new double[] {0.12, 0.1, 0.1};
          }
          if (face < 1) {
            double shadow = 1 - 0.3 * face * face;
            return y < -0.27 && face > 0.6
                ? new double[] {hair, 0.8 * hair, 0.6 * hair}
                : new double[] {skin[0] * shadow, skin[1] * shadow, skin[2] * shadow};
          }
          return Math.hypot(x / 0.4, (y + 0.1) / 0.45) < 1
              ? new double[] {hair, 0.8 * hair, 0.6 * hair}
              : ground;
        });
  }

  private static HostTensor landscape(Random random) {
    double horizon = 0.45 + 0.3 * random.nextDouble();
    double wave = 3 + 5 * random.nextDouble();
    double[] sky = shade(random, 0.5, 1);
    double[] land = shade(random, 0.1, 0.6);
    double sun = random.nextDouble();
    return paint(
        (u, v) -> {
          if (v > horizon - 0.1 * Math.sin(wave * u + 6 * sun)) {
            double deep = 1 - 0.5 * (v - horizon);
            return new double[] {land[0] * deep, land[1] * deep, land[2] * deep};
          }
          return Math.hypot(u - sun, v - 0.2) < 0.09 ? new double[] {1, 0.9, 0.5} : sky;
        });
  }

  private static double[] shade(Random random, double least, double most) {
    double[] color = new double[3];
    for (int c = 0; c < 3; c++) {
      color[c] = least + (most - least) * random.nextDouble();
    }
    return color;
  }
}
