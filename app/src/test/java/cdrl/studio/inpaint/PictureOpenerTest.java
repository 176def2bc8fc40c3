package cdrl.studio.inpaint;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import cdrl.data.Crop;
import cdrl.model.ImageModelSpec;
import cdrl.model.ModelDescription;
import cdrl.model.Provenance;
import cdrl.runtime.HostTensor;
import cdrl.schedule.ScheduleSpec;
import cdrl.studio.engine.FakeEngine;
import cdrl.studio.engine.LoadedModel;
import cdrl.studio.raster.Raster;
import cdrl.studio.workspace.FakeWindow;
import cdrl.studio.workspace.WorkspaceContext;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executor;
import org.junit.jupiter.api.Test;

/** Opening pictures, with work in the background that takes its time. */
final class PictureOpenerTest {
  private static final Path FIRST = Path.of("first.png");
  private static final Path SECOND = Path.of("second.png");

  private final FakeEngine engine = new FakeEngine();
  private final Deque<Runnable> background = new ArrayDeque<>();

  private InpaintViewModel model(Executor executor) {
    WorkspaceContext context = new FakeWindow().context();
    return new InpaintViewModel(
        new WorkspaceContext(
            context.messages(),
            context.preferences(),
            context.jobs(),
            context.problems(),
            executor,
            context.userInterface(),
            context.nanoTime(),
            context.dice()),
        engine,
        engine,
        engine,
        engine);
  }

  /** A model of square images with three levels. */
  private static LoadedModel images(String name, int resolution, int channels) {
    return new LoadedModel(
        name,
        new ModelDescription(
            name,
            new ImageModelSpec(
                resolution,
                channels,
                0,
                false,
                new ImageModelSpec.Energy(4, List.of(1), 1),
                new ImageModelSpec.Unet(32, List.of(1), 1, List.of(), 0)),
            ScheduleSpec.cosine(3),
            15,
            List.of(),
            List.of(),
            new Provenance("test", "2026-01-01T00:00:00Z", "faces", "", 1, 1, "", Map.of())),
        "c0ffee");
  }

  private static HostTensor picture(int height, int width) {
    float[] values = new float[3 * height * width];
    for (int i = 0; i < values.length; i++) {
      values[i] = i % 7 / 6f;
    }
    return new HostTensor(new long[] {3, height, width}, values);
  }

  private static Raster plain(int width, int height) {
    int[] pixels = new int[width * height];
    Arrays.fill(pixels, 0xFF204060);
    return new Raster(width, height, pixels);
  }

  @Test
  void aPictureFromTheClipboardIsReadShrunkAndFittedInTheBackground() {
    InpaintViewModel model = model(background::add);
    engine.with(images("faces", 8, 3));
    model.sampling().findModels();
    List<String> asked = new ArrayList<>();
    model
        .opener()
        .open(
            "pasted",
            () -> {
              asked.add("pixels");
              return plain(3300, 2000);
            });
    assertTrue(asked.isEmpty(), "nothing is converted on the thread that asks");
    assertTrue(model.opener().openingProperty().get());
    background.remove().run();
    assertEquals(1100, model.document().sourceProperty().get().raster().width());
    assertEquals(666, model.document().sourceProperty().get().raster().height());
    assertEquals(0xFF204060, model.document().sourceProperty().get().raster().argb()[0]);
    assertEquals(8, model.document().pictureProperty().get().resolution());
    assertFalse(model.opener().openingProperty().get());
  }

  @Test
  void aSmallPictureKeepsItsPixels() {
    Raster small = plain(40, 30);
    assertSame(small, small.atMost(40));
    Raster halves = new Raster(4, 2, new int[] {0, 0xFFFFFF, 9, 9, 0, 0xFFFFFF, 9, 9}).atMost(2);
    assertEquals(new Raster(2, 1, new int[] {0xFF808080, 0xFF000009}), halves);
    assertEquals(1, plain(5000, 1).atMost(1600).height());
  }

  @Test
  void ofTwoPicturesTheOneAskedForLastIsShown() {
    InpaintViewModel model = model(background::add);
    engine.pictures.put(FIRST, picture(8, 8));
    engine.pictures.put(SECOND, picture(8, 8));
    model.opener().open(FIRST);
    model.opener().open(SECOND);
    background.removeLast().run();
    assertEquals("second.png", model.document().sourceProperty().get().name());
    assertFalse(model.opener().openingProperty().get());
    background.remove().run();
    assertEquals("second.png", model.document().sourceProperty().get().name());
  }

  @Test
  void ofTwoDroppedPicturesTheLastIsShown() {
    InpaintViewModel model = model(background::add);
    engine.pictures.put(FIRST, picture(8, 8));
    engine.pictures.put(SECOND, picture(8, 8));
    model.drop(FIRST, (workspace, notes) -> {});
    model.drop(SECOND, (workspace, notes) -> {});
    background.removeLast().run(); // whether the second tells how it was made
    background.removeLast().run(); // its pixels
    background.remove().run();
    assertTrue(background.isEmpty());
    assertEquals("second.png", model.document().sourceProperty().get().name());
  }

  @Test
  void aFileThatCannotBeReadEndsTheWaiting() {
    InpaintViewModel model = model(background::add);
    model.opener().open(FIRST);
    background.remove().run();
    assertFalse(model.opener().openingProperty().get());
    assertNull(model.document().sourceProperty().get());
  }

  @Test
  void aModelThatComesWhileAPictureIsReadFitsIt() {
    InpaintViewModel model = model(background::add);
    engine.pictures.put(FIRST, picture(21, 40));
    engine.with(images("faces", 8, 1));
    model.opener().open(FIRST);
    background.remove();
    model.opener().open(FIRST);
    Runnable reading = background.remove();
    model.sampling().findModels();
    reading.run();
    assertEquals(8, model.document().pictureProperty().get().resolution());
    assertEquals(Tool.FRAME, model.tools().toolProperty().get());
  }

  @Test
  void aLargerPictureOpenedBeforeTheModelGetsItsFrame() {
    InpaintViewModel model = model(Runnable::run);
    engine.pictures.put(FIRST, picture(240, 360));
    engine.with(images("faces", 8, 1));
    model.opener().open(FIRST);
    model.sampling().findModels();
    assertEquals(Tool.FRAME, model.tools().toolProperty().get());
    assertEquals(new Crop(60, 0, 240, 240), model.document().pictureProperty().get().frame());
  }

  @Test
  void aModelOfAnotherSizeLeavesWhatWasDoneForThis() {
    InpaintViewModel model = model(Runnable::run);
    engine.pictures.put(FIRST, picture(16, 16));
    engine.with(images("faces", 16, 3)).with(images("clothes", 8, 1));
    model.sampling().findModels();
    model.opener().open(FIRST);
    model.tools().rectangle(new Place(0, 0), new Place(8, 4), false);
    model.tools().rectangle(new Place(8, 4), new Place(16, 16), false);
    boolean[] mask = model.document().maskProperty().get().filled();
    WorkingPicture picture = model.document().pictureProperty().get();

    pick(model, 1);
    assertEquals(8, model.document().pictureProperty().get().resolution());
    assertEquals(1, model.document().pictureProperty().get().image().shape()[0]);
    boolean[] half = new boolean[64];
    for (int i = 0; i < half.length; i++) {
      half[i] = i % 8 < 4 == i / 8 < 2;
    }
    assertArrayEquals(half, model.document().maskProperty().get().filled());
    assertEquals(8 + 24, model.document().filledCountProperty().get());
    assertFalse(model.document().canUndoProperty().get());
    model.tools().clear();
    assertTrue(model.document().canUndoProperty().get());

    pick(model, 0);
    assertSame(picture, model.document().pictureProperty().get());
    assertArrayEquals(mask, model.document().maskProperty().get().filled());
    assertEquals(32 + 96, model.document().filledCountProperty().get());
    model.document().undo();
    assertEquals(32, model.document().filledCountProperty().get());
    model.document().redo();

    pick(model, 1);
    assertEquals(0, model.document().filledCountProperty().get());
    model.document().undo();
    assertArrayEquals(half, model.document().maskProperty().get().filled());

    model.opener().open(FIRST);
    pick(model, 0);
    assertEquals(0, model.document().filledCountProperty().get(), "another picture begins anew");
  }

  private static void pick(InpaintViewModel model, int choice) {
    model.sampling().models().pickedProperty().set(model.sampling().models().choices().get(choice));
  }
}
