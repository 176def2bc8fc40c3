package cdrl.data;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import cdrl.runtime.CdrlException;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

final class DrawingTest {
  private static final Stroke LINE = new Stroke(false, 1, List.of(-4.0, 2.0, 4.0, 2.0));

  @Test
  void pointsLieWhereTheBrushWas() {
    Drawing drawing = Drawing.EMPTY.and(LINE);
    PlaneDistribution distribution = drawing.distribution();
    PointDataSet points = distribution.points(2000, 1);
    double left = 0;
    for (int i = 0; i < points.size(); i++) {
      assertEquals(2, points.y(i), 1.1, "along the line");
      assertTrue(Math.abs(points.x(i)) < 5.1, "up to its rounded ends");
      left += points.x(i) < 0 ? 1 : 0;
    }
    assertEquals(0.5, left / points.size(), 0.05);
    assertTrue(distribution.density(0, 2) > 0);
    assertEquals(0, distribution.density(0, 3.2));
    assertTrue(points.description().startsWith("drawn by hand, 2000 points"));
  }

  @Test
  void theEraserTakesAway() {
    Drawing drawing =
        new Drawing(PlaneShape.CHECKERBOARD, List.of())
            .and(new Stroke(true, 3, List.of(-6.0, -6.0)));
    PlaneDistribution distribution = drawing.distribution();
    assertEquals(0, distribution.density(-6, -6));
    assertTrue(distribution.density(-6, 2) > 0);
    assertTrue(Checkerboard.contains(-6, -6) && Checkerboard.contains(-6, 2));
  }

  @Test
  void aShapeAloneIsExact() {
    assertSame(PlaneShape.MOONS, new Drawing(PlaneShape.MOONS, List.of()).distribution());
  }

  @ParameterizedTest
  @EnumSource(PlaneShape.class)
  void shapesAreSeenAsTheyAre(PlaneShape shape) {
    float[] brightness = new Drawing(shape, List.of()).brightness();
    PaintedDensity painted = PaintedDensity.of("copy", brightness);
    double distance = 0;
    int side = 64;
    for (int i = 0; i < side * side; i++) {
      double x = (i % side + 0.5) / side * 16 - 8;
      double y = (i / side + 0.5) / side * 16 - 8;
      distance += Math.abs(painted.density(x, y) - shape.density(x, y));
    }
    assertTrue(distance / 2 * 256 / (side * side) < 0.12, shape + " " + distance);
    assertEquals(
        shape, PlaneShape.of(shape.points(3, 1).description()).orElseThrow(), "told by its data");
  }

  /** Also far from the shape, where hardly anything is left of it. */
  @ParameterizedTest
  @EnumSource(PlaneShape.class)
  void everyPixelIsTheDensityInItsMiddle(PlaneShape shape) {
    int side = PaintedDensity.SIDE;
    float[] brightness = shape.brightness();
    double densest = 0;
    for (int i = 0; i < brightness.length; i++) {
      if (brightness[i] == 1) {
        densest = densityIn(shape, i % side, i / side);
      }
    }
    for (int i = 0; i < brightness.length; i += 41) {
      double expected = densityIn(shape, i % side, i / side) / densest;
      assertEquals(expected, brightness[i], 1e-6 * expected, shape + ", pixel " + i);
    }
  }

  private static double densityIn(PlaneShape shape, int column, int row) {
    double pixel = 2 * PaintedDensity.EXTENT / PaintedDensity.SIDE;
    return shape.density(
        (column + 0.5) * pixel - PaintedDensity.EXTENT,
        PaintedDensity.EXTENT - (row + 0.5) * pixel);
  }

  @Test
  void aDrawingIsItsText() {
    Drawing drawing =
        new Drawing(PlaneShape.RINGS, List.of())
            .and(LINE.to(1 / 3.0, -0.004999))
            .and(new Stroke(true, 0.6251, List.of(1.0, 2.0)));
    Drawing read = Drawing.parse(drawing.text());
    assertEquals(drawing, read);
    assertEquals(
        drawing.distribution().points(50, 3).fingerprint(),
        read.distribution().points(50, 3).fingerprint());
    assertEquals(Drawing.EMPTY, Drawing.parse(Drawing.EMPTY.text()));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "triangle",
        "nothing; fill 1: 2 3",
        "nothing; paint 1: 2",
        "moons; paint x: 1 2"
      })
  void otherTextsAreRefused(String text) {
    assertTrue(
        assertThrows(CdrlException.class, () -> Drawing.parse(text))
            .getMessage()
            .startsWith("A drawing cannot be read"));
  }

  @Test
  void whatIsPaintedStepByStepIsTheSame() {
    DrawingPainter painter = new DrawingPainter();
    Drawing rings = new Drawing(PlaneShape.RINGS, List.of());
    Stroke short1 = new Stroke(false, 1, List.of(1.0, 1.0));
    Stroke erasing = new Stroke(true, 2, List.of(0.0, 2.0, 3.0, 2.0));
    for (Drawing drawing :
        List.of(
            Drawing.EMPTY,
            rings,
            rings.and(short1),
            rings.and(short1.to(4, 4)),
            rings.and(short1.to(4, 4)).and(erasing),
            rings.and(short1.to(4, 4)).and(erasing).and(LINE),
            rings.and(short1.to(4, 4)),
            rings.and(erasing).and(LINE),
            Drawing.EMPTY.and(LINE))) {
      assertArrayEquals(drawing.brightness(), painter.paint(drawing), drawing.text());
    }
  }

  @Test
  void nothingHasNoDistribution() {
    assertTrue(Drawing.EMPTY.isBlank());
    assertFalse(Drawing.EMPTY.and(LINE).isBlank());
    assertThrows(CdrlException.class, Drawing.EMPTY::distribution);
    assertThrows(IllegalArgumentException.class, () -> new Stroke(false, 0, List.of(1.0, 2.0)));
    assertThrows(IllegalArgumentException.class, () -> LINE.to(Double.NaN, 0));
  }
}
