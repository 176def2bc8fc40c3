package cdrl.studio.inpaint;

import static cdrl.studio.engine.FakeEngine.shade;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import cdrl.data.Crop;
import cdrl.data.PixelValues;
import cdrl.runtime.HostTensor;
import cdrl.sampling.Inpainter;
import cdrl.studio.engine.FakeEngine;
import cdrl.studio.engine.SamplingSession;
import cdrl.studio.raster.Raster;
import cdrl.studio.resources.Messages;
import cdrl.studio.shell.Preferences;
import cdrl.studio.shell.Problems;
import cdrl.studio.workspace.FakeWindow;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

final class InpaintViewModelTest {
  private static final Path FILE = Path.of("face.png");

  private final FakeWindow window = new FakeWindow();
  private final FakeEngine engine = new FakeEngine();
  private final Messages messages = window.messages;
  private final Problems problems = window.problems;
  private final Preferences preferences = window.preferences;
  private final InpaintViewModel model = model();

  private InpaintViewModel model() {
    return new InpaintViewModel(window.context(), engine, engine, engine, engine);
  }

  /** A colour picture whose every byte differs from its neighbours. */
  private static HostTensor picture(int height, int width) {
    float[] values = new float[3 * height * width];
    for (int i = 0; i < values.length; i++) {
      values[i] = PixelValues.toValue(i % (height * width) * 7);
    }
    return new HostTensor(new long[] {3, height, width}, values);
  }

  private void open() {
    engine.with(FakeEngine.images("faces"));
    model.sampling().findModels();
    engine.pictures.put(FILE, picture(8, 8));
    model.opener().open(FILE);
  }

  private void paint() {
    model.tools().press(new Place(2, 2), false);
    model.tools().drag(new Place(5, 2), false);
    model.tools().release();
  }

  private boolean[] filled() {
    return model.document().maskProperty().get().filled();
  }

  /** Two candidates; the second of the batch has the lower energy. */
  private void fill() {
    paint();
    model.sampling().countProperty().set(2);
    model.sampling().sample();
    finish(two(0.1, -0.1), 1, 0);
  }

  /** Ends the newest run. */
  private void finish(HostTensor images, int... order) {
    FakeEngine.Filling filling = engine.filling();
    filling.observer().started(3, two(0.5, 0.6));
    for (int level = 2; level >= 0; level--) {
      filling.observer().proposed(level, two(0.1, 0.2));
      filling.observer().refined(level, two(0.3, 0.4));
    }
    filling.observer().finished(two(-0.1, 0.1));
    answer(images, order);
  }

  private void answer(HostTensor images, int... order) {
    engine
        .filling()
        .task()
        .result()
        .complete(new Inpainter.Result(images, new float[] {-7, 3}, order));
  }

  private float shown(int candidate) {
    return model.filling().candidatesProperty().get().images().get(candidate).values()[0];
  }

  private static HostTensor two(double first, double second) {
    float[] values = shade(2, first).values().clone();
    Arrays.fill(values, 64, 128, (float) second);
    return new HostTensor(new long[] {2, 1, 8, 8}, values);
  }

  @Test
  void saysWhatIsMissing() {
    assertEquals(messages.text("inpaint.looking"), model.sampling().obstacleProperty().get());
    engine.with(FakeEngine.images("faces"));
    model.sampling().findModels();
    assertEquals(messages.text("inpaint.no-picture"), model.sampling().obstacleProperty().get());
    model.sampling().sample();
    assertEquals(messages.text("inpaint.no-picture"), problems.currentProperty().get().sentence());
    open();
    assertEquals(messages.text("inpaint.no-mask"), model.sampling().obstacleProperty().get());
    model.sampling().sample();
    assertTrue(engine.fillings.isEmpty());
    paint();
    assertEquals("", model.sampling().obstacleProperty().get());
  }

  @Test
  void aPictureOfTheModelsSizeIsTakenAsItIs() {
    open();
    assertEquals(Tool.BRUSH, model.tools().toolProperty().get());
    WorkingPicture picture = model.document().pictureProperty().get();
    assertArrayEquals(new long[] {1, 8, 8}, picture.image().shape());
    assertEquals(new Crop(0, 0, 8, 8), picture.frame());
  }

  @Test
  void aLargerPictureGetsAFrame() {
    engine.with(FakeEngine.images("faces"));
    model.sampling().findModels();
    engine.pictures.put(FILE, picture(21, 40));
    model.opener().open(FILE);
    assertEquals(Tool.FRAME, model.tools().toolProperty().get());
    assertEquals(new Crop(9, 0, 21, 21), model.document().pictureProperty().get().frame());
    HostTensor before = model.document().pictureProperty().get().image();
    model.opener().setFrame(new Crop(1, 2, 12, 12), false);
    assertEquals(new Crop(1, 2, 12, 12), model.document().pictureProperty().get().frame());
    model.document().undo();
    assertEquals(before, model.document().pictureProperty().get().image());
    assertEquals(new Crop(9, 0, 21, 21), model.document().pictureProperty().get().frame());
  }

  @Test
  void turningTheWheelIsOneStep() {
    engine.with(FakeEngine.images("faces"));
    model.sampling().findModels();
    engine.pictures.put(FILE, picture(21, 40));
    model.opener().open(FILE);
    for (int i = 1; i < 9; i++) {
      model.opener().setFrame(new Crop(9, 0, 21 - i, 21 - i), true);
    }
    model.document().undo();
    assertEquals(new Crop(9, 0, 21, 21), model.document().pictureProperty().get().frame());
    assertFalse(model.document().canUndoProperty().get());
  }

  @Test
  void aFileThatIsNoPictureIsOneSentenceAndThePictureStays() {
    open();
    model.opener().open(Path.of("letter.txt"));
    assertEquals("There is no picture 'letter.txt'.", problems.currentProperty().get().sentence());
    assertEquals("face.png", model.document().sourceProperty().get().name());
    assertFalse(model.opener().openingProperty().get());
  }

  @Test
  void aPictureOpenedBeforeTheModelIsFittedWhenItComes() {
    engine.pictures.put(FILE, picture(8, 8));
    model.opener().open(FILE);
    assertNull(model.document().pictureProperty().get());
    engine.with(FakeEngine.images("faces"));
    model.sampling().findModels();
    assertNotNull(model.document().pictureProperty().get());
  }

  @Test
  void anotherModelOfTheSameSizeKeepsPictureAndMask() {
    engine.with(FakeEngine.images("other"));
    open();
    paint();
    boolean[] before = filled();
    model.sampling().models().pickedProperty().set(model.sampling().models().choices().get(1));
    assertArrayEquals(before, filled());
    assertTrue(model.document().canUndoProperty().get());
  }

  @Test
  void strokesAreSteps() {
    open();
    paint();
    boolean[] first = filled();
    model.tools().lineTo(new Place(5, 7), false);
    model.tools().invert();
    model.document().undo();
    model.document().undo();
    assertArrayEquals(first, filled());
    model.document().undo();
    assertEquals(0, model.document().filledCountProperty().get());
    model.document().redo();
    assertArrayEquals(first, filled());
  }

  @Test
  void hundredsOfStepsCanBeTakenBack() {
    open();
    for (int i = 0; i < 500; i++) {
      model.tools().press(new Place(i % 8, i / 8 % 8), i % 2 == 1);
      model.tools().drag(new Place(i * 3 % 8, i * 5 % 8), i % 2 == 1);
      model.tools().release();
    }
    int steps = 0;
    while (model.document().canUndoProperty().get()) {
      model.document().undo();
      steps++;
    }
    assertTrue(steps > 300, steps + " steps");
    assertEquals(0, model.document().filledCountProperty().get());
  }

  @Test
  void handsPictureMaskStrengthAndRoundsToTheEngine() {
    open();
    paint();
    model.filling().strengthProperty().set(2);
    model.filling().roundsProperty().set(7);
    model.sampling().seedProperty().set("5");
    model.sampling().sample();
    FakeEngine.Filling filling = engine.filling();
    assertEquals(model.document().pictureProperty().get().image(), filling.image());
    assertArrayEquals(filled(), filling.mask());
    assertEquals(7, filling.rounds());
    assertEquals(2, filling.settings().startLevel());
    assertEquals(5, filling.settings().seed());
    assertEquals(6, filling.settings().count());
  }

  @Test
  void strengthBeginsAtTheTop() {
    open();
    assertEquals(3, model.filling().strengthProperty().get());
  }

  @Test
  void paintingWhileARunGoesOnDoesNotReachIt() {
    open();
    paint();
    model.sampling().sample();
    boolean[] given = engine.filling().mask().clone();
    model.tools().fill();
    assertArrayEquals(given, engine.filling().mask());
  }

  @Test
  void candidatesAreLiveAndSortedAtTheEnd() {
    open();
    paint();
    model.sampling().countProperty().set(2);
    model.sampling().sample();
    assertTrue(model.filling().candidateShownProperty().get());
    engine.filling().observer().started(3, two(0.5, 0.6));
    assertEquals(0.5f, model.filling().candidatesProperty().get().images().values()[0]);
    assertFalse(model.filling().canKeep());
    fill();
    Candidates made = model.filling().candidatesProperty().get();
    assertEquals(List.of(-7f, 3f), made.energies());
    assertEquals(0.1f, made.images().values()[0]);
    assertTrue(model.filling().canKeep());
    model.filling().moveStop(-1);
    assertEquals(
        0.4f, model.filling().candidatesProperty().get().images().values()[0], "the same order");
  }

  @Test
  void aNewRunDoesNotReorderThePicturesOfTheLast() {
    open();
    fill();
    HostTensor last = model.filling().candidatesProperty().get().images();
    model.sampling().sample();
    assertEquals(last, model.filling().candidatesProperty().get().images());
    engine.filling().observer().started(3, two(0.7, 0.8));
    assertEquals(0.7f, model.filling().candidatesProperty().get().images().values()[0]);
    assertTrue(model.filling().candidatesProperty().get().energies().isEmpty());
  }

  @Test
  void theSettingsAreLive() {
    open();
    fill();
    model.filling().strengthProperty().set(1);
    assertEquals(2, engine.fillings.size());
    FakeEngine.Filling quick = engine.filling();
    assertEquals(1, quick.settings().langevinSteps(), "a quick look first");
    assertEquals(1, quick.settings().startLevel());
    assertEquals(0.1f, shown(0), "the candidates of before stay");
    assertTrue(model.filling().canKeep());

    model.filling().strengthProperty().set(2);
    model.filling().roundsProperty().set(9);
    assertEquals(2, engine.fillings.size(), "one preview at a time");
    answer(two(0.7, 0.8), 0, 1); // the batch in its own order
    assertEquals(0.8f, shown(0), "where the candidate of the same noise was");
    assertEquals(0.7f, shown(1));
    assertTrue(model.filling().previewProperty().get());
    assertFalse(model.filling().canKeep());
    assertNull(model.filling().pick());
    assertEquals(3, engine.fillings.size(), "only the newest wish was waiting");
    assertEquals(2, engine.filling().settings().startLevel());
    assertEquals(9, engine.filling().rounds());
    answer(two(0.7, 0.8), 0, 1);
    FakeEngine.Filling whole = engine.filling();
    assertEquals(15, whole.settings().langevinSteps());
    assertEquals(2, whole.settings().startLevel());
    assertEquals(9, whole.rounds());
    assertEquals(0.8f, shown(0), "the quick look stays until the run is through");
    model.filling().selectedProperty().set(1);
    finish(two(0.25, 0.35), 0, 1);
    assertFalse(model.filling().previewProperty().get());
    assertTrue(model.filling().canKeep());
    assertEquals(0.25f, shown(0));
    assertEquals(0, model.filling().selectedProperty().get(), "still the first of the batch");

    model.sampling().stepsProperty().set(5);
    assertEquals(5, engine.fillings.size());
  }

  @Test
  void settingsWaitForThePersonWhereSomethingElseWouldBeFilled() {
    open();
    model.filling().strengthProperty().set(2);
    paint();
    model.filling().roundsProperty().set(2);
    assertTrue(engine.fillings.isEmpty(), "nothing has been filled yet");
    model.tools().clear();
    fill();
    model.tools().invert();
    model.filling().strengthProperty().set(1);
    assertEquals(1, engine.fillings.size(), "another mask");
    model.tools().invert();
    model.filling().keep();
    paint();
    model.filling().strengthProperty().set(2);
    assertEquals(1, engine.fillings.size(), "another picture");
  }

  @Test
  void keepingOrWipingTheMaskEndsWhatFollowsASlider() {
    open();
    fill();
    model.filling().strengthProperty().set(1);
    model.filling().keep();
    assertEquals(SamplingSession.State.CANCELLED, model.sampling().session().stateProperty().get());
    model.document().undo();
    model.filling().strengthProperty().set(2);
    model.tools().clear();
    answer(two(0.7, 0.8), 0, 1);
    assertEquals(SamplingSession.State.CANCELLED, model.sampling().session().stateProperty().get());
    assertNull(problems.currentProperty().get());
  }

  @Test
  void stoppingAfterAQuickLookBringsTheLastCandidatesBack() {
    open();
    fill();
    model.filling().strengthProperty().set(1);
    answer(two(0.7, 0.8), 0, 1);
    model.cancel();
    assertEquals(0.1f, shown(0));
    assertTrue(model.filling().canKeep());
    assertFalse(model.filling().previewProperty().get());
  }

  @Test
  void anotherModelAndAPictureThatComesBackFillNothingByThemselves() {
    engine.with(FakeEngine.images("other", 8));
    open();
    model.sampling().models().pickedProperty().set(model.sampling().models().choices().get(1));
    fill();
    Path file = Path.of("candidate.png");
    model.export().saveCandidate(file);
    model.sampling().models().pickedProperty().set(model.sampling().models().choices().get(0));
    fill();
    model.filling().strengthProperty().set(2);
    int before = engine.fillings.size();
    model.drop(file, (workspace, notes) -> {});
    assertEquals(3, model.filling().strengthProperty().get());
    assertEquals(before, engine.fillings.size());
    assertEquals(SamplingSession.State.IDLE, model.sampling().session().stateProperty().get());
  }

  @Test
  void keepingGoesOnFromTheCandidateAndIsOneStep() {
    open();
    fill();
    HostTensor before = model.document().pictureProperty().get().image();
    boolean[] mask = filled();
    model.filling().selectedProperty().set(1);
    model.filling().keep();
    WorkingPicture kept = model.document().pictureProperty().get();
    assertEquals(PixelValues.toByte(-0.1f), PixelValues.toByte(kept.image().values()[9]));
    assertEquals(0, model.document().filledCountProperty().get());
    assertFalse(model.filling().candidateShownProperty().get());
    model.document().undo();
    assertEquals(before, model.document().pictureProperty().get().image());
    assertArrayEquals(mask, filled());
    model.document().redo();
    assertEquals(kept, model.document().pictureProperty().get());
    model.lastMask();
    assertArrayEquals(mask, filled());
  }

  @Test
  void cancelledRunsKeepTheirPicturesButNothingToKeep() {
    open();
    paint();
    model.sampling().sample();
    engine.filling().observer().started(3, two(0.5, 0.6));
    model.sampling().cancel();
    assertEquals(SamplingSession.State.CANCELLED, model.sampling().session().stateProperty().get());
    assertNotNull(model.filling().candidatesProperty().get());
    model.filling().keep();
    assertFalse(model.filling().canKeep());
    assertEquals(1, model.document().pictureProperty().get().image().shape()[0]);
  }

  @Test
  void theModelCanDrawThePicture() {
    engine.with(FakeEngine.images("faces"));
    model.sampling().findModels();
    model.opener().draw();
    assertTrue(model.opener().isDrawing());
    FakeEngine.Run run = engine.run();
    run.observer().started(3, shade(1, 0.9));
    assertNotNull(model.sceneProperty().get(), "seen while it forms");
    run.observer().finished(shade(1, 0.2));
    run.task().result().complete(shade(1, 0.2));
    assertEquals(
        PixelValues.toByte(0.2f),
        PixelValues.toByte(model.document().pictureProperty().get().image().values()[0]));
    assertTrue(model.document().sourceProperty().get().name().startsWith("Sample with seed"));
    assertEquals(Tool.BRUSH, model.tools().toolProperty().get());
  }

  @Test
  void savedPicturesHoldAllThatIsNeededToFillThemAgain() {
    open();
    fill();
    Path file = Path.of("candidate.png");
    model.export().saveCandidate(file);
    var notes = engine.metadata.get(file);
    assertEquals("inpaint", notes.get("cdrl.workspace"));
    assertEquals("c0ffee", notes.get("cdrl.model.sha256"));
    assertEquals("-7.0", notes.get("cdrl.energy"));
    assertEquals("face.png", notes.get("cdrl.picture"));
    assertArrayEquals(filled(), InpaintNotes.mask(notes, 64).orElseThrow());
    assertEquals(
        model.document().pictureProperty().get().image(),
        InpaintNotes.original(notes).orElseThrow());
    model.filling().keep();
    model.export().savePicture(Path.of("picture.png"));
    assertEquals("1", engine.metadata.get(Path.of("picture.png")).get("cdrl.candidate"));
    assertEquals(
        model.document().pictureProperty().get().raster(),
        engine.saved.get(Path.of("picture.png")));
    model.export().saveMask(Path.of("mask.png"));
    assertEquals("face-candidate-1.png", model.export().fileName("candidate-1"));
  }

  @Test
  void damagedNotesAreNothing() {
    assertTrue(InpaintNotes.mask(java.util.Map.of("cdrl.mask", "%%%"), 64).isEmpty());
    assertTrue(
        InpaintNotes.original(
                java.util.Map.of("cdrl.original", "AAAA", "cdrl.original.shape", "3 9 9"))
            .isEmpty());
    assertTrue(
        InpaintNotes.original(
                java.util.Map.of("cdrl.original", "AAAA", "cdrl.original.shape", "x y z"))
            .isEmpty());
  }

  @Test
  void theBrushHasLimits() {
    open();
    model.tools().growBrush(-50);
    assertEquals(MaskTools.LEAST_BRUSH, model.tools().brushSizeProperty().get());
    model.tools().growBrush(90);
    assertEquals(8, model.tools().brushSizeProperty().get());
    model.tools().hardenBrush(50);
    assertEquals(1, model.tools().hardnessProperty().get());
    model.tools().hardenBrush(-1);
    assertEquals(0.9, model.tools().hardnessProperty().get(), 1e-9);
  }

  @Test
  void aSavedCandidateBringsPictureMaskAndSettingsBack() {
    open();
    model.filling().strengthProperty().set(2);
    model.filling().roundsProperty().set(3);
    model.sampling().seedProperty().set("99");
    fill();
    HostTensor image = model.document().pictureProperty().get().image();
    boolean[] mask = filled();
    Path file = Path.of("candidate.png");
    model.export().saveCandidate(file);
    model.opener().open("another", Raster.of(shade(1, 0.5), 0));
    model.filling().strengthProperty().set(3);
    model.filling().roundsProperty().set(1);
    model.sampling().seedProperty().set("1");
    model.drop(file, (workspace, notes) -> {});
    assertEquals("face.png", model.document().sourceProperty().get().name());
    assertEquals(image, model.document().pictureProperty().get().image());
    assertArrayEquals(mask, filled());
    assertEquals(2, model.filling().strengthProperty().get());
    assertEquals(3, model.filling().roundsProperty().get());
    assertEquals("99", model.sampling().seedProperty().get());
    assertNull(problems.currentProperty().get());
  }

  @Test
  void candidatesAreComparedWithThePictureAsItWasOpened() {
    open();
    fill();
    Raster opened = model.document().pictureProperty().get().raster();
    assertEquals(opened, model.filling().candidatesProperty().get().original());
    model.filling().keep();
    fill();
    assertNotEquals(opened, model.document().pictureProperty().get().raster());
    assertEquals(opened, model.filling().candidatesProperty().get().original());
  }

  @Test
  void theComparisonNeedsNoPointer() {
    open();
    model.filling().compare();
    assertNull(model.filling().comparingProperty().get(), "nothing to compare yet");
    fill();
    model.filling().candidateShownProperty().set(false);
    model.filling().compare();
    assertEquals(new Filling.Comparing(0, 1), model.filling().comparingProperty().get());
    assertTrue(model.filling().candidateShownProperty().get());
    model.filling().selectedProperty().set(1);
    assertEquals(1, model.filling().comparingProperty().get().index());
    model.filling().compare();
    assertNull(model.filling().comparingProperty().get());
    model.filling().compare();
    model.tools().press(new Place(1, 1), false);
    assertNull(model.filling().comparingProperty().get(), "painting shows the picture");
  }

  @Test
  void featheringGoesAsFarAsIsSet() {
    open();
    model.tools().rectangle(new Place(3, 0), new Place(4, 8), false);
    model.tools().featherProperty().set(MaskTools.LEAST_FEATHER);
    model.tools().feather();
    assertEquals(8, model.document().filledCountProperty().get());
    model.document().undo();
    model.tools().featherProperty().set(4);
    model.tools().feather();
    assertEquals(0, model.document().filledCountProperty().get(), "a thin line vanishes");
  }

  @Test
  void aStrokeCanBeGivenUp() {
    open();
    paint();
    boolean[] before = filled();
    model.tools().press(new Place(1, 6), false);
    model.tools().drag(new Place(7, 6), false);
    assertTrue(model.tools().abandon());
    assertArrayEquals(before, filled());
    assertFalse(model.tools().abandon());
    model.tools().drag(new Place(7, 1), false);
    model.tools().release();
    assertArrayEquals(before, filled());
    model.document().undo();
    assertEquals(0, model.document().filledCountProperty().get(), "it is no step");
  }

  @Test
  void aModelThatIsDroppedIsOpenedHere() {
    open();
    String file = Path.of("folder", "clothes.SAFETENSORS").toString();
    engine.models.put(file, CompletableFuture.completedFuture(FakeEngine.images("clothes")));
    model.drop(Path.of(file), (workspace, notes) -> {});
    assertEquals("clothes", model.sampling().models().loadedProperty().get().description().name());
    assertEquals("face.png", model.document().sourceProperty().get().name());
    assertNull(problems.currentProperty().get());
  }

  @Test
  void aDroppedPictureOfChartsBelongsToItsWorkspace() {
    open();
    List<String> elsewhere = new ArrayList<>();
    for (String workspace : List.of("detect", "density", "train", "generate")) {
      Path file = Path.of(workspace + ".png");
      engine.metadata.put(file, Map.of("cdrl.workspace", workspace));
      engine.pictures.put(file, picture(8, 8));
      model.drop(file, (id, notes) -> elsewhere.add(id));
    }
    assertEquals(List.of("detect", "density", "train"), elsewhere);
    assertEquals("generate.png", model.document().sourceProperty().get().name());
  }

  @Test
  void escapeStopsTheDrawingToo() {
    engine.with(FakeEngine.images("faces"));
    model.sampling().findModels();
    model.opener().draw();
    model.cancel();
    assertFalse(model.opener().isDrawing());
    assertTrue(engine.run().task().cancellation().isCancelled());
  }

  @Test
  void theBrushKeepsItsSizeOnTheScreenWhenThatIsPreferred() {
    model.tools().brushSizeProperty().set(6);
    model.tools().zoomed(2);
    assertEquals(6, model.tools().brushSizeProperty().get());
    preferences.brushKeepsSizeProperty().set(true);
    model.tools().zoomed(2);
    assertEquals(3, model.tools().brushSizeProperty().get());
    model.tools().zoomed(0.25);
    assertEquals(12, model.tools().brushSizeProperty().get());
    model.tools().zoomed(100);
    assertEquals(MaskTools.LEAST_BRUSH, model.tools().brushSizeProperty().get());
  }

  @Test
  void settingsComeBackAtTheNextStart() {
    engine.with(FakeEngine.images("faces"));
    model.sampling().findModels();
    int levels = model.filling().strengthProperty().get();
    model.sampling().seedProperty().set("42");
    model.sampling().countProperty().set(3);
    model.tools().brushSizeProperty().set(9.5);
    model.tools().featherProperty().set(2.5);
    model.filling().strengthProperty().set(1);
    Map<String, String> settings = InpaintMemory.of(model);

    InpaintViewModel next = model();
    InpaintMemory.restore(next, settings);
    next.sampling().findModels();
    assertEquals(settings, InpaintMemory.of(next));
    assertTrue(levels > 1, "the noise level was changed");
    assertEquals(1, next.filling().strengthProperty().get());

    InpaintViewModel other = model();
    Map<String, String> usual = InpaintMemory.of(other);
    InpaintMemory.restore(
        other,
        Map.of("seed", "x", "count", "-1", "steps", "", "brush.size", "NaN", "strength", "many"));
    assertEquals(usual, InpaintMemory.of(other), "nonsense changes nothing");
  }
}
