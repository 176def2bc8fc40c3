package cdrl.studio.inpaint;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;

final class PaintedMaskTest {
  private final PaintedMask mask = new PaintedMask(32);

  private static byte[] copy(PaintedMask mask) {
    int side = mask.resolution() * mask.detail();
    byte[] all = new byte[side * side];
    for (int i = 0; i < all.length; i++) {
      all[i] = (byte) mask.coverage(i % side, i / side);
    }
    return all;
  }

  @Test
  void aHardDabFillsTheDiscUnderIt() {
    mask.begin();
    mask.line(new Place(16, 16), new Place(16, 16), new Brush(4, 1), false);
    int inside = 0;
    for (int y = 0; y < 32; y++) {
      for (int x = 0; x < 32; x++) {
        double distance = Math.hypot(x + 0.5 - 16, y + 0.5 - 16);
        if (distance < 3.4) {
          assertTrue(mask.isFilled(x, y), x + ", " + y);
          inside++;
        } else if (distance > 4.6) {
          assertFalse(mask.isFilled(x, y), x + ", " + y);
        }
      }
    }
    assertEquals(Math.PI * 16, mask.filledCount(), 8);
    assertTrue(inside > 0);
  }

  @Test
  void aLineHasNoGapsHoweverFastTheHand() {
    mask.begin();
    mask.line(new Place(2.5, 3.5), new Place(29.5, 3.5), new Brush(1, 1), false);
    for (int x = 2; x < 30; x++) {
      assertTrue(mask.isFilled(x, 3), "column " + x);
    }
    assertFalse(mask.isFilled(10, 6));
  }

  @Test
  void passingTwiceInOneStrokeCoversOnce() {
    Brush soft = new Brush(6, 0);
    mask.begin();
    mask.line(new Place(16, 16), new Place(16, 16), soft, false);
    int once = mask.coverage(16 * mask.detail() + 40, 16 * mask.detail());
    mask.line(new Place(16, 16), new Place(16, 16), soft, false);
    assertEquals(once, mask.coverage(16 * mask.detail() + 40, 16 * mask.detail()));
    assertTrue(once > 0 && once < 255, "soft: " + once);
    mask.end();
    mask.begin();
    mask.line(new Place(16, 16), new Place(16, 16), soft, false);
    assertTrue(mask.coverage(16 * mask.detail() + 40, 16 * mask.detail()) > once, "the next adds");
  }

  @Test
  void whatIsFilledIsWhatIsCoveredByHalf() {
    mask.begin();
    mask.rectangle(new Place(4, 4), new Place(8, 6.4), false);
    assertTrue(mask.isFilled(4, 5));
    assertFalse(mask.isFilled(4, 6), "0.4 of the pixel");
    mask.setThreshold(0.3);
    assertTrue(mask.isFilled(4, 6));
    assertEquals(4 * 3, mask.filledCount());
    mask.setThreshold(1);
    assertEquals(4 * 2, mask.filledCount());
  }

  @Test
  void anEmptyMaskFillsNothingAtAnyThreshold() {
    mask.setThreshold(0.001);
    assertEquals(0, mask.filledCount());
  }

  @Test
  void theEraserTakesAway() {
    mask.begin();
    mask.fill(false);
    assertEquals(32 * 32, mask.filledCount());
    mask.end();
    mask.begin();
    mask.line(new Place(16, 16), new Place(16, 16), new Brush(3, 1), true);
    assertFalse(mask.isFilled(16, 16));
    assertTrue(mask.isFilled(3, 3));
  }

  @Test
  void aLassoFillsItsInside() {
    mask.begin();
    mask.polygon(
        List.of(new Place(5, 5), new Place(25, 5), new Place(25, 25), new Place(5, 25)), false);
    assertEquals(400, mask.filledCount());
    mask.polygon(List.of(new Place(5, 5), new Place(25, 5), new Place(15, 15)), true);
    assertFalse(mask.isFilled(15, 7));
    assertTrue(mask.isFilled(15, 20));
  }

  @Test
  void partsOutsideOfThePictureAreIgnored() {
    mask.begin();
    mask.line(new Place(-9, -9), new Place(40, 40), new Brush(2, 1), false);
    mask.rectangle(new Place(-5, 30), new Place(90, 99), false);
    mask.polygon(List.of(new Place(-5, -5), new Place(9, -7), new Place(-3, 60)), false);
    assertTrue(mask.isFilled(16, 16));
    assertTrue(mask.isFilled(0, 31));
  }

  @Test
  void invertingTwiceChangesNothing() {
    mask.begin();
    mask.line(new Place(7, 9), new Place(20, 22), new Brush(3, 0.3), false);
    byte[] painted = copy(mask);
    int filled = mask.filledCount();
    mask.end();
    mask.begin();
    mask.invert();
    assertEquals(32 * 32 - filled, mask.filledCount(), 12);
    mask.invert();
    assertArrayEquals(painted, copy(mask));
  }

  @Test
  void featheringSoftensEdgesAndKeepsTheMiddle() {
    mask.begin();
    mask.rectangle(new Place(8, 8), new Place(24, 24), false);
    mask.feather(2);
    int edge = mask.coverage(8 * mask.detail(), 16 * mask.detail());
    assertTrue(edge > 90 && edge < 165, "the edge: " + edge);
    assertEquals(255, mask.coverage(16 * mask.detail(), 16 * mask.detail()));
    assertEquals(0, mask.coverage(0, 0));
  }

  @Test
  void everyActionCanBeTakenBackAndDoneAgain() {
    byte[] empty = copy(mask);
    mask.begin();
    mask.line(new Place(7, 9), new Place(20, 22), new Brush(3, 0.3), false);
    MaskDelta stroke = mask.end();
    byte[] painted = copy(mask);
    boolean[] filled = mask.filled();
    assertNotNull(stroke);
    mask.apply(stroke);
    assertArrayEquals(empty, copy(mask));
    assertEquals(0, mask.filledCount());
    mask.apply(stroke);
    assertArrayEquals(painted, copy(mask));
    assertArrayEquals(filled, mask.filled());
  }

  @Test
  void anActionWithoutEffectIsNoStep() {
    mask.begin();
    mask.line(new Place(7, 9), new Place(20, 22), new Brush(3, 1), true);
    assertNull(mask.end());
  }

  @Test
  void stepsTakeLittleMemory() {
    long bytes = 0;
    for (int i = 0; i < 300; i++) {
      mask.begin();
      mask.line(
          new Place(i * 7 % 32, i * 5 % 32),
          new Place(i * 11 % 32, i * 3 % 32),
          new Brush(2, 0.5),
          i % 3 == 0);
      MaskDelta step = mask.end();
      bytes += step == null ? 0 : step.bytes();
    }
    assertTrue(bytes < 4 << 20, "300 strokes take " + bytes + " bytes");
  }

  @Test
  void otherResolutionsGetTheirOwnGrain() {
    PaintedMask digits = new PaintedMask(28);
    digits.begin();
    digits.fill(false);
    assertEquals(28 * 28, digits.filledCount());
    PaintedMask large = new PaintedMask(600);
    assertEquals(1, large.detail());
  }
}
