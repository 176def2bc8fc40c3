package cdrl.studio.density;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import cdrl.data.Drawing;
import cdrl.data.PlaneShape;
import cdrl.studio.raster.ColorMap;
import cdrl.studio.raster.Raster;
import org.junit.jupiter.api.Test;

final class DrawingViewModelTest {
  private final DrawingViewModel model = new DrawingViewModel(Drawing.EMPTY);

  private String text() {
    return model.drawingProperty().get().text();
  }

  @Test
  void aStrokeIsOneStep() {
    model.press(0, 0, false);
    model.drag(1, 0);
    model.drag(1, 1);
    assertEquals("nothing; paint 0.8: 0.0 0.0 1.0 0.0 1.0 1.0", text(), "seen while it is drawn");
    model.release();
    model.drag(5, 5);
    assertEquals(1, model.drawingProperty().get().strokes().size());
    model.undo();
    assertEquals("nothing", text());
    assertTrue(model.canRedoProperty().get());
    model.redo();
    assertTrue(text().contains("paint"));
    assertFalse(model.canRedoProperty().get());
  }

  @Test
  void tinyMovementsDoNotMakeADrawingLong() {
    model.press(0, 0, false);
    for (int i = 1; i <= 100; i++) {
      model.drag(0.01 * i, 0);
    }
    int numbers = model.drawingProperty().get().strokes().get(0).path().size();
    assertTrue(numbers > 10 && numbers < 40, Integer.toString(numbers));
  }

  @Test
  void theOtherButtonDoesTheOpposite() {
    model.press(0, 0, true);
    model.release();
    model.erasingProperty().set(true);
    model.press(0, 0, true);
    model.release();
    model.press(0, 0, false);
    model.release();
    assertEquals("nothing; erase 0.8: 0.0 0.0; paint 0.8: 0.0 0.0; erase 0.8: 0.0 0.0", text());
  }

  @Test
  void shapesAndClearingCanBeTakenBack() {
    model.start(PlaneShape.RINGS);
    model.press(1, 1, false);
    model.release();
    model.start(null);
    assertEquals("nothing", text());
    model.undo();
    assertEquals("rings; paint 0.8: 1.0 1.0", text());
    model.undo();
    model.undo();
    assertEquals("nothing", text());
    assertFalse(model.canUndoProperty().get());
    model.press(2, 2, false);
    model.release();
    assertFalse(model.canRedoProperty().get(), "something else was done");
  }

  @Test
  void theBrushKeepsWithinItsRange() {
    for (int i = 0; i < 50; i++) {
      model.resize(1);
    }
    assertEquals(DrawingViewModel.THICKEST, model.radius());
    for (int i = 0; i < 50; i++) {
      model.resize(-1);
    }
    assertEquals(DrawingViewModel.THINNEST, model.radius());
  }

  @Test
  void thePictureShowsTheDrawing() {
    model.press(4, 4, false); // right and up
    Raster picture = model.paint(ColorMap.VIRIDIS);
    assertEquals(ColorMap.VIRIDIS.argb(1), picture.argb()[64 * 256 + 192]);
    assertEquals(ColorMap.VIRIDIS.argb(0), picture.argb()[192 * 256 + 192]);
  }
}
