package cdrl.studio.generate;

import static cdrl.studio.engine.FakeEngine.shade;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import cdrl.runtime.CdrlException;
import cdrl.sampling.Condition;
import cdrl.studio.engine.FakeEngine;
import cdrl.studio.engine.LoadedModel;
import cdrl.studio.engine.SamplingSession;
import cdrl.studio.engine.Stage;
import cdrl.studio.engine.Trace;
import cdrl.studio.resources.Messages;
import cdrl.studio.shell.Jobs;
import cdrl.studio.shell.Preferences;
import cdrl.studio.shell.Problems;
import cdrl.studio.workspace.Gallery;
import cdrl.studio.workspace.SweepExport;
import cdrl.studio.workspace.WorkspaceContext;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

final class GenerateViewModelTest {
  private long now;
  private final FakeEngine engine = new FakeEngine();
  private final Messages messages = new Messages(Locale.ENGLISH);
  private final Jobs jobs = new Jobs();
  private final Problems problems = new Problems(messages);
  private final GenerateViewModel model =
      new GenerateViewModel(
          new WorkspaceContext(
              messages,
              Preferences.inMemory(),
              jobs,
              problems,
              Runnable::run,
              Runnable::run,
              () -> now += 20_000_000,
              new Random(1)),
          engine,
          engine,
          engine);

  private void open() {
    engine.with(FakeEngine.images("faces"));
    model.sampling().models().list(null);
  }

  /** Two images through all three levels; level t has shades t / 10 and t / 10 + 0.05. */
  private void sampleAll() {
    model.sampling().countProperty().set(2);
    model.sampling().sample();
    FakeEngine.Run run = engine.run();
    run.observer().started(3, shade(2, 0.9));
    for (int level = 2; level >= 0; level--) {
      run.observer().proposed(level, shade(2, level / 10.0));
      run.observer().stepped(level, 1, shade(2, level / 10.0 + 0.01));
      run.observer().refined(level, shade(2, level / 10.0 + 0.05));
    }
    run.observer().finished(shade(2, 1));
    run.task().result().complete(shade(2, 1));
  }

  private void openWithClasses() {
    engine.with(FakeEngine.classes("digits", 3));
    model.sampling().models().list(null);
  }

  private void choose(int choice) {
    model.settings().chosenClassProperty().set(model.settings().classes().get(choice));
  }

  @Test
  void aModelWithClassesOffersThem() {
    open();
    assertTrue(model.settings().classes().isEmpty());
    engine.with(FakeEngine.classes("digits", 3));
    model.sampling().models().open(Path.of("digits"));
    assertEquals(
        List.of("No class", "All classes by turns", "one", "two", "three"),
        model.settings().classes().stream().map(ClassChoice::name).toList());
    model.sampling().sample();
    assertEquals(Condition.NONE, engine.run().settings().condition());
    choose(3);
    model.settings().guidanceProperty().set(1.51);
    model.sampling().sample();
    assertEquals(new Condition.Guided(2, 1.5), engine.run().settings().condition());
    choose(1);
    model.sampling().sample();
    assertEquals(new Condition.Guided(List.of(1, 2, 3), 1.5), engine.run().settings().condition());
  }

  @Test
  void levelsAndTheInitializerAloneCanBeChosen() {
    open();
    assertEquals(3, model.settings().levelsProperty().get());
    model.settings().levelsProperty().set(2);
    model.settings().initializerOnlyProperty().set(true);
    assertTrue(engine.runs.isEmpty(), "without pictures nothing follows");
    model.sampling().sample();
    assertEquals(2, engine.run().settings().startLevel());
    assertTrue(engine.run().settings().initializerOnly());
  }

  @Test
  void theGuidanceSliderIsLive() {
    openWithClasses();
    choose(2);
    sampleAll();
    model.settings().guidanceProperty().set(1);
    assertEquals(2, engine.runs.size());
    assertEquals(2, engine.run().settings().langevinSteps(), "a preview first");
    assertEquals(1, engine.run().settings().seed(), "the same seed");
    assertEquals(List.of(shade(2, 0.25)), engine.starts, "from halfway down the run that is shown");
    assertEquals(2, engine.run().settings().startLevel());
    assertEquals(1f, shown(), "the old pictures stay until there is something new");
    model.settings().guidanceProperty().set(1.01);
    assertEquals(2, engine.runs.size(), "too small a change to be seen");
    model.settings().guidanceProperty().set(2);
    model.settings().guidanceProperty().set(3);
    assertEquals(2, engine.runs.size(), "one preview at a time");
    engine.run().task().result().complete(shade(2, 0.3));
    assertEquals(0.3f, shown());
    assertTrue(model.isPreview());
    assertEquals(3, engine.runs.size(), "only the newest wish waited");
    assertEquals(new Condition.Guided(1, 3), engine.run().settings().condition());
    engine.run().task().result().complete(shade(2, 0.4));
    assertEquals(4, engine.runs.size());
    assertEquals(15, engine.run().settings().langevinSteps(), "then the whole");
    FakeEngine.Run whole = engine.run();
    whole.observer().started(3, shade(2, 0.9));
    whole.observer().proposed(2, shade(2, 0.8));
    assertEquals(0.4f, shown(), "the preview stays until the whole is through");
    assertEquals(Comparison.Kind.PREVIEW, model.comparisons().comparisonProperty().get().kind());
    model.settings().guidanceProperty().set(4);
    assertTrue(whole.task().cancellation().isCancelled(), "an older run is dropped at once");
    engine.run().task().result().complete(shade(2, 0.5));
    finish(engine.run(), 0.6);
    assertEquals(0.6f, shown());
    assertFalse(model.isPreview());
    assertEquals(SamplingSession.State.DONE, model.sampling().session().stateProperty().get());
    assertTrue(jobs.running().isEmpty());
  }

  private static void finish(FakeEngine.Run run, double value) {
    run.observer().started(run.settings().startLevel(), shade(2, 0.9));
    for (int level = run.settings().startLevel() - 1; level >= 0; level--) {
      run.observer().proposed(level, shade(2, value));
      run.observer().refined(level, shade(2, value));
    }
    run.observer().finished(shade(2, value));
    run.task().result().complete(shade(2, value));
  }

  @Test
  void aPreviewCanBeCancelledAndSaved() {
    openWithClasses();
    choose(2);
    sampleAll();
    model.settings().guidanceProperty().set(1);
    engine.run().task().result().complete(shade(2, 0.3));
    model.sampling().cancel();
    assertTrue(engine.run().task().cancellation().isCancelled());
    assertEquals(0.3f, shown());
    model.gallery().saveGrid(Path.of("preview.png"));
    var notes = engine.metadata.get(Path.of("preview.png"));
    assertEquals("15", notes.get("cdrl.steps"), "the settings of the whole bring it back");
    assertEquals("true", notes.get("cdrl.preview"));
    assertEquals("one", notes.get("cdrl.class"));
    assertEquals("1.0", notes.get("cdrl.guidance"));
    sampleAll();
    assertEquals(1f, shown(), "an ordinary run takes its place");
    assertFalse(model.isPreview());
  }

  @Test
  void aFailedPreviewIsToldOnce() {
    openWithClasses();
    choose(2);
    sampleAll();
    model.settings().guidanceProperty().set(1);
    model.settings().guidanceProperty().set(2);
    engine.run().task().result().completeExceptionally(new CdrlException("It broke."));
    assertEquals("It broke.", problems.currentProperty().get().sentence());
    assertEquals(2, engine.runs.size());
    assertTrue(jobs.running().isEmpty());
  }

  @Test
  void aForkIsKeptWhileASliderMoves() {
    openWithClasses();
    choose(2);
    sampleAll();
    model.cursor().stopProperty().set(2);
    model.fork();
    finish(engine.run(), 0.2);
    model.settings().guidanceProperty().set(1);
    assertEquals(2, engine.starts.size(), "the preview goes on from the same state");
    assertEquals(1, engine.run().settings().startLevel());
  }

  @Test
  void classAndGuidanceComeBackFromAPicture() {
    openWithClasses();
    choose(4);
    model.settings().guidanceProperty().set(2.5);
    model.settings().levelsProperty().set(2);
    sampleAll();
    model.gallery().saveGrid(Path.of("grid.png"));
    choose(0);
    model.settings().guidanceProperty().set(0);
    model.settings().levelsProperty().set(3);
    int runs = engine.runs.size();
    model.restore(engine.metadata.get(Path.of("grid.png")));
    assertEquals("three", model.settings().chosenClassProperty().get().name());
    assertEquals(2.5, model.settings().guidanceProperty().get());
    assertEquals(2, model.settings().levelsProperty().get());
    assertEquals(runs, engine.runs.size(), "nothing is drawn before a person asks for it");
  }

  @Test
  void twoSettingsAreSeenSideBySide() {
    model.comparisons().keepOrEnd();
    assertEquals(messages.text("beside.none"), problems.currentProperty().get().sentence());
    openWithClasses();
    choose(2);
    sampleAll();
    model.comparisons().keepOrEnd();
    assertEquals(messages.text("beside.same"), model.comparisons().besideProperty().get().kept());
    assertEquals(1f, model.comparisons().besideProperty().get().images().values()[0]);
    model.settings().guidanceProperty().set(2);
    engine.run().task().result().complete(shade(2, 0.4));
    assertEquals("guidance 0.00", model.comparisons().besideProperty().get().kept());
    assertEquals("guidance 2.00", model.comparisons().besideProperty().get().now());
    assertEquals(0.6, model.comparisons().comparisonProperty().get().difference().scale(), 1e-6);
    assertEquals(Comparison.Kind.KEPT, model.comparisons().comparisonProperty().get().kind());
    finish(engine.run(), 0.5);
    model.sampling().stepsProperty().set(3);
    engine.run().task().result().complete(shade(2, 0.3));
    assertEquals(
        "guidance 0.00  ·  15 steps per level", model.comparisons().besideProperty().get().kept());
    assertEquals(
        "guidance 2.00  ·  3 steps per level", model.comparisons().besideProperty().get().now());
    finish(engine.run(), 0.5);
    model.cursor().moveStop(-1);
    assertEquals(
        0.05f, model.comparisons().besideProperty().get().images().values()[0], "the same level");
    model.cursor().stageProperty().set(Stage.PROPOSAL);
    assertEquals(
        0f, model.comparisons().besideProperty().get().images().values()[0], "the same stage");
    model.comparisons().keepOrEnd();
    assertNull(model.comparisons().besideProperty().get());
    assertEquals(Comparison.Kind.LEVEL, model.comparisons().comparisonProperty().get().kind());
  }

  @Test
  void whatIsKeptFollowsTheSeed() {
    openWithClasses();
    choose(2);
    sampleAll();
    model.comparisons().keepOrEnd();
    choose(3);
    engine.run().task().result().complete(shade(2, 0.4));
    finish(engine.run(), 0.5);
    int runs = engine.runs.size();
    model.sampling().seedProperty().set("99");
    model.sampling().sample();
    finish(engine.run(), 0.6);
    assertEquals(runs + 2, engine.runs.size(), "the kept settings are drawn again");
    assertEquals(99, engine.run().settings().seed());
    assertEquals(new Condition.Guided(1, 0), engine.run().settings().condition());
    assertEquals("one  ·  seed 1", model.comparisons().besideProperty().get().kept());
    finish(engine.run(), 0.7);
    assertEquals(0.7f, model.comparisons().besideProperty().get().images().values()[0]);
    assertEquals("one", model.comparisons().besideProperty().get().kept());
    assertEquals("two", model.comparisons().besideProperty().get().now());
  }

  @Test
  void aSweepOfTheGuidanceBecomesAnAnimation() {
    openWithClasses();
    assertTrue(model.sweep().sliders().isEmpty());
    choose(2);
    sampleAll();
    assertEquals("Guidance", model.sweep().sliders().get(0).name());
    model.gallery().selectedProperty().set(1);
    assertEquals("digits-1-guidance.gif", model.sweep().fileName(0));
    Path file = Path.of("sweep.gif");
    model.sweep().save(file, new SweepExport.Wish(0, new SweepExport.Way(0, 3, 4), false));
    for (int i = 0; i < 4; i++) {
      assertEquals(1, jobs.running().size());
      var settings = engine.run().settings();
      assertEquals(new Condition.Guided(1, i), settings.condition());
      assertEquals(1, settings.count());
      assertEquals(1, settings.first(), "the selected image");
      assertEquals(15, settings.langevinSteps());
      engine.run().task().result().complete(shade(1, i / 10.0));
    }
    assertTrue(jobs.running().isEmpty());
    var frames = engine.gifs.get(file);
    assertEquals(6, frames.size(), "forth and back");
    assertEquals(frames.get(1), frames.get(5));
    assertNotEquals(frames.get(0), frames.get(3));
  }

  @Test
  void aSweepCanBeCancelled() {
    openWithClasses();
    choose(2);
    sampleAll();
    model
        .sweep()
        .save(Path.of("sweep.gif"), new SweepExport.Wish(0, new SweepExport.Way(0, 3, 4), true));
    jobs.running().get(0).cancel().run();
    assertTrue(engine.run().task().cancellation().isCancelled());
    engine.run().task().result().completeExceptionally(new CancellationException());
    assertTrue(jobs.running().isEmpty());
    assertTrue(engine.gifs.isEmpty());
    assertEquals(messages.text("sweep.cancelled"), jobs.newsProperty().get());
    assertNull(problems.currentProperty().get());
  }

  @Test
  void whatWasChosenComesBackAtTheNextStart() {
    model
        .memory()
        .recall(
            java.util.Map.of(
                "seed",
                "9",
                "class",
                "two",
                "guidance",
                "1.5",
                "levels",
                "2",
                "initializerOnly",
                "x"));
    openWithClasses();
    assertEquals("two", model.settings().chosenClassProperty().get().name());
    assertEquals(1.5, model.settings().guidanceProperty().get());
    assertEquals(2, model.settings().levelsProperty().get());
    assertFalse(model.settings().initializerOnlyProperty().get());
    assertEquals("9", model.sampling().seedProperty().get());
    assertEquals("two", model.memory().settings().get("class"));
    assertEquals("2", model.memory().settings().get("levels"));
  }

  private double shown() {
    return model.gallery().imagesProperty().get().values()[0];
  }

  @Test
  void picksTheFirstShippedModel() {
    assertEquals(messages.text("generate.looking"), model.sampling().obstacleProperty().get());
    open();
    assertEquals("faces", model.sampling().models().loadedProperty().get().reference());
    assertEquals("", model.sampling().obstacleProperty().get());
  }

  @Test
  void saysWhyNothingCanBeSampled() {
    model.sampling().models().list(null);
    assertEquals(messages.text("generate.no-model"), model.sampling().obstacleProperty().get());
    model.sampling().sample();
    assertTrue(engine.runs.isEmpty());
    assertEquals(messages.text("generate.no-model"), problems.currentProperty().get().sentence());
  }

  @Test
  void aSeedThatIsNoneIsAnObstacle() {
    open();
    model.sampling().seedProperty().set("x");
    assertEquals(messages.text("seed.invalid"), model.sampling().obstacleProperty().get());
    model.sampling().rollSeed();
    assertEquals("", model.sampling().obstacleProperty().get());
  }

  @Test
  void aRunThatWaitsForItsModelMakesThatModelsSteps() {
    CompletableFuture<LoadedModel> slow = new CompletableFuture<>();
    engine.with(FakeEngine.images("faces"));
    engine.models.put("slow", slow);
    model.sampling().models().list(null);
    model.sampling().models().pickedProperty().set(model.sampling().models().choices().get(1));
    model.sampling().sample();
    slow.complete(FakeEngine.images("slow", 4));
    assertEquals(4, engine.run().settings().langevinSteps());
    assertEquals(4, model.sampling().stepsProperty().get());
  }

  @Test
  void handsTheSettingsToTheEngine() {
    open();
    model.sampling().seedProperty().set("77");
    model.sampling().countProperty().set(9);
    model.sampling().stepsProperty().set(5);
    model.sampling().sample();
    var settings = engine.run().settings();
    assertEquals(77, settings.seed());
    assertEquals(9, settings.count());
    assertEquals(5, settings.langevinSteps());
    assertEquals(3, settings.startLevel());
    assertFalse(settings.initializerOnly());
  }

  @Test
  void sampleBeforeTheModelIsThereWaits() {
    CompletableFuture<LoadedModel> loading = new CompletableFuture<>();
    engine.models.put("faces", loading);
    model.sampling().models().list(null);
    model.sampling().sample();
    assertEquals(SamplingSession.State.WAITING, model.sampling().session().stateProperty().get());
    assertEquals(1, jobs.running().size());
    loading.complete(FakeEngine.images("faces"));
    assertEquals(1, engine.runs.size());
    assertEquals(SamplingSession.State.RUNNING, model.sampling().session().stateProperty().get());
  }

  @Test
  void aRunThatWaitsForItsModelIsNotSweptAwayWhenItArrives() {
    engine.with(FakeEngine.images("faces"));
    CompletableFuture<LoadedModel> loading = new CompletableFuture<>();
    engine.models.put("digits", loading);
    model.sampling().models().list(null);
    sampleAll();
    model.sampling().models().pickedProperty().set(model.sampling().models().choices().get(1));
    model.sampling().sample();
    loading.complete(FakeEngine.images("digits"));
    assertEquals(SamplingSession.State.RUNNING, model.sampling().session().stateProperty().get());
    assertEquals("digits", engine.run().model().reference());
    assertFalse(engine.run().task().cancellation().isCancelled());
  }

  @Test
  void followsTheRun() {
    open();
    model.sampling().sample();
    engine.run().observer().started(3, shade(16, 0.9));
    assertEquals(0, model.cursor().stopProperty().get());
    assertEquals(0.9f, shown());
    engine.run().observer().proposed(2, shade(16, 0.2));
    assertEquals(1, model.cursor().stopProperty().get());
    engine.run().observer().stepped(2, 1, shade(16, 0.21));
    assertEquals(0.21f, shown());
  }

  @Test
  void levelsCanBeSteppedThrough() {
    open();
    sampleAll();
    assertEquals(4, model.cursor().stopProperty().get());
    assertEquals(1f, shown());
    model.cursor().moveStop(-1);
    assertEquals(0.05f, shown());
    model.cursor().stageProperty().set(Stage.PROPOSAL);
    assertEquals(0f, shown());
    model.cursor().moveStop(-1);
    assertEquals(0.1f, shown());
    model.cursor().moveStop(-9);
    assertEquals(0.9f, shown());
    assertNull(model.comparisons().comparisonProperty().get().after());
  }

  @Test
  void lookingBackStopsTheFollowing() {
    open();
    model.sampling().sample();
    engine.run().observer().started(3, shade(16, 0.9));
    engine.run().observer().proposed(2, shade(16, 0.2));
    model.cursor().stopProperty().set(0);
    engine.run().observer().proposed(1, shade(16, 0.1));
    assertEquals(0, model.cursor().stopProperty().get());
    model.cursor().stopProperty().set(2);
    engine.run().observer().proposed(0, shade(16, 0.0));
    assertEquals(3, model.cursor().stopProperty().get());
  }

  @Test
  void nothingBeyondTheRunCanBeLookedAt() {
    open();
    model.sampling().sample();
    engine.run().observer().started(3, shade(16, 0.9));
    engine.run().observer().proposed(2, shade(16, 0.2));
    model.cursor().stopProperty().set(4);
    assertEquals(1, model.cursor().stopProperty().get());
  }

  @Test
  void comparesProposalAndRefinedImage() {
    open();
    sampleAll();
    model.cursor().stopProperty().set(2);
    model.gallery().selectedProperty().set(1);
    Comparison comparison = model.comparisons().comparisonProperty().get();
    assertNotEquals(comparison.before(), comparison.after());
    assertEquals(0.05, comparison.difference().scale(), 1e-6);
    assertEquals(0.05, comparison.difference().rootMeanSquare(), 1e-6);
  }

  @Test
  void cancelKeepsThePictures() {
    open();
    model.sampling().sample();
    engine.run().observer().started(3, shade(16, 0.9));
    assertEquals(1, jobs.running().size());
    model.sampling().cancel();
    assertEquals(0.9f, shown());
    assertTrue(jobs.running().isEmpty());
    assertNotEquals("", jobs.newsProperty().get());
  }

  @Test
  void savesWithEverythingNeededToMakeItAgain() {
    open();
    model.sampling().seedProperty().set("5");
    sampleAll();
    model.cursor().stopProperty().set(2);
    Path file = Path.of("grid.png");
    model.gallery().saveGrid(file);
    assertEquals(2 * 8 + 2, engine.saved.get(file).width());
    var metadata = engine.metadata.get(file);
    assertEquals("c0ffee", metadata.get("cdrl.model.sha256"));
    assertEquals("5", metadata.get("cdrl.seed"));
    assertEquals("1", metadata.get("cdrl.level"));
    assertEquals("refined", metadata.get("cdrl.stage"));
    Path single = Path.of("one.png");
    model.gallery().selectedProperty().set(1);
    model.gallery().saveImage(single);
    assertEquals(8, engine.saved.get(single).width());
    assertEquals("1", engine.metadata.get(single).get("cdrl.image"));
    assertEquals("faces-seed-5-level-1.png", model.gallery().gridFileName());
  }

  @Test
  void aFullDiskIsToldInOneSentence() {
    open();
    sampleAll();
    engine.diskIsFull = true;
    model.gallery().saveGrid(Path.of("grid.png"));
    assertEquals("No space is left on the disk.", problems.currentProperty().get().sentence());
  }

  @Test
  void aFileThatDoesNotOpenIsToldAndForgotten() {
    open();
    sampleAll();
    model.sampling().models().open(Path.of("missing.safetensors"));
    assertNotNull(problems.currentProperty().get());
    assertEquals(1, model.sampling().models().choices().size());
    assertEquals("faces", model.sampling().models().pickedProperty().get().reference());
    assertEquals(1f, shown(), "the pictures of the model in use stay");
    model.sampling().sample();
    assertEquals(2, engine.runs.size());
  }

  @Test
  void aModelThatIsPickedWhileAnotherLoadsWins() {
    CompletableFuture<LoadedModel> slow = new CompletableFuture<>();
    engine.models.put("slow", slow);
    engine.with(FakeEngine.images("faces"));
    model.sampling().models().list("slow");
    assertNull(model.sampling().models().loadedProperty().get());
    model.sampling().models().pickedProperty().set(model.sampling().models().choices().get(1));
    slow.complete(FakeEngine.images("slow"));
    assertEquals("faces", model.sampling().models().loadedProperty().get().reference());
  }

  @Test
  void aModelOfPointsBelongsElsewhere() {
    engine.models.put("board", CompletableFuture.completedFuture(FakeEngine.points("board")));
    model.sampling().models().open(Path.of("board"));
    assertEquals(
        messages.text("generate.wrong-kind", "board"), problems.currentProperty().get().sentence());
  }

  @Test
  void anotherModelClearsThePictures() {
    engine.with(FakeEngine.images("faces")).with(FakeEngine.images("digits"));
    model.sampling().models().list("digits");
    assertEquals("digits", model.sampling().models().pickedProperty().get().reference());
    sampleAll();
    model.sampling().models().pickedProperty().set(model.sampling().models().choices().get(0));
    assertNull(model.gallery().imagesProperty().get());
    assertSame(Comparison.NOTHING, model.comparisons().comparisonProperty().get());
  }

  @Test
  void theTraceIsBounded() {
    assertEquals(
        Gallery.MOST_IMAGES, Trace.mostItems(FakeEngine.images("faces"), Gallery.MOST_IMAGES));
    assertEquals(List.of(15, 8, 5, 3), model.sampling().stepChoicesProperty().get());
  }

  @Test
  void aForkGoesOnFromALevelWithANewSeed() {
    open();
    sampleAll();
    model.cursor().stopProperty().set(2);
    model.fork();
    assertEquals(shade(2, 0.15), engine.starts.get(0));
    var settings = engine.run().settings();
    assertEquals(1, settings.startLevel());
    assertEquals(2, settings.count());
    assertNotEquals(1, settings.seed());
    engine.run().observer().started(1, shade(2, 0.15));
    engine.run().observer().proposed(0, shade(2, 0.3));
    engine.run().observer().refined(0, shade(2, 0.4));
    engine.run().observer().finished(shade(2, 0.5));
    engine.run().task().result().complete(shade(2, 0.5));
    assertEquals(2, model.cursor().stopProperty().get());
    model.gallery().saveGrid(Path.of("fork.png"));
    assertEquals("1:1", engine.metadata.get(Path.of("fork.png")).get("cdrl.forks"));
    model.sampling().sample();
    assertEquals(1, engine.starts.size(), "an ordinary run starts from noise again");
    assertEquals(3, engine.run().settings().startLevel());
  }

  @Test
  void theResultCannotBeGoneOnFrom() {
    open();
    sampleAll();
    model.fork();
    assertEquals(messages.text("generate.fork.none"), problems.currentProperty().get().sentence());
    assertTrue(engine.starts.isEmpty());
  }

  @Test
  void theAnimationShowsEveryStop() {
    open();
    sampleAll();
    model.saveGif(Path.of("levels.gif"));
    var frames = engine.gifs.get(Path.of("levels.gif"));
    assertEquals(5, frames.size());
    assertEquals(cdrl.studio.raster.Raster.of(shade(1, 1), 0).argb()[0], frames.get(4).argb()[0]);
  }

  @Test
  void aSavedPictureBringsItsSettingsBack() {
    engine.with(FakeEngine.images("other"));
    open();
    model.sampling().models().pickedProperty().set(model.sampling().models().choices().get(1));
    model.sampling().seedProperty().set("77");
    model.sampling().stepsProperty().set(5);
    sampleAll();
    model.gallery().saveGrid(Path.of("grid.png"));
    model.sampling().models().pickedProperty().set(model.sampling().models().choices().get(0));
    model.sampling().seedProperty().set("3");
    model.sampling().stepsProperty().set(15);
    model.sampling().countProperty().set(9);
    model.restore(engine.metadata.get(Path.of("grid.png")));
    assertEquals("faces", model.sampling().models().loadedProperty().get().reference());
    assertEquals("77", model.sampling().seedProperty().get());
    assertEquals(5, model.sampling().stepsProperty().get());
    assertEquals(2, model.sampling().countProperty().get());
    assertNull(problems.currentProperty().get());
  }

  @Test
  void aMissingOrChangedModelIsTold() {
    open();
    model.restore(java.util.Map.of("cdrl.model", "gone", "cdrl.seed", "5"));
    assertEquals(
        messages.text("reproduce.no-model", "gone"), problems.currentProperty().get().sentence());
    assertEquals("5", model.sampling().seedProperty().get());
    problems.dismiss();
    model.restore(
        java.util.Map.of("cdrl.model", "faces", "cdrl.model.sha256", "abc", "cdrl.seed", "6"));
    assertEquals(
        messages.text("reproduce.other-model", "faces"),
        problems.currentProperty().get().sentence());
  }

  @Test
  void everyLangevinStepCanBeLookedAt() {
    open();
    model.sampling().countProperty().set(2);
    model.sampling().stepsProperty().set(3);
    model.sampling().sample();
    var observer = engine.run().observer();
    observer.started(3, shade(2, 0.9));
    observer.proposed(2, shade(2, 0.1));
    for (int step = 1; step <= 3; step++) {
      observer.stepped(2, step, shade(2, 0.1 + 0.1 * step));
    }
    observer.refined(2, shade(2, 0.4));
    assertEquals(3, model.cursor().steps());
    assertEquals(3, model.cursor().stepProperty().get());
    assertEquals(List.of(0.1f, 0.2f, 0.3f, 0.4f), rounded(model.chainEnergiesProperty().get()));
    model.cursor().moveStep(-1);
    assertEquals(0.3f, shown(), 1e-6);
    assertEquals(0.2, model.comparisons().comparisonProperty().get().difference().scale(), 1e-6);
    model.cursor().moveStep(-1);
    assertEquals(0.2f, shown(), 1e-6);
    model.cursor().moveStep(-1);
    assertEquals(0.1f, shown(), 1e-6);
    assertEquals(Stage.PROPOSAL, model.cursor().stageProperty().get());
    model.cursor().stageProperty().set(Stage.REFINED);
    assertEquals(3, model.cursor().stepProperty().get());
    observer.proposed(1, shade(2, 0.7));
    assertEquals(3, model.cursor().stepProperty().get(), "another level begins at its end");
    assertTrue(model.chainEnergiesProperty().get().isEmpty(), "its chain is not there yet");
  }

  private static List<Float> rounded(List<Float> values) {
    return values.stream().map(value -> Math.round(value * 1000) / 1000f).toList();
  }
}
