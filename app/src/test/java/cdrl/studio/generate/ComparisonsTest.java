package cdrl.studio.generate;

import static cdrl.studio.engine.FakeEngine.shade;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import cdrl.sampling.Condition;
import cdrl.studio.engine.Stage;
import cdrl.studio.raster.Raster;
import cdrl.studio.workspace.Gallery;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/** What the images are compared with. */
final class ComparisonsTest extends GenerateFixture {
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
  void twoSettingsAreSeenSideBySide() {
    model.comparisons().keepOrEnd();
    assertEquals(messages.text("beside.none"), problems.currentProperty().get().sentence());
    openWithClasses();
    choose(2);
    sampleAll();
    model.comparisons().keepOrEnd();
    assertEquals(messages.text("beside.same"), model.comparisons().besideProperty().get().kept());
    assertEquals(1f, model.comparisons().keptGallery().imagesProperty().get().values()[0]);
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
        0.05f,
        model.comparisons().keptGallery().imagesProperty().get().values()[0],
        "the same level");
    model.cursor().stageProperty().set(Stage.PROPOSAL);
    assertEquals(
        0f, model.comparisons().keptGallery().imagesProperty().get().values()[0], "the same stage");
    model.comparisons().keepOrEnd();
    assertNull(model.comparisons().besideProperty().get());
    assertEquals(Comparison.Kind.LEVEL, model.comparisons().comparisonProperty().get().kind());
  }

  @Test
  void eachSideIsSavedWithItsOwnSettings() {
    openWithClasses();
    choose(2);
    sampleAll();
    model.comparisons().keepOrEnd();
    model.settings().guidanceProperty().set(2);
    engine.run().task().result().complete(shade(2, 0.4));
    finish(engine.run(), 0.5);
    Gallery kept = model.comparisons().keptGallery();
    kept.selectedProperty().set(1);
    assertEquals(1, model.gallery().index(), "both sides select the same image");
    assertEquals("Image 2 of 2", kept.caption(1));
    kept.saveImage(Path.of("kept.png"));
    model.gallery().saveImage(Path.of("now.png"));
    assertEquals("0.0", engine.metadata.get(Path.of("kept.png")).get("cdrl.guidance"));
    assertEquals("2.0", engine.metadata.get(Path.of("now.png")).get("cdrl.guidance"));
    assertEquals("1", engine.metadata.get(Path.of("kept.png")).get("cdrl.image"));
    assertEquals("result", engine.metadata.get(Path.of("kept.png")).get("cdrl.level"));
    assertEquals("digits-seed-1-kept-image-2.png", kept.imageFileName());
    assertEquals(Raster.of(shade(1, 1), 0), engine.saved.get(Path.of("kept.png")));
    model.cursor().moveStop(-1);
    kept.saveGrid(Path.of("level.png"));
    assertEquals("0", engine.metadata.get(Path.of("level.png")).get("cdrl.level"));
    model.comparisons().keepOrEnd();
    assertFalse(kept.thereProperty().get());
  }

  @Test
  void aKeptForkIsSavedAsOne() {
    openWithClasses();
    choose(2);
    sampleAll();
    model.cursor().stopProperty().set(2);
    model.fork();
    finish(engine.run(), 0.2);
    model.comparisons().keepOrEnd();
    model.sampling().sample();
    finish(engine.run(), 0.3);
    model.comparisons().keptGallery().saveGrid(Path.of("fork.png"));
    model.gallery().saveGrid(Path.of("plain.png"));
    assertEquals("1:1", engine.metadata.get(Path.of("fork.png")).get("cdrl.forks"));
    assertNull(engine.metadata.get(Path.of("plain.png")).get("cdrl.forks"));
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
    assertEquals(0.7f, model.comparisons().keptGallery().imagesProperty().get().values()[0]);
    assertEquals("one", model.comparisons().besideProperty().get().kept());
    assertEquals("two", model.comparisons().besideProperty().get().now());
  }
}
