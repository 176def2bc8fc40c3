package cdrl.studio.raster;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import cdrl.evaluate.DensityGrid;
import cdrl.runtime.HostTensor;
import org.junit.jupiter.api.Test;

final class RasterTest {
  private static HostTensor colour(float... values) {
    return new HostTensor(new long[] {values.length / 3, 3, 1, 1}, values);
  }

  @Test
  void valuesBecomeColoursAndAreClamped() {
    HostTensor batch = colour(-1, 0, 1, -9, 9, 0.5f);
    assertEquals(0xFF0080FF, Raster.of(batch, 0).argb()[0]);
    assertEquals(0xFF00FFBF, Raster.of(batch, 1).argb()[0]);
  }

  @Test
  void greyHasEqualChannels() {
    HostTensor grey = new HostTensor(new long[] {1, 1, 1, 2}, new float[] {-1, 1});
    assertArrayEquals(new int[] {0xFF000000, 0xFFFFFFFF}, Raster.of(grey, 0).argb());
  }

  @Test
  void everyByteSurvivesTheWayToATensor() {
    int[] pixels = new int[256];
    for (int i = 0; i < 256; i++) {
      pixels[i] = 0xFF000000 | i << 16 | (255 - i) << 8 | i;
    }
    Raster raster = new Raster(256, 1, pixels);
    HostTensor tensor = raster.toTensor();
    HostTensor batch = new HostTensor(new long[] {1, 3, 1, 256}, tensor.values());
    assertEquals(raster, Raster.of(batch, 0));
  }

  @Test
  void sheetsHaveRowsAndGaps() {
    Raster sheet = Raster.sheet(colour(1, 1, 1, -1, -1, -1, 1, -1, -1), 2, 1, 0x123456);
    assertEquals(3, sheet.width());
    assertEquals(3, sheet.height());
    assertArrayEquals(
        new int[] {
          0xFFFFFFFF, 0xFF123456, 0xFF000000,
          0xFF123456, 0xFF123456, 0xFF123456,
          0xFFFF0000, 0xFF123456, 0xFF123456
        },
        sheet.argb());
  }

  @Test
  void theDifferenceIsSignedAndScaled() {
    HostTensor before = colour(0, 0, 0);
    HostTensor lighter = colour(0.3f, 0.3f, 0.3f);
    Difference up = Difference.between(before, lighter, 0);
    assertEquals(0.3, up.scale(), 1e-6);
    assertEquals(0.3, up.rootMeanSquare(), 1e-6);
    assertEquals(ColorMap.BLUE_RED.argb(1), up.raster().argb()[0]);
    assertEquals(
        ColorMap.BLUE_RED.argb(0), Difference.between(lighter, before, 0).raster().argb()[0]);
    assertEquals(
        ColorMap.BLUE_RED.argb(0.5), Difference.between(before, before, 0).raster().argb()[0]);
  }

  @Test
  void mapsPassThroughTheirPublishedColours() {
    assertEquals(0xFF440154, ColorMap.VIRIDIS.argb(0));
    assertEquals(0xFFFDE725, ColorMap.VIRIDIS.argb(1));
    assertEquals(0xFF000004, ColorMap.MAGMA.argb(-3));
    assertEquals(ColorMap.VIRIDIS.argb(0), ColorMap.VIRIDIS.argb(Double.NaN));
  }

  @Test
  void sequentialMapsGetLighterAllTheWay() {
    for (ColorMap map : new ColorMap[] {ColorMap.VIRIDIS, ColorMap.MAGMA, ColorMap.CIVIDIS}) {
      double last = -1;
      for (int i = 0; i <= 50; i++) {
        double lightness = OkLab.of(map.argb(i / 50.0) & 0xFFFFFF)[0];
        assertTrue(lightness > last, map + " at " + i);
        last = lightness;
      }
    }
  }

  @Test
  void theScaleReachesFromBottomToTop() {
    DensityGrid grid = new DensityGrid(2, 8, new float[] {0, 0.5f, 1, Float.NaN}, new float[4]);
    DensityScale linear = DensityScale.of(false, grid);
    assertEquals(1, linear.top());
    assertEquals(0.5, linear.position(0.5));
    assertEquals(0, linear.position(Double.NaN));
    DensityScale log = DensityScale.of(true, grid);
    assertEquals(0, log.position(0));
    assertEquals(1, log.position(1), 1e-12);
    assertEquals(0.8, log.position(0.1), 1e-12);
    assertEquals(0.1, log.density(0.8), 1e-12);
    // The grid's last row is the picture's first.
    assertEquals(ColorMap.VIRIDIS.argb(1), linear.paint(grid, ColorMap.VIRIDIS).argb()[0]);
  }
}
