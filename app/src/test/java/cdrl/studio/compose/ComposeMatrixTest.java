package cdrl.studio.compose;

import static cdrl.studio.engine.FakeEngine.shade;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import cdrl.sampling.Condition;
import cdrl.sampling.Condition.Concept;
import cdrl.studio.engine.FakeEngine;
import cdrl.studio.resources.Messages;
import cdrl.studio.workspace.FakeWindow;
import cdrl.studio.workspace.SweepExport;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The matrix of the Compose workspace: what is drawn, kept, saved and brought back. */
final class ComposeMatrixTest {
  private final FakeWindow window = new FakeWindow();
  private final FakeEngine engine = new FakeEngine();
  private final Messages messages = window.messages;
  private final ComposeViewModel model =
      new ComposeViewModel(window.context(), engine, engine, engine);

  @BeforeEach
  void open() {
    engine.with(FakeEngine.attributes("faces", "Male", "Smiling", "Young"));
    model.sampling().findModels();
    model.axes().sideProperty().set(3);
  }

  private void set(int attribute, double weight) {
    model.settings().attributesProperty().get().get(attribute).weightProperty().set(weight);
  }

  private double weight(int attribute) {
    return model.settings().attributesProperty().get().get(attribute).used();
  }

  private void answer(double value) {
    FakeEngine.Run run = engine.run();
    int count = run.settings().count();
    if (run.observer().wantsSteps()) {
      run.observer().started(3, shade(count, 0.9));
      run.observer().proposed(0, shade(count, value));
      run.observer().refined(0, shade(count, value));
      run.observer().finished(shade(count, value));
    }
    run.task().result().complete(shade(count, value));
  }

  /** Answers until nothing is asked for any more. */
  private void answerAll(double value) {
    while (!engine.runs.isEmpty()
        && !engine.run().task().result().isDone()
        && !engine.run().task().cancellation().isCancelled()) {
      answer(value);
    }
  }

  private void showMatrix(boolean shown) {
    model.matrixShownProperty().set(shown);
  }

  private float cell(int index) {
    return model.gallery().imagesProperty().get().get(index).values()[0];
  }

  private Map<String, String> savedGrid() {
    model.gallery().saveGrid(Path.of("grid.png"));
    return engine.metadata.get(Path.of("grid.png"));
  }

  private Map<String, String> savedImage() {
    model.gallery().saveImage(Path.of("image.png"));
    return engine.metadata.get(Path.of("image.png"));
  }

  @Test
  void aMatrixIsSavedWithWhatItWasDrawnWith() {
    set(2, 1);
    showMatrix(true);
    answerAll(0.5);
    model.sampling().seedProperty().set("77");
    assertEquals("1", savedGrid().get("cdrl.seed"));
    assertEquals("faces-seed-1-matrix.png", model.gallery().gridFileName());
    assertEquals("faces, seed 1, Smiling off, Male off", model.gallery().selectedName());
    model.sampling().seedProperty().set("abc");
    set(2, 2);
    assertEquals("1", savedGrid().get("cdrl.seed"));
    assertEquals("Young=1.0", savedImage().get("cdrl.attributes"));
    model.gallery().selectedProperty().set(0);
    assertEquals("Male=1.0, Smiling=-1.0, Young=1.0", savedImage().get("cdrl.attributes"));
  }

  @Test
  void aMatrixIsSavedWithoutAGrid() {
    showMatrix(true);
    answerAll(0.5);
    model.sampling().seedProperty().set("abc");
    model.settings().productProperty().set(true);
    assertEquals("1", savedGrid().get("cdrl.seed"));
    assertEquals("false", savedGrid().get("cdrl.product-of-experts"));
    assertEquals("faces-seed-1-matrix-image-5.png", model.gallery().imageFileName());
  }

  @Test
  void aCellWithoutAPictureIsNotSaved() {
    model.settings().productProperty().set(true);
    showMatrix(true);
    answer(0.5);
    int drawn = model.gallery().selectedProperty().get();
    for (int cell = 0; cell < 9; cell++) {
      model.gallery().selectedProperty().set(cell);
      model.gallery().saveImage(Path.of(cell + ".png"));
    }
    assertEquals(1, engine.saved.size(), "the others are still to be drawn, or have no attribute");
    model.gallery().selectedProperty().set(4);
    assertFalse(model.gallery().thereProperty().get(), "a product of no attribute at all");
    assertEquals("", model.gallery().imageFileName());
    model.cancel();
    model.gallery().selectedProperty().set(drawn + 1);
    model.gallery().saveImage(Path.of("cancelled.png"));
    assertFalse(engine.saved.containsKey(Path.of("cancelled.png")));
    model.sample();
    answerAll(0.6);
    assertTrue(model.gallery().thereProperty().get());
  }

  @Test
  void anOlderPictureThatStandsInForACellIsNotSavedAsThatOne() {
    showMatrix(true);
    answerAll(0.5);
    set(2, 1);
    answer(0.6);
    model.gallery().selectedProperty().set(0);
    assertEquals(0.5f, cell(0));
    model.gallery().saveImage(Path.of("older.png"));
    assertTrue(engine.saved.isEmpty());
    answerAll(0.6);
    assertEquals("Male=1.0, Smiling=-1.0, Young=1.0", savedImage().get("cdrl.attributes"));
  }

  @Test
  void anUnfinishedMatrixIsSavedAsAPreview() {
    showMatrix(true);
    answer(0.5);
    assertEquals("true", savedGrid().get("cdrl.preview"));
    assertEquals("true", savedImage().get("cdrl.preview"));
    answerAll(0.5);
    assertNull(savedGrid().get("cdrl.preview"));
    assertNull(savedImage().get("cdrl.preview"));
  }

  @Test
  void picturesOfOtherWeightsDoNotOutliveADrawingThatIsStopped() {
    showMatrix(true);
    answerAll(0.5);
    set(2, 1);
    model.cancel();
    assertEquals(0.5f, cell(0), "none of the new is there");
    assertNull(savedImage().get("cdrl.attributes"));
    set(2, 2);
    answer(0.7);
    assertEquals(0.5f, cell(0), "it stands in");
    model.cancel();
    assertEquals(0.7f, cell(4));
    assertEquals(0, cell(0));
    assertEquals("Young=2.0", savedImage().get("cdrl.attributes"));
  }

  @Test
  void aMatrixOfProductsNeedsNoFurtherAttribute() {
    showMatrix(true);
    answerAll(0.5);
    int before = engine.runs.size();
    model.settings().productProperty().set(true);
    assertEquals("", model.sampling().obstacleProperty().get());
    assertEquals(before + 1, engine.runs.size());
    answerAll(0.6);
    Set<Condition> asked =
        engine.runs.stream()
            .skip(before)
            .map(run -> run.settings().condition())
            .collect(Collectors.toSet());
    assertEquals(8, asked.size(), "all but the middle");
    assertTrue(asked.stream().allMatch(Condition.ProductOfExperts.class::isInstance));
    assertEquals(before + 16, engine.runs.size());
    assertEquals(0.6f, cell(0));
    assertEquals(0, cell(4), "there is no product without an expert");
    assertEquals("Smiling off, Male off, no attribute", model.gallery().caption(4));
    assertEquals("", model.formulaProperty().get());
    model.gallery().selectedProperty().set(3);
    assertEquals("F = −1 F(Smiling)", model.formulaProperty().get());
    assertNull(savedGrid().get("cdrl.preview"), "it is complete");
  }

  @Test
  void theEmptyCellOfAProductIsNotTaken() {
    model.settings().productProperty().set(true);
    showMatrix(true);
    answerAll(0.6);
    model.takeCell();
    assertTrue(model.matrixShownProperty().get());
    assertEquals(
        messages.text("compose.impossible"), window.problems.currentProperty().get().sentence());
  }

  @Test
  void aMatrixOfProductsComesBackFromItsPicture() {
    model.settings().productProperty().set(true);
    model.settings().oppositeProperty().set(true);
    showMatrix(true);
    answerAll(0.6);
    Map<String, String> notes = savedGrid();
    showMatrix(false);
    model.settings().productProperty().set(false);
    model.settings().oppositeProperty().set(false);
    answerAll(0.6);
    model.restore(notes);
    assertTrue(model.settings().productProperty().get());
    assertTrue(model.settings().oppositeProperty().get());
    assertTrue(model.matrixShownProperty().get());
  }

  @Test
  void askingForOppositesDrawsTheMatrixAnew() {
    showMatrix(true);
    answerAll(0.5);
    int before = engine.runs.size();
    model.settings().oppositeProperty().set(true);
    answerAll(0.6);
    assertEquals(before + 18, engine.runs.size());
    assertTrue(
        engine.runs.stream()
            .skip(before)
            .anyMatch(
                run ->
                    run.settings()
                        .condition()
                        .equals(new Condition.Composition(List.of(new Concept(4, 1))))));
  }

  @Test
  void theSlidersOfTheAxesDrawNothing() {
    showMatrix(true);
    answerAll(0.5);
    int before = engine.runs.size();
    set(0, 2);
    set(1, -1);
    assertEquals(before, engine.runs.size());
  }

  @Test
  void afterImpossibleSettingsThePicturesFollowAgain() {
    set(2, 1);
    answerAll(0.1);
    model.settings().productProperty().set(true);
    answerAll(0.2);
    set(2, 0);
    int before = engine.runs.size();
    model.settings().productProperty().set(false);
    assertEquals(before + 1, engine.runs.size());
    assertEquals(Condition.NONE, engine.run().settings().condition());
  }

  @Test
  void theSameSettingsAfterImpossibleOnesDrawNothing() {
    set(2, 1);
    model.settings().productProperty().set(true);
    answerAll(0.2);
    int before = engine.runs.size();
    set(2, 0);
    assertTrue(model.impossibleProperty().get());
    set(2, 1);
    assertEquals(before, engine.runs.size());
  }

  @Test
  void anUnfinishedGridGoesOnWhenItIsShownAgain() {
    set(2, 1);
    answer(0.1);
    assertTrue(model.isPreview());
    showMatrix(true);
    answerAll(0.5);
    showMatrix(false);
    answerAll(0.3);
    assertFalse(model.isPreview());
    assertEquals(0.3f, cell(0));
  }

  @Test
  void theGridIsDrawnAnewWithOtherSteps() {
    set(2, 1);
    answerAll(0.1);
    showMatrix(true);
    answerAll(0.5);
    model.sampling().stepsProperty().set(5);
    answerAll(0.5);
    showMatrix(false);
    answerAll(0.3);
    assertEquals(0.3f, cell(0));
    assertEquals("5", savedGrid().get("cdrl.steps"));
  }

  @Test
  void whatIsFinishedIsNotDrawnAgain() {
    set(2, 1);
    answerAll(0.1);
    showMatrix(true);
    answerAll(0.5);
    int before = engine.runs.size();
    showMatrix(false);
    showMatrix(true);
    assertEquals(before, engine.runs.size());
    assertEquals(0.5f, cell(0));
  }

  @Test
  void whatDrawsCanBeStopped() {
    assertFalse(model.busyProperty().get());
    showMatrix(true);
    assertTrue(model.busyProperty().get());
    model.cancel();
    assertFalse(model.busyProperty().get());
    showMatrix(false);
    assertTrue(model.busyProperty().get(), "the grid");
  }

  @Test
  void aSavedMatrixIsDrawnAgainWhileAnotherIsShown() {
    set(2, 1);
    answerAll(0.1);
    model.gallery().selectedProperty().set(7);
    showMatrix(true);
    answerAll(0.5);
    Map<String, String> notes = savedGrid();
    showMatrix(false);
    model.gallery().selectedProperty().set(2);
    showMatrix(true);
    Attribute young = model.settings().attributesProperty().get().get(2);
    model.axes().acrossProperty().set(young);
    answerAll(0.6);
    assertEquals("Young", model.axisLabels().across());
    model.restore(notes);
    answerAll(0.7);
    assertEquals("Smiling", model.axisLabels().across());
    assertEquals(0.7f, cell(0));
    assertEquals(8, model.subjectNumber());
    assertEquals(4, model.gallery().selectedProperty().get());
    assertEquals(notes, savedGrid());
  }

  @Test
  void aSavedMatrixShowsItsImageThoughThereIsNoGrid() {
    showMatrix(true);
    answerAll(0.5);
    Map<String, String> notes = new HashMap<>(savedGrid());
    notes.put("cdrl.image", "5");
    showMatrix(false);
    model.cancel();
    model.restore(notes);
    assertEquals(6, model.subjectNumber());
    assertEquals(5, engine.run().settings().first());
  }

  @Test
  void oldPicturesDoNotStandUnderOtherAxes() {
    showMatrix(true);
    answerAll(0.5);
    model.sampling().seedProperty().set("abc");
    model.axes().acrossProperty().set(model.settings().attributesProperty().get().get(2));
    assertEquals("Smiling", model.axisLabels().across(), "the pictures are still the old ones");
    model.sampling().seedProperty().set("3");
    model.sample();
    assertEquals("Young", model.axisLabels().across());
    assertNull(model.gallery().imagesProperty().get());
  }

  @Test
  void takingWeightsDrawsNoMatrix() {
    showMatrix(true);
    answerAll(0.5);
    model.gallery().selectedProperty().set(0);
    String news = window.jobs.newsProperty().get();
    int before = engine.runs.size();
    model.takeCell();
    assertEquals(news, window.jobs.newsProperty().get());
    assertNotEquals(messages.text("compose.matrix.cancelled"), news);
    assertEquals(before + 1, engine.runs.size());
    assertEquals(1, weight(0));
    assertEquals(-1, weight(1));
  }

  @Test
  void theMatrixComesBackAtTheNextStart() {
    model.axes().acrossProperty().set(model.settings().attributesProperty().get().get(2));
    showMatrix(true);
    answerAll(0.5);
    Map<String, String> memory = model.memory().settings();
    FakeEngine other = new FakeEngine();
    ComposeViewModel next = new ComposeViewModel(window.context(), other, other, other);
    next.memory().recall(memory);
    assertEquals(memory, next.memory().settings(), "before there is a model");
    other.with(FakeEngine.attributes("faces", "Male", "Smiling", "Young"));
    next.sampling().findModels();
    assertTrue(next.matrixShownProperty().get());
    assertEquals("Young", next.axes().acrossProperty().get().name());
    assertEquals("Male", next.axes().upProperty().get().name());
    assertEquals(3, next.axes().sideProperty().get());
    assertTrue(other.runs.isEmpty(), "nobody has asked for pictures");
    next.sample();
    assertEquals(1, other.runs.size());
  }

  @Test
  void theSweepOfAProductHasNoFrameWithoutAnExpert() {
    model.settings().productProperty().set(true);
    set(2, 1);
    answerAll(0.1);
    model
        .sweep()
        .save(Path.of("sweep.gif"), new SweepExport.Wish(2, new SweepExport.Way(-1, 1, 3), true));
    answer(0.1);
    assertEquals(
        new Condition.ProductOfExperts(List.of(new Concept(5, 0.05))),
        engine.run().settings().condition());
  }
}
