package cdrl.studio.density;

import static cdrl.studio.engine.FakeEngine.at;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import cdrl.runtime.CdrlException;
import cdrl.studio.engine.DensityService;
import cdrl.studio.engine.FakeEngine;
import cdrl.studio.raster.Raster;
import cdrl.studio.resources.Messages;
import cdrl.studio.shell.Problems;
import cdrl.studio.widgets.PlaneView;
import cdrl.studio.widgets.PlaneViewport;
import cdrl.studio.workspace.FakeWindow;
import java.nio.file.Path;
import java.util.Map;
import javafx.geometry.Point2D;
import org.junit.jupiter.api.Test;

final class DensityViewModelTest {
  private final FakeWindow window = new FakeWindow();
  private final FakeEngine engine = new FakeEngine();
  private final Messages messages = window.messages;
  private final Problems problems = window.problems;
  private final DensityViewModel model =
      new DensityViewModel(window.context(), engine, engine, engine, engine);

  private void open() {
    engine.with(FakeEngine.points("board"));
    model.sampling().models().list(null);
  }

  @Test
  void showsACoarseDensityFirst() {
    open();
    assertEquals(0, model.level());
    assertEquals(DensityMaps.COARSE, engine.density().size());
    assertTrue(model.computingProperty().get());
    engine.density().answer(0.1);
    assertEquals(DensityMaps.COARSE, model.picturesProperty().get().model().width());
    assertEquals(DensityMaps.FINE, engine.density().size());
    engine.density().answer(0.2);
    assertEquals(DensityMaps.FINE, model.picturesProperty().get().model().width());
    assertFalse(model.computingProperty().get());
  }

  @Test
  void theNewestLevelWins() {
    open();
    FakeEngine.DensityRequest old = engine.density();
    model.stopProperty().set(1);
    assertTrue(old.task().cancellation().isCancelled());
    assertEquals(2, engine.density().level());
    old.answer(0.9);
    assertNull(model.picturesProperty().get().model());
    engine.density().answer(0.2);
    assertEquals(0.2, model.picturesProperty().get().scale().top(), 1e-7);
  }

  @Test
  void knownLevelsAreNotComputedAgainAndOthersComeAhead() {
    open();
    engine.density().answer(0.1);
    engine.density().answer(0.1);
    assertEquals(1, engine.density().level());
    assertEquals(DensityMaps.FINE, engine.density().size());
    engine.density().answer(0.3);
    assertEquals(0.1, model.picturesProperty().get().scale().top(), 1e-7);
    int asked = engine.densities.size();
    model.moveStop(-1);
    assertEquals(0.3, model.picturesProperty().get().scale().top(), 1e-7);
    assertFalse(model.computingProperty().get());
    assertTrue(
        engine.densities.subList(asked, engine.densities.size()).stream()
            .noneMatch(request -> request.level() <= 1));
  }

  @Test
  void pointsBelongToTheLevel() {
    open();
    model.sampling().countProperty().set(3);
    model.sampling().sample();
    var run = engine.run();
    run.observer().started(3, at(3, 9, 9));
    assertEquals(3, model.level());
    assertEquals(9f, model.pointsProperty().get().proposals().values()[0]);
    run.observer().proposed(2, at(3, 1, 2));
    run.observer().stepped(2, 1, at(3, 1.5, 2));
    assertEquals(2, model.level());
    assertEquals(1f, model.pointsProperty().get().proposals().values()[0]);
    assertEquals(1.5f, model.pointsProperty().get().refined().values()[0], 1e-4f);
    model.stopProperty().set(0);
    run.observer().refined(2, at(3, 1.7, 2));
    run.observer().proposed(1, at(3, 3, 3));
    assertEquals(3, model.level());
    model.stopProperty().set(1);
    assertEquals(1.7f, model.pointsProperty().get().refined().values()[0]);
  }

  @Test
  void levelsThatARunHasNotReachedCanBeLookedAt() {
    open();
    model.sampling().countProperty().set(3);
    model.sampling().sample();
    var run = engine.run();
    run.observer().started(3, at(3, 9, 9));
    run.observer().proposed(2, at(3, 1, 2));
    run.observer().refined(2, at(3, 1.7, 2));
    assertEquals(2, model.level());
    model.moveStop(1);
    assertEquals(1, model.level(), "of a run that goes on");
    assertEquals(PlaneView.Points.NONE, model.pointsProperty().get());
    assertEquals(1, engine.density().level());
    model.sampling().cancel();
    model.stopProperty().set(3);
    assertEquals(0, model.level(), "of a run that was stopped");
    assertEquals(PlaneView.Points.NONE, model.pointsProperty().get());
    model.moveStop(-1);
    assertEquals(1, model.level());
    model.moveStop(-1);
    assertEquals(1.7f, model.pointsProperty().get().refined().values()[0]);
  }

  @Test
  void pointsAppearWhenARunReachesTheLevelThatIsLookedAt() {
    open();
    model.sampling().countProperty().set(3);
    model.sampling().sample();
    var run = engine.run();
    run.observer().started(3, at(3, 9, 9));
    run.observer().proposed(2, at(3, 1, 2));
    model.stopProperty().set(2);
    run.observer().refined(2, at(3, 1.7, 2));
    assertEquals(1, model.level());
    assertEquals(PlaneView.Points.NONE, model.pointsProperty().get());
    run.observer().proposed(1, at(3, 4, 4));
    assertEquals(1, model.level());
    assertEquals(4f, model.pointsProperty().get().proposals().values()[0]);
  }

  @Test
  void aNewRunIsFollowed() {
    open();
    model.sampling().sample();
    engine.run().observer().started(3, at(1000, 9, 9));
    model.stopProperty().set(3);
    model.sampling().sample();
    engine.run().observer().started(3, at(1000, 8, 8));
    assertEquals(3, model.level());
  }

  @Test
  void layersCanBeSwitchedOff() {
    open();
    model.sampling().sample();
    engine.run().observer().started(3, at(1000, 0, 0));
    engine.run().observer().proposed(2, at(1000, 0, 0));
    model.appearance().strokesProperty().set(false);
    model.appearance().proposalsProperty().set(false);
    assertFalse(model.pointsProperty().get().strokes());
    assertFalse(model.pointsProperty().get().showProposals());
    assertTrue(model.pointsProperty().get().showRefined());
  }

  @Test
  void readsValuesUnderThePointer() {
    open();
    engine.density().answer(0.125);
    model.appearance().pointerProperty().set(new Point2D(1.234, -2));
    assertEquals(
        messages.text("density.readout", "1.23", "−2.00", "0.125", "0.00"),
        model.readoutProperty().get());
    model.truthProperty().set(true);
    assertNotEquals("", model.readoutProperty().get());
    assertTrue(model.readoutProperty().get().contains("true"));
    model.appearance().pointerProperty().set(null);
    assertEquals("", model.readoutProperty().get());
  }

  @Test
  void theTrueDensitySharesTheScale() {
    open();
    engine.density().answer(0.001);
    assertNull(model.picturesProperty().get().truth());
    model.truthProperty().set(true);
    assertNotNull(model.picturesProperty().get().truth());
    assertTrue(model.picturesProperty().get().scale().top() > 0.005);
  }

  @Test
  void scaleAndColoursChangeThePicture() {
    open();
    engine.density().answer(0.1);
    Raster before = model.picturesProperty().get().model();
    model.appearance().colorsProperty().set(cdrl.studio.raster.ColorMap.MAGMA);
    assertNotEquals(before, model.picturesProperty().get().model());
    model.appearance().logarithmicProperty().set(true);
    assertTrue(model.picturesProperty().get().scale().logarithmic());
  }

  @Test
  void theEnergyHasAScaleOfItsOwn() {
    open();
    engine.density().answer(0.1);
    assertNull(model.picturesProperty().get().energy());
    model.appearance().energyProperty().set(true);
    assertEquals(DensityMaps.COARSE, model.picturesProperty().get().energy().width());
    assertFalse(model.picturesProperty().get().energies().logarithmic());
    model.appearance().logarithmicProperty().set(true);
    assertTrue(model.picturesProperty().get().energies().logarithmic());
  }

  @Test
  void arrowsFollowLevelAndSquare() {
    open();
    assertTrue(engine.scores.isEmpty(), "nobody asked");
    model.appearance().scoresProperty().set(true);
    engine.scores().answer(1, 2);
    assertEquals(2f, model.arrowsProperty().get().dy()[0]);
    model.appearance().viewportProperty().set(new PlaneViewport(1, 2, 4));
    assertNotNull(model.arrowsProperty().get(), "the old ones stay until the new ones are there");
    assertEquals(new DensityService.Square(1, 2, 4), engine.scores().square());
    FakeEngine.ScoreRequest old = engine.scores();
    model.moveStop(-1);
    assertNull(model.arrowsProperty().get(), "those of another level would be wrong");
    assertTrue(old.task().cancellation().isCancelled());
    old.answer(9, 9);
    assertNull(model.arrowsProperty().get());
    engine.scores().answer(3, 3);
    assertEquals(1, engine.scores().level());
    model.appearance().scoresProperty().set(false);
    assertNull(model.arrowsProperty().get());
  }

  @Test
  void playingDrawsPointsWhereThereAreNone() {
    open();
    model.play();
    var run = engine.run();
    run.observer().started(3, at(2, 9, 9));
    assertEquals(3, model.level());
    run.observer().proposed(2, at(2, 1, 1));
    assertEquals(3, model.level(), "the film begins with the noise");
    run.observer().stepped(2, 1, at(2, 2, 2));
    model.player().move(1);
    assertEquals(2, model.level(), "the density is that of the points");
    assertEquals(1f, model.pointsProperty().get().proposals().values()[0]);
    assertTrue(model.pointsProperty().get().showProposals());
    model.stopProperty().set(0);
    assertEquals(0, model.player().frameProperty().get());
  }

  @Test
  void aDensityThatFailsIsTold() {
    open();
    engine
        .density()
        .task()
        .result()
        .completeExceptionally(new CdrlException("This model has no density."));
    assertEquals("This model has no density.", problems.currentProperty().get().sentence());
    assertFalse(model.computingProperty().get());
  }

  @Test
  void savesTheViewWithItsSettings() {
    open();
    model.sampling().seedProperty().set("42");
    model.moveStop(-1);
    Path file = Path.of("view.png");
    model.save(file, new Raster(1, 1, new int[] {0xFF000000}));
    Map<String, String> notes = engine.metadata.get(file);
    assertEquals("1", notes.get("cdrl.level"));
    assertEquals("42", notes.get("cdrl.seed"), "also before anything is sampled");
    assertEquals("1000", notes.get("cdrl.count"));
    assertEquals("15", notes.get("cdrl.steps"));
    assertEquals("board-level-1.png", model.fileName());
  }

  @Test
  void aSavedViewComesBack() {
    open();
    model.appearance().logarithmicProperty().set(true);
    model.appearance().energyProperty().set(true);
    model.appearance().strokesProperty().set(false);
    model.appearance().viewportProperty().set(new PlaneViewport(1, -2, 4));
    model.truthProperty().set(true);
    model.moveStop(-1);
    Path file = Path.of("view.png");
    model.save(file, new Raster(1, 1, new int[] {0xFF000000}));
    model.appearance().logarithmicProperty().set(false);
    model.appearance().energyProperty().set(false);
    model.appearance().strokesProperty().set(true);
    model.resetView();
    model.truthProperty().set(false);
    model.moveStop(1);
    model.drawingProperty().set(true);
    model.restore(engine.metadata.get(file));
    assertEquals(1, model.level());
    assertTrue(model.appearance().logarithmicProperty().get());
    assertTrue(model.appearance().energyProperty().get());
    assertFalse(model.appearance().strokesProperty().get());
    assertTrue(model.truthProperty().get());
    assertEquals(new PlaneViewport(1, -2, 4), model.appearance().viewportProperty().get());
    assertFalse(model.drawingProperty().get());
  }
}
