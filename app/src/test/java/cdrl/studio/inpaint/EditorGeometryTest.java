package cdrl.studio.inpaint;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import cdrl.data.Crop;
import cdrl.studio.raster.Raster;
import org.junit.jupiter.api.Test;

final class EditorGeometryTest {
  @Test
  void thePointUnderThePointerStaysWhileZooming() {
    EditorViewport seen = EditorViewport.fit(32, 600, 500, 1);
    Place before = seen.toPicture(250, 180);
    EditorViewport closer = seen.zoom(3, 250, 180, 32, 600, 500);
    assertEquals(before.x(), closer.toPicture(250, 180).x(), 1e-9);
    assertEquals(before.y(), closer.toPicture(250, 180).y(), 1e-9);
    assertEquals(3 * seen.scale(), closer.scale(), 1e-9);
  }

  @Test
  void aFittedPictureHasWholeScreenPixelsAndIsSeenWhole() {
    EditorViewport seen = EditorViewport.fit(32, 601, 500, 1);
    assertEquals(Math.rint(seen.scale()), seen.scale());
    assertTrue(seen.top() >= 0 && seen.toScreenY(32) <= 500);
  }

  @Test
  void someOfThePictureAlwaysStaysInSight() {
    EditorViewport seen = EditorViewport.fit(32, 600, 500, 1);
    EditorViewport away = seen.move(-5000, 7000, 32, 600, 500);
    assertTrue(away.toScreenX(32) > 100 && away.top() < 400, away.toString());
  }

  @Test
  void theFrameStaysASquareInsideThePicture() {
    FrameGeometry frame = new FrameGeometry(300, 200, new Crop(50, 0, 200, 200));
    assertEquals(new Crop(100, 0, 200, 200), frame.moved(90, 40).crop());
    assertEquals(new Crop(0, 0, 200, 200), frame.moved(-90, -40).crop());
    FrameGeometry smaller = frame.dragged(3, 170, 90);
    assertEquals(new Crop(50, 0, 120, 120), smaller.crop());
    assertEquals(new Crop(50, 0, 200, 200), smaller.dragged(3, 900, 900).crop());
    assertEquals(
        new Crop(160, 110, 10, 10), smaller.dragged(0, 160, 118).crop(), "the other corner stays");
    FrameGeometry tiny = frame.scaled(0.0001);
    assertEquals(8, tiny.crop().width());
    assertNotEquals(tiny.crop(), tiny.scaled(1.01).crop(), "grows by at least one pixel");
  }

  @Test
  void theFrameGrowsAroundThePointer() {
    FrameGeometry frame = new FrameGeometry(1000, 1000, new Crop(400, 400, 200, 200));
    Crop half = frame.scaled(0.5, 450, 550).crop();
    assertEquals(new Crop(425, 475, 100, 100), half);
  }

  private static Raster grey(int size, int shade) {
    int[] pixels = new int[size * size];
    java.util.Arrays.fill(pixels, 0xff000000 | shade << 16 | shade << 8 | shade);
    return new Raster(size, size, pixels);
  }

  @Test
  void theEditorShowsPixelsMaskAndComparison() {
    int side = 80;
    int[] screen = new int[side * side];
    EditorViewport seen = new EditorViewport(8, 8, 8); // 8 × 8 pixels of the model, no grid yet
    Area all = new Area(0, 0, side, side);
    EditorPainter.paint(
        screen, side, all, seen, new EditorPainter.Scene(grey(8, 100), null, 0, null, false));
    assertEquals(0, screen[0], "outside of the picture");
    assertEquals(0xff646464, screen[40 * side + 40]);

    PaintedMask mask = new PaintedMask(8);
    mask.begin();
    mask.rectangle(new Place(2, 2), new Place(6, 6), false);
    EditorPainter.paint(
        screen, side, all, seen, new EditorPainter.Scene(grey(8, 100), null, 0, mask, false));
    assertEquals(0xff646464, screen[12 * side + 12], "outside of the mask");
    assertNotEquals(0xff646464, screen[40 * side + 40], "inside of the mask");

    EditorPainter.paint(
        screen,
        side,
        all,
        seen,
        new EditorPainter.Scene(grey(8, 100), grey(8, 200), 0.5, null, false));
    assertEquals(0xffc8c8c8, screen[40 * side + 20], "the original at the left");
    assertEquals(0xff646464, screen[40 * side + 60], "the candidate at the right");
  }

  @Test
  void onlyTheAreaAskedForIsPainted() {
    int[] screen = new int[80 * 80];
    EditorPainter.paint(
        screen,
        80,
        new Area(10, 10, 20, 20),
        new EditorViewport(8, 8, 8),
        new EditorPainter.Scene(grey(8, 100), null, 0, null, true));
    assertEquals(0xff646464, screen[10 * 80 + 10]);
    assertEquals(0, screen[9 * 80 + 10]);
    assertEquals(0, screen[20 * 80 + 20]);
  }
}
