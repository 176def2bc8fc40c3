package cdrl.studio.detect;

import static cdrl.studio.engine.FakeEngine.shade;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import cdrl.evaluate.ArtificialImages;
import cdrl.evaluate.EnergyScores;
import cdrl.evaluate.Interval;
import cdrl.runtime.HostTensor;
import cdrl.studio.detect.PictureSet.State;
import cdrl.studio.engine.FakeEngine;
import cdrl.studio.engine.FakeScoring;
import cdrl.studio.raster.Raster;
import cdrl.studio.resources.Messages;
import cdrl.studio.shell.Jobs;
import cdrl.studio.shell.Problems;
import cdrl.studio.workspace.FakeWindow;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class DetectViewModelTest {
  private static final Path TRAINING = Path.of("training");
  private static final Path OTHER = Path.of("other");

  private final FakeWindow window = new FakeWindow();
  private final FakeEngine engine = new FakeEngine();
  private final FakeScoring scoring = new FakeScoring();
  private final Messages messages = window.messages;
  private final Jobs jobs = window.jobs;
  private final Problems problems = window.problems;
  private final List<Path> elsewhere = new ArrayList<>();
  private final DetectViewModel model = model();

  private DetectViewModel model() {
    return new DetectViewModel(
        window.context(), engine, engine, scoring, engine, file -> elsewhere.add(file));
  }

  private void open() {
    engine.with(FakeEngine.images("faces"));
    scoring.data.put(TRAINING, shades(4, 0));
    scoring.data.put(OTHER, shades(4, 0.5));
    model.begin();
  }

  /** Images, each a little lighter than the one before. */
  private static HostTensor shades(int count, double first) {
    float[] values = new float[count * 64];
    for (int i = 0; i < values.length; i++) {
      values[i] = (float) (first + i / 64 * 0.01);
    }
    return new HostTensor(new long[] {count, 1, 8, 8}, values);
  }

  private PictureSet set(int index) {
    return model.sets().list().get(index);
  }

  @Test
  void nothingIsLookedForBeforeTheWorkspaceIsUsed() {
    engine.with(FakeEngine.images("faces"));
    assertNull(model.models().loadedProperty().get());
    model.begin();
    model.begin();
    assertEquals(1, model.models().choices().size());
    assertNotNull(model.models().loadedProperty().get());
  }

  @Test
  void aSetIsComparedWithTheTrainingData() {
    open();
    scoring.quick = true;
    scoring.data.put(TRAINING, shades(10, 0));
    scoring.data.put(OTHER, shades(10, 0.5));
    model.sets().setTraining(TRAINING);
    assertTrue(model.analysisProperty().get().comparisons().isEmpty());
    model.sets().addPlace(OTHER);
    assertEquals("other", set(1).nameProperty().get());
    assertEquals(100, set(1).total());
    Analysis analysis = model.analysisProperty().get();
    Analysis.Comparison comparison = analysis.comparisons().get(set(1).key());
    assertEquals(1, comparison.auroc());
    assertNotNull(comparison.interval());
    assertEquals(Verdict.GOOD, Verdict.of(comparison.auroc(), comparison.interval()));
    assertFalse(comparison.small());
    assertEquals(20, analysis.order().size());
    assertEquals(set(0).key(), analysis.order().get(0).key());
    assertEquals(set(1).key(), analysis.order().get(19).key());
    assertEquals(1, analysis.shareOfOwnBelow(0.5));
    assertFalse(model.runningProperty().get());
    assertTrue(jobs.running().isEmpty());
  }

  @Test
  void fewPicturesSayNothing() {
    open();
    scoring.quick = true;
    scoring.data.put(TRAINING, shades(100, 0));
    scoring.data.put(OTHER, shades(1, 0.5));
    model.sets().setTraining(TRAINING);
    model.sets().addPlace(OTHER);
    Analysis.Comparison comparison = model.analysisProperty().get().comparisons().get(set(1).key());
    assertTrue(comparison.small());
    assertNull(comparison.interval());
  }

  @Test
  void removingTheOnlySetThatIsScoredIsNoNews() {
    open();
    model.sets().addPlace(OTHER);
    model.remove(set(0));
    assertTrue(scoring.request().task().cancellation().isCancelled());
    assertFalse(model.runningProperty().get());
    assertTrue(jobs.running().isEmpty());
    assertEquals("", jobs.newsProperty().get());
  }

  @Test
  void cancelKeepsTheScoresAndScoreGoesOn() {
    open();
    model.sets().addPlace(OTHER);
    scoring.request().score(0, 3);
    assertEquals(3, set(0).scored());
    assertEquals(1, jobs.running().size());
    model.cancel();
    assertTrue(scoring.request().task().cancellation().isCancelled());
    assertFalse(model.runningProperty().get());
    assertTrue(model.unfinishedProperty().get());
    assertEquals(State.STOPPED, set(0).stateProperty().get());
    assertEquals(3, model.analysisProperty().get().order().size());
    assertTrue(jobs.newsProperty().get().contains("3 scores are kept"), jobs.newsProperty().get());
    scoring.request().score(3, 1);
    assertEquals(3, set(0).scored(), "what comes too late does not count");
    model.score();
    assertEquals(3, scoring.request().first());
    scoring.request().finish(0);
    assertEquals(4, set(0).scored());
    assertEquals(State.DONE, set(0).stateProperty().get());
    assertFalse(model.unfinishedProperty().get());
  }

  @Test
  void anotherLevelOrScoreBeginsAnew() {
    open();
    model.sets().addPlace(OTHER);
    scoring.request().score(0, 2);
    assertEquals(List.of(0, 1, 2), model.levelChoices());
    model.levelProperty().set(2);
    assertEquals(0, set(0).scored());
    assertEquals(2, scoring.request().method().level());
    scoring.request().finish(0);
    model.kindProperty().set(EnergyScores.Kind.GRADIENT);
    assertEquals(EnergyScores.Kind.GRADIENT, scoring.request().method().kind());
    scoring.request().finish(0);
    assertEquals(4, set(0).scored());
  }

  @Test
  void aSetThatCannotBeReadDoesNotHoldUpTheNext() {
    open();
    model.sets().addPlace(Path.of("nowhere"));
    assertEquals(State.FAILED, set(0).stateProperty().get());
    assertTrue(problems.currentProperty().get().sentence().contains("nowhere"));
    model.sets().addPlace(OTHER);
    assertNull(problems.currentProperty().get());
    scoring.request().finish(0);
    assertEquals(State.DONE, set(1).stateProperty().get());
    scoring.data.put(Path.of("nowhere"), shades(2, 0));
    scoring.quick = true;
    model.score();
    assertEquals(State.DONE, set(0).stateProperty().get());
    assertEquals(2, set(0).scored());
  }

  @Test
  void picturesThatCannotBeReadAreLeftOutAndNamed() {
    open();
    scoring.quick = true;
    Path good = Path.of("a.png");
    scoring.data.put(good, shades(1, 0.3));
    model.sets().drop(List.of(good, Path.of("b.JPG")));
    assertEquals(1, set(0).count());
    assertEquals(State.DONE, set(0).stateProperty().get());
    assertTrue(set(0).noteProperty().get().contains("b.JPG"), set(0).noteProperty().get());
    assertEquals("a.png", set(0).pictureName(0));
    model.sets().drop(List.of(Path.of("c.png")));
    assertEquals(State.FAILED, set(1).stateProperty().get());
  }

  @Test
  void droppedFoldersAndFilesBecomeSets(@TempDir Path folder) {
    open();
    scoring.quick = true;
    scoring.data.put(folder, shades(3, 0.1));
    Path idx = Path.of("t10k-images-idx3-ubyte");
    scoring.data.put(idx, shades(5, 0.2));
    model.sets().drop(List.of(folder, idx));
    assertEquals(2, model.sets().list().size());
    assertEquals(3, set(0).scored());
    assertEquals(5, set(1).scored());
  }

  @Test
  void artificialSetsFollowTheTrainingData() {
    open();
    scoring.quick = true;
    model.sets().addArtificial(ArtificialImages.INTERPOLATION);
    assertEquals(State.FAILED, set(0).stateProperty().get());
    assertEquals(
        messages.text("detect.interpolation.none"), problems.currentProperty().get().sentence());
    model.sets().setTraining(TRAINING);
    model.score();
    assertEquals(4, set(1).scored(), "as many as there are training pictures");
    model.sets().addArtificial(ArtificialImages.NOISE);
    assertEquals(4, set(2).scored());
  }

  @Test
  void samplesAreDrawnAndScoredPartByPart() {
    open();
    scoring.quick = true;
    model.mostProperty().set(20);
    model.sets().addSamples();
    assertEquals(16, engine.run().settings().count());
    engine.run().task().result().complete(shade(16, 0.1));
    assertEquals(16, set(0).scored(), "scored while the others are drawn");
    assertEquals(4, engine.run().settings().count());
    assertEquals(16, engine.run().settings().first());
    model.cancel();
    assertTrue(engine.run().task().cancellation().isCancelled());
    assertEquals(16, set(0).scored());
    model.score();
    assertEquals(16, engine.run().settings().first(), "goes on where it was stopped");
    engine.run().task().result().complete(shade(4, 0.1));
    assertEquals(20, set(0).scored());
    assertEquals(State.DONE, set(0).stateProperty().get());
  }

  @Test
  void sentPicturesMakeOneSet() {
    engine.with(FakeEngine.images("faces"));
    scoring.quick = true;
    int[] white = new int[144];
    Arrays.fill(white, 0xFFFFFFFF);
    model.receive("first", new Raster(12, 12, white));
    assertEquals(1, set(0).scored(), "the model was loaded for it");
    model.receive("second", new Raster(8, 8, Arrays.copyOf(white, 64)));
    assertEquals(1, model.sets().list().size());
    assertEquals(2, set(0).scored());
    assertEquals("second", set(0).pictureName(1));
    assertEquals(1.0, set(0).scores()[0], 1e-6);
  }

  @Test
  void theTrainingDataBelongsToItsModel(@TempDir Path folder) {
    engine.with(FakeEngine.images("faces")).with(FakeEngine.images("digits"));
    scoring.data.put(folder, shades(4, 0));
    scoring.quick = true;
    model.begin();
    model.sets().setTraining(folder);
    model.models().pickedProperty().set(model.models().choices().get(1));
    assertTrue(model.sets().training().isEmpty());
    model.models().pickedProperty().set(model.models().choices().get(0));
    assertEquals(folder, model.sets().training().orElseThrow());
    assertEquals(4, set(0).scored());
    DetectViewModel later = model();
    later.begin();
    assertEquals(folder, later.sets().training().orElseThrow(), "remembered");
    later.remove(later.sets().list().get(0));
    DetectViewModel last = model();
    last.begin();
    assertTrue(last.sets().training().isEmpty(), "forgotten when it is taken away");
  }

  @Test
  void theHeatMapIsThatOfTheNewestSelection() {
    open();
    scoring.quick = true;
    model.sets().setTraining(TRAINING);
    model.sets().addPlace(OTHER);
    var order = model.analysisProperty().get().order();
    model.selected().select(order.get(0));
    assertEquals(List.of(0, 0, 1, 2, 3), scoring.maps.get(0).numbers(), "with some for the scale");
    assertEquals(model.sets().raster(order.get(0)), model.selected().pictureProperty().get());
    model.selected().select(order.get(6));
    assertTrue(scoring.maps.get(0).task().cancellation().isCancelled());
    HostTensor bright = shade(5, 0);
    Arrays.fill(bright.values(), 0, 64, 2f);
    Arrays.fill(bright.values(), 64, 320, 1f);
    scoring.maps.get(0).task().result().complete(bright);
    assertNull(model.selected().heatProperty().get(), "an answer to an older question");
    scoring.maps.get(1).task().result().complete(bright);
    assertEquals(1, model.selected().heatProperty().get().brightest(), 1e-6);
    assertNotEquals(model.sets().raster(order.get(6)), model.selected().pictureProperty().get());
    model.selected().opacityProperty().set(0);
    assertEquals(model.sets().raster(order.get(6)), model.selected().pictureProperty().get());
    model.selected().select(order.get(1));
    assertEquals(List.of(1), scoring.maps.get(2).numbers(), "the scale is known");
  }

  @Test
  void aClickOnTheHistogramGoesToThePictures() {
    open();
    scoring.quick = true;
    model.sets().addPlace(OTHER);
    model.selected().selectNear(0.512);
    assertEquals(1, model.selected().placeProperty().get().index());
    model.selected().selectNear(99);
    assertEquals(3, model.selected().placeProperty().get().index());
    model.selected().selectNear(-99);
    assertEquals(0, model.selected().placeProperty().get().index());
    model.remove(set(0));
    assertNull(model.selected().placeProperty().get());
  }

  @Test
  void theTableHasTheNamesOfNow() {
    open();
    scoring.quick = true;
    model.sets().addPlace(OTHER);
    model.sets().addPlace(OTHER);
    set(0).nameProperty().set("Lamps");
    set(1).nameProperty().set("Lamps");
    Path file = Path.of("scores.csv");
    model.saveScores(file);
    assertEquals(List.of("Lamps", "Lamps 2"), List.copyOf(scoring.saved.get(file).keySet()));
    assertEquals(4, scoring.saved.get(file).get("Lamps").length);
  }

  @Test
  void settingsAreBroughtBack() {
    model.kindProperty().set(EnergyScores.Kind.GRADIENT);
    model.levelProperty().set(2);
    model.mostProperty().set(300);
    model.selected().opacityProperty().set(0.25);
    DetectViewModel later = model();
    DetectMemory.restore(later, DetectMemory.of(model));
    assertEquals(DetectMemory.of(model), DetectMemory.of(later));
    assertEquals(EnergyScores.Kind.GRADIENT, later.kindProperty().get());
    DetectMemory.restore(later, Map.of("kind", "?", "level", "x", "most", "-3", "opacity", "NaN"));
    assertEquals(DetectMemory.of(model), DetectMemory.of(later), "nonsense changes nothing");
  }

  @Test
  void setsOfFilesComeBackAtTheNextStart(@TempDir Path folder) {
    open();
    scoring.quick = true;
    scoring.data.put(folder, shades(4, 0.5));
    model.sets().addPlace(folder);
    model.sets().addFiles(List.of(folder.resolve("gone.png")));
    model.sets().addArtificial(ArtificialImages.NOISE);
    model.sets().addSamples();
    set(0).nameProperty().set("Lamps\tand more");
    DetectViewModel later = model();
    DetectMemory.restore(later, DetectMemory.of(model));
    assertEquals(
        List.of("Lamps and more", "Uniform noise"),
        later.sets().list().stream().map(set -> set.nameProperty().get()).toList());
    later.begin();
    assertEquals(4, later.sets().list().get(0).scored());
    DetectViewModel last = model();
    DetectMemory.restore(last, DetectMemory.of(later));
    assertEquals(2, last.sets().list().size());
  }

  @Test
  void savedChartsBringModelSettingsAndSetsBack(@TempDir Path folder) {
    engine.with(FakeEngine.images("faces")).with(FakeEngine.images("digits"));
    scoring.quick = true;
    scoring.data.put(folder, shades(4, 0.5));
    model.begin();
    model.sets().addPlace(folder);
    model.sets().addSamples();
    long seed = ((SetSource.Samples) set(1).source()).seed();
    model.receive("sent", new Raster(8, 8, new int[64]));
    model.kindProperty().set(EnergyScores.Kind.GRADIENT);
    model.levelProperty().set(2);
    model.mostProperty().set(300);
    Path file = Path.of("charts.png");
    model.savePicture(file, new Raster(1, 1, new int[1]));
    Map<String, String> notes = engine.metadata.get(file);
    assertEquals("c0ffee", notes.get("cdrl.model.sha256"));
    assertEquals("0", notes.get("cdrl.seed"));

    DetectViewModel later = model();
    later.begin();
    later.models().pickedProperty().set(later.models().choices().get(1));
    later.sets().addArtificial(ArtificialImages.NOISE);
    later.kindProperty().set(EnergyScores.Kind.ENERGY);
    later.levelProperty().set(0);
    later.mostProperty().set(100);
    later.drop(List.of(file));
    assertEquals("faces", later.models().loadedProperty().get().description().name());
    assertEquals(EnergyScores.Kind.GRADIENT, later.kindProperty().get());
    assertEquals(2, later.levelProperty().get());
    assertEquals(300, later.mostProperty().get());
    assertEquals(2, later.sets().list().size(), "in place of the other");
    assertEquals(4, later.sets().list().get(0).scored());
    assertEquals(new SetSource.Samples(seed), later.sets().list().get(1).source());
    assertEquals(
        messages.text("detect.lost", "Sent pictures"), problems.currentProperty().get().sentence());
  }

  @Test
  void otherPicturesThatAreDroppedBecomeSets() {
    open();
    scoring.quick = true;
    Path file = Path.of("face.png");
    scoring.data.put(file, shades(1, 0.5));
    engine.metadata.put(file, Map.of("cdrl.workspace", "generate", "cdrl.model", "faces"));
    model.drop(List.of(file));
    assertEquals(1, set(0).scored());
  }

  @Test
  void verdictsFollowTheInterval() {
    assertEquals(Verdict.CHANCE, verdict(0.52, 0.48, 0.56));
    assertEquals(Verdict.REVERSED, verdict(0.2, 0.15, 0.25));
    assertEquals(Verdict.WEAK, verdict(0.6, 0.55, 0.65));
    assertEquals(Verdict.FAIR, verdict(0.9, 0.85, 0.95));
    assertEquals(Verdict.GOOD, verdict(0.99, 0.98, 1));
    for (Verdict verdict : Verdict.values()) {
      assertFalse(messages.text(verdict.key()).isBlank());
    }
  }

  private static Verdict verdict(double auroc, double low, double high) {
    return Verdict.of(auroc, new Interval(low, high));
  }

  @Test
  void chartsOfOtherWorkspacesAreNotScored() {
    open();
    Path chart = Path.of("curves.png");
    engine.metadata.put(chart, Map.of("cdrl.workspace", "train"));
    model.drop(List.of(chart));
    assertEquals(List.of(chart), elsewhere);
    assertTrue(model.sets().list().isEmpty());
  }
}
