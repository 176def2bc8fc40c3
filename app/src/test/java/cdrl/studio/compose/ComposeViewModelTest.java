package cdrl.studio.compose;

import static cdrl.studio.engine.FakeEngine.shade;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import cdrl.sampling.Condition;
import cdrl.sampling.Condition.Concept;
import cdrl.studio.engine.FakeEngine;
import cdrl.studio.engine.SamplingSession;
import cdrl.studio.resources.Messages;
import cdrl.studio.shell.Jobs;
import cdrl.studio.shell.Problems;
import cdrl.studio.widgets.GridAxes;
import cdrl.studio.workspace.FakeWindow;
import cdrl.studio.workspace.SweepExport;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

final class ComposeViewModelTest {
  private final FakeWindow window = new FakeWindow();
  private final FakeEngine engine = new FakeEngine();
  private final Messages messages = window.messages;
  private final Jobs jobs = window.jobs;
  private final Problems problems = window.problems;
  private final ComposeViewModel model =
      new ComposeViewModel(window.context(), engine, engine, engine);

  private void open() {
    engine
        .with(FakeEngine.images("plain"))
        .with(FakeEngine.attributes("faces", "Male", "Smiling", "Young"));
    model.sampling().findModels();
  }

  private void set(int attribute, double weight) {
    model.settings().attributesProperty().get().get(attribute).weightProperty().set(weight);
  }

  private double weight(int attribute) {
    return model.settings().attributesProperty().get().get(attribute).weightProperty().get();
  }

  private Condition asked() {
    return engine.run().settings().condition();
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

  private double shown() {
    return model.gallery().imagesProperty().get().values()[0];
  }

  @Test
  void onlyModelsWithAttributesAreOfUse() {
    engine.with(FakeEngine.images("plain"));
    model.sampling().findModels();
    assertEquals(messages.text("compose.no-model"), model.sampling().obstacleProperty().get());
    model.sampling().models().open(Path.of("plain"));
    assertEquals(
        messages.text("compose.wrong-kind", "plain"), problems.currentProperty().get().sentence());
    assertNull(model.sampling().models().loadedProperty().get());
  }

  @Test
  void everyAttributeHasASliderAndItsPlaceInTheFormula() {
    open();
    assertEquals(
        List.of("Male", "Smiling", "Young"),
        model.settings().attributesProperty().get().stream().map(Attribute::name).toList());
    assertEquals("F = F(∅)", model.settings().formulaProperty().get());
    set(1, 1.5);
    set(0, -1.02);
    assertEquals(
        "F = F(∅) − 1 [F(Male) − F(∅)] + 1.5 [F(Smiling) − F(∅)]",
        model.settings().formulaProperty().get());
    assertEquals(
        new Condition.Composition(List.of(new Concept(1, -1), new Concept(3, 1.5))),
        model.settings().condition());
  }

  @Test
  void aSliderDrawsAtOnceFirstAPreview() {
    open();
    set(1, 1);
    assertEquals(1, engine.run().settings().langevinSteps());
    assertEquals(new Condition.Composition(List.of(new Concept(3, 1))), asked());
    set(1, 2);
    set(1, 3);
    set(1, 3.01);
    assertEquals(1, engine.runs.size(), "one preview at a time");
    answer(0.1);
    assertEquals(0.1f, shown());
    assertEquals(new Condition.Composition(List.of(new Concept(3, 3))), asked(), "the newest");
    answer(0.2);
    assertTrue(model.isPreview());
    assertEquals(15, engine.run().settings().langevinSteps());
    answer(0.3);
    assertEquals(0.3f, shown());
    assertFalse(model.isPreview());
    assertEquals(SamplingSession.State.DONE, model.sampling().session().stateProperty().get());
  }

  @Test
  void thePresetsSetAllSlidersInOneGo() {
    open();
    List<Preset> presets = Preset.of(messages, model.settings().attributesProperty().get());
    assertEquals(
        List.of(
            "All off",
            "Only Male",
            "Only Smiling",
            "Only Young",
            "All at 1",
            "All at 2",
            "All at −1"),
        presets.stream().map(Preset::name).toList());
    model.settings().apply(presets.get(4));
    assertEquals(1, engine.runs.size());
    assertEquals(
        new Condition.Composition(List.of(new Concept(1, 1), new Concept(3, 1), new Concept(5, 1))),
        asked());
    model.settings().apply(presets.get(4));
    answer(0.1);
    assertEquals(2, engine.runs.size(), "what is set already draws nothing new");
  }

  @Test
  void theFormulaWithoutTheMissingTerm() {
    open();
    model.settings().productProperty().set(true);
    assertEquals(messages.text("compose.impossible"), model.sampling().obstacleProperty().get());
    assertTrue(engine.runs.isEmpty());
    model.sample();
    assertEquals(messages.text("compose.impossible"), problems.currentProperty().get().sentence());
    set(2, 2);
    assertEquals("", model.sampling().obstacleProperty().get());
    assertEquals("F = 2 F(Young)", model.settings().formulaProperty().get());
    assertEquals(new Condition.ProductOfExperts(List.of(new Concept(5, 2))), asked());
  }

  @Test
  void belowZeroTheOppositeCanBeAskedFor() {
    open();
    set(0, -2);
    assertEquals(new Condition.Composition(List.of(new Concept(1, -2))), asked());
    answer(0.1);
    answer(0.1);
    model.settings().oppositeProperty().set(true);
    assertEquals(new Condition.Composition(List.of(new Concept(2, 2))), asked());
    assertEquals("F = F(∅) + 2 [F(not Male) − F(∅)]", model.settings().formulaProperty().get());
  }

  @Test
  void theMatrixIsDrawnFromTheMiddleOutwards() {
    open();
    set(2, 1);
    answer(0.1);
    answer(0.1);
    model.gallery().selectedProperty().set(3);
    model.axes().sideProperty().set(3);
    answer(0.1);
    answer(0.1);
    int before = engine.runs.size();
    model.matrixShownProperty().set(true);
    assertEquals(
        new GridAxes("Smiling", List.of("−1", "off", "1"), "Male", List.of("1", "off", "−1")),
        model.axisLabels());
    assertEquals(before + 1, engine.runs.size());
    assertEquals(3, engine.run().settings().first(), "the selected image");
    assertEquals(1, engine.run().settings().count());
    assertEquals(
        new Condition.Composition(List.of(new Concept(5, 1))), asked(), "the middle comes first");
    answer(0.5);
    assertEquals(9, model.gallery().count());
    assertEquals(0.5f, model.gallery().imagesProperty().get().get(4).values()[0]);
    for (int i = 1; i < 9; i++) {
      answer(0.5);
    }
    assertEquals(15, engine.run().settings().langevinSteps(), "then all of them as a whole");
    for (int i = 0; i < 9; i++) {
      assertEquals(1, jobs.running().size());
      answer(0.6);
    }
    assertTrue(jobs.running().isEmpty());
    assertEquals(before + 18, engine.runs.size());
    assertEquals("Smiling −1, Male 1", model.gallery().caption(0));
    assertEquals("F = F(∅) + 1 [F(Young) − F(∅)]", model.formulaProperty().get());
    model.gallery().selectedProperty().set(0);
    assertEquals(
        "F = F(∅) + 1 [F(Male) − F(∅)] − 1 [F(Smiling) − F(∅)] + 1 [F(Young) − F(∅)]",
        model.formulaProperty().get());
    model.gallery().saveImage(Path.of("cell.png"));
    Map<String, String> notes = engine.metadata.get(Path.of("cell.png"));
    assertEquals("Male=1.0, Smiling=-1.0, Young=1.0", notes.get("cdrl.attributes"));
    assertEquals("3", notes.get("cdrl.image"));
    model.takeCell();
    assertFalse(model.matrixShownProperty().get());
    assertEquals(1, weight(0));
    assertEquals(-1, weight(1));
    assertEquals(3, model.gallery().selectedProperty().get());
    assertEquals(
        new Condition.Composition(
            List.of(new Concept(1, 1), new Concept(3, -1), new Concept(5, 1))),
        asked());
  }

  @Test
  void anotherSliderBeginsTheMatrixAnew() {
    open();
    model.matrixShownProperty().set(true);
    FakeEngine.Run old = engine.run();
    set(2, 2);
    assertTrue(old.task().cancellation().isCancelled());
    assertEquals(new Condition.Composition(List.of(new Concept(5, 2))), asked());
    assertEquals(1, jobs.running().size());
    model.cancel();
    assertTrue(jobs.running().isEmpty());
    assertTrue(engine.run().task().cancellation().isCancelled());
  }

  @Test
  void theAxesChangePlaces() {
    open();
    Attribute male = model.settings().attributesProperty().get().get(0);
    Attribute smiling = model.settings().attributesProperty().get().get(1);
    assertEquals(smiling, model.axes().acrossProperty().get());
    assertEquals(male, model.axes().upProperty().get());
    model.axes().acrossProperty().set(male);
    assertEquals(smiling, model.axes().upProperty().get());
  }

  @Test
  void aSavedPictureBringsTheSlidersBack() {
    open();
    set(0, -1);
    set(1, 2.5);
    model.settings().oppositeProperty().set(true);
    answer(0.1);
    answer(0.1);
    answer(0.1);
    model.gallery().saveGrid(Path.of("grid.png"));
    Map<String, String> notes = engine.metadata.get(Path.of("grid.png"));
    assertEquals("compose", notes.get("cdrl.workspace"));
    assertEquals("not Male=1.0, Smiling=2.5", notes.get("cdrl.attributes"));
    set(0, 3);
    set(1, 0);
    model.settings().oppositeProperty().set(false);
    model.restore(notes);
    assertEquals(-1, weight(0));
    assertEquals(2.5, weight(1));
    assertTrue(model.settings().oppositeProperty().get());
    assertEquals(
        "F = F(∅) + 1 [F(not Male) − F(∅)] + 2.5 [F(Smiling) − F(∅)]",
        model.settings().formulaProperty().get());
  }

  @Test
  void aPictureIsRestoredBeforeTheModelsAreListed() {
    engine.with(FakeEngine.attributes("faces", "Male", "Smiling"));
    model.restore(
        Map.of(
            "cdrl.model", "faces",
            "cdrl.model.sha256", "c0ffee",
            "cdrl.seed", "8",
            "cdrl.attributes", "Smiling=2.0",
            "cdrl.product-of-experts", "true"));
    assertEquals("8", model.sampling().seedProperty().get());
    assertEquals(2, weight(1));
    assertTrue(model.settings().productProperty().get());
    assertNull(problems.currentProperty().get());
  }

  @Test
  void aSlidersWayBecomesAnAnimation() {
    open();
    set(0, 1);
    Path file = Path.of("sweep.gif");
    assertEquals("faces-seed-1-Smiling.gif", model.sweep().fileName(1));
    model.sweep().save(file, new SweepExport.Wish(1, new SweepExport.Way(-3, 3, 3), true));
    assertEquals(
        new Condition.Composition(List.of(new Concept(1, 1), new Concept(3, -3))), asked());
    answer(0.1);
    assertEquals(new Condition.Composition(List.of(new Concept(1, 1))), asked());
    answer(0.2);
    answer(0.3);
    assertEquals(4, engine.gifs.get(file).size());
  }

  @Test
  void anotherModelKeepsTheWeightsThatItKnows() {
    open();
    set(1, 2);
    answer(0.1);
    answer(0.1);
    engine.with(FakeEngine.attributes("others", "Smiling", "Bald"));
    model.sampling().models().open(Path.of("others"));
    assertEquals(2, weight(0));
    assertEquals(0, weight(1));
    assertNull(model.gallery().imagesProperty().get());
    model.sample();
    assertEquals(new Condition.Composition(List.of(new Concept(1, 2))), asked());
    assertNotNull(model.axes().upProperty().get());
  }

  @Test
  void theSlidersComeBackAtTheNextStart() {
    model
        .memory()
        .recall(
            Map.of("seed", "9", "product", "true", "weight.Smiling", "2.5", "weight.Male", "much"));
    open();
    assertEquals(2.5, weight(1));
    assertEquals(0, weight(0));
    assertEquals("F = 2.5 F(Smiling)", model.formulaProperty().get());
    assertTrue(engine.runs.isEmpty());
    Map<String, String> memory = model.memory().settings();
    assertEquals("9", memory.get("seed"));
    assertEquals("2.5", memory.get("weight.Smiling"));
    assertEquals("true", memory.get("product"));
  }
}
