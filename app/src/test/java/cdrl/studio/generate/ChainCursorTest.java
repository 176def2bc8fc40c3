package cdrl.studio.generate;

import static cdrl.studio.engine.FakeEngine.shade;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import cdrl.model.ImageModelSpec;
import cdrl.model.ModelDescription;
import cdrl.studio.engine.FakeEngine;
import cdrl.studio.engine.LoadedModel;
import cdrl.studio.engine.Stage;
import cdrl.studio.raster.Raster;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Which level and step is looked at. */
final class ChainCursorTest extends GenerateFixture {
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
  void whatChangedIsShownForAllImages() {
    open();
    sampleAll();
    model.cursor().stageProperty().set(Stage.DIFFERENCE);
    model.cursor().stopProperty().set(2);
    var images = model.gallery().imagesProperty().get();
    assertEquals(List.of(2L, 3L, 8L, 8L), java.util.Arrays.stream(images.shape()).boxed().toList());
    assertEquals(
        model.comparisons().comparisonProperty().get().difference().raster(),
        Raster.of(images, 1),
        "the colours of the comparison");
    model.cursor().moveStop(-2);
    assertEquals(0.9f, shown(), "noise has nothing to differ from");
    model.comparisons().keepOrEnd();
    model.cursor().stopProperty().set(2);
    assertEquals(
        0,
        model.comparisons().comparisonProperty().get().difference().rootMeanSquare(),
        "the images are compared, not the pictures of what changed");
    assertEquals(images, model.comparisons().keptGallery().imagesProperty().get());
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
    assertEquals(1, model.otherEnergiesProperty().get().size(), "the second image's");
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

  @Test
  void stepsThatWereNotKeptAreSkipped() {
    var small = FakeEngine.images("long", 1000).description();
    var spec = (ImageModelSpec) small.spec();
    var large =
        new ImageModelSpec(16, spec.imageChannels(), 0, false, spec.energy(), spec.initializer());
    engine.with(
        new LoadedModel(
            "long",
            new ModelDescription(
                "long", large, small.schedule(), 1000, List.of(), List.of(), small.provenance()),
            ""));
    model.sampling().models().list(null);
    model.sampling().countProperty().set(64);
    model.sampling().sample();
    var observer = engine.run().observer();
    observer.started(3, shade(64, 0.9));
    observer.proposed(2, shade(64, 0.1));
    assertEquals(2, model.cursor().stepStride());
    assertEquals(1000, model.cursor().stepProperty().get());
    model.cursor().moveStep(-1);
    assertEquals(998, model.cursor().stepProperty().get());
    model.cursor().moveStep(-1);
    assertEquals(996, model.cursor().stepProperty().get());
    model.cursor().moveStep(1);
    assertEquals(998, model.cursor().stepProperty().get());
    model.cursor().stepProperty().set(997);
    assertEquals(996, model.cursor().stepProperty().get());
    assertEquals(Stage.REFINED, model.cursor().stageProperty().get());
  }
}
