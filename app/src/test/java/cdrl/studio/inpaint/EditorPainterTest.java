package cdrl.studio.inpaint;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import cdrl.studio.raster.Raster;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class EditorPainterTest {
  private static final int SIZE = 16;
  private static final int WIDTH = 90;
  private static final int HEIGHT = 70;

  private static Raster picture(int seed) {
    Random random = new Random(seed);
    int[] argb = new int[SIZE * SIZE];
    Arrays.setAll(argb, i -> 0xff000000 | random.nextInt(0x1000000));
    return new Raster(SIZE, SIZE, argb);
  }

  private static PaintedMask painted() {
    PaintedMask mask = new PaintedMask(SIZE);
    mask.begin();
    mask.line(new Place(6, 7), new Place(9, 8.5), new Brush(2.2, 0.6), false);
    return mask;
  }

  private static int[] paint(EditorViewport viewport, EditorPainter.Scene scene) {
    int[] target = new int[WIDTH * HEIGHT];
    EditorPainter.paint(target, WIDTH, new Area(0, 0, WIDTH, HEIGHT), viewport, scene);
    return target;
  }

  static Stream<Arguments> views() {
    List<EditorViewport> viewports =
        List.of(
            new EditorViewport(0.7, 20, 10),
            new EditorViewport(4, 13, 3),
            new EditorViewport(7.3, -20.4, -30.2),
            new EditorViewport(80, -80 * 8.3, -80 * 7.9));
    return viewports.stream()
        .flatMap(
            viewport ->
                Stream.of(
                        new EditorPainter.Scene(picture(1), null, 0, null, false),
                        new EditorPainter.Scene(picture(1), null, 0, painted(), false),
                        new EditorPainter.Scene(picture(1), null, 0, painted(), true),
                        new EditorPainter.Scene(picture(1), picture(2), 0.5, painted(), false))
                    .map(scene -> Arguments.of(viewport, scene)));
  }

  @ParameterizedTest
  @MethodSource("views")
  void aPartIsPaintedAsInTheWholeAndNothingElseIs(
      EditorViewport viewport, EditorPainter.Scene scene) {
    int[] whole = paint(viewport, scene);
    Random random = new Random(3);
    for (int round = 0; round < 40; round++) {
      int left = random.nextInt(WIDTH);
      int top = random.nextInt(HEIGHT);
      Area area =
          new Area(
              left,
              top,
              left + 1 + random.nextInt(WIDTH - left),
              top + 1 + random.nextInt(HEIGHT - top));
      int[] part = new int[WIDTH * HEIGHT];
      Arrays.fill(part, 1);
      int[] expected = part.clone();
      for (int y = area.top(); y < area.bottom(); y++) {
        int at = y * WIDTH + area.left();
        System.arraycopy(whole, at, expected, at, area.width());
      }
      EditorPainter.paint(part, WIDTH, area, viewport, scene);
      assertArrayEquals(expected, part, area.toString());
    }
  }

  @Test
  void whatIsFilledIsHatchedInTwoColoursWithAnOutlineWhereItEnds() {
    EditorViewport viewport = new EditorViewport(20, -100, -100);
    PaintedMask mask = new PaintedMask(SIZE);
    mask.begin();
    mask.rectangle(new Place(6, 6), new Place(8, 7), false);
    int[] with = paint(viewport, new EditorPainter.Scene(picture(1), null, 0, mask, false));
    int[] without = paint(viewport, new EditorPainter.Scene(picture(1), null, 0, null, false));

    // Pixel (6, 6) of the picture covers columns and rows 20 to 39 of the screen.
    assertEquals(
        Set.of(0xff0b5cd5, 0xffffffff), colors(with, 20, 20, 40, 21), "upper edge of the stroke");
    assertEquals(2, colors(with, 21, 21, 40, 39).size());
    assertEquals(2, colors(with, 40, 21, 59, 39).size(), "the filled neighbour has no edge here");
    assertNotEquals(colors(with, 21, 21, 40, 39), colors(with, 40, 21, 59, 39));
    assertEquals(Set.of(without[30 * WIDTH + 70]), colors(with, 61, 21, 79, 39), "not filled");
  }

  private static Set<Integer> colors(int[] pixels, int left, int top, int right, int bottom) {
    Set<Integer> found = new TreeSet<>();
    for (int y = top; y < bottom; y++) {
      for (int x = left; x < right; x++) {
        found.add(pixels[y * WIDTH + x]);
      }
    }
    return found;
  }

  @Test
  void besideThePictureThereIsNothing() {
    int[] pixels =
        paint(
            new EditorViewport(2, 10, 10),
            new EditorPainter.Scene(picture(1), null, 0, painted(), false));
    assertEquals(Set.of(0), colors(pixels, 0, 0, 10, HEIGHT));
    assertEquals(Set.of(0), colors(pixels, 42, 0, WIDTH, HEIGHT));
    assertEquals(Set.of(0), colors(pixels, 0, 42, WIDTH, HEIGHT));
  }
}
