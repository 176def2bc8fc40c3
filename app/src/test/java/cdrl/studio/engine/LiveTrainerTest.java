package cdrl.studio.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import cdrl.data.Drawing;
import cdrl.data.PlaneShape;
import cdrl.data.Stroke;
import cdrl.model.Provenance;
import cdrl.runtime.Cancellation;
import cdrl.runtime.DeviceChoice;
import cdrl.runtime.HostTensor;
import cdrl.runtime.TensorLane;
import cdrl.runtime.TensorRuntime;
import cdrl.sampling.LangevinKernel;
import cdrl.sampling.LangevinKernels;
import cdrl.store.Checkpoint;
import cdrl.training.CooperativeStep;
import cdrl.training.DialTurns;
import cdrl.training.Dials;
import cdrl.training.Trainer;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Trainings in the window, with the real engine. */
final class LiveTrainerTest {
  private static final Drawing DRAWN =
      new Drawing(PlaneShape.CHECKERBOARD, List.of())
          .and(new Stroke(true, 2, List.of(-2.0, -2.0, 2.0, 2.0)));
  private static final Dials START = LiveRecipe.usualDials();

  private static TensorRuntime runtime;
  private static LangevinKernel kernel;

  private final Log log = new Log();

  /** Hands on what a training tells. */
  private static final class Log implements LiveTraining.Observer {
    final BlockingQueue<LiveTraining.Step> steps = new LinkedBlockingQueue<>();
    final BlockingQueue<LiveTraining.View> views = new LinkedBlockingQueue<>();
    final BlockingQueue<Throwable> problems = new LinkedBlockingQueue<>();

    @Override
    public void stepped(LiveTraining.Step step) {
      steps.add(step);
    }

    @Override
    public void looked(LiveTraining.View view) {
      views.add(view);
    }

    @Override
    public void failed(Throwable problem) {
      problems.add(problem);
    }
  }

  @BeforeAll
  static void open() {
    runtime = TensorRuntime.open(DeviceChoice.CPU, 1);
    kernel = runtime.run(new Cancellation(), ignored -> LangevinKernels.open(runtime));
  }

  @AfterAll
  static void close() {
    runtime.close();
  }

  private LiveTraining begin(Drawing drawing) {
    return new LiveTrainer(
        new LiveRecipe(drawing, START, 5),
        null,
        new LiveTraining.Watch(0, 50, false),
        CompletableFuture.completedFuture(runtime),
        ignored -> kernel,
        log);
  }

  private static <T> T next(BlockingQueue<T> queue) throws InterruptedException {
    T found = queue.poll(60, TimeUnit.SECONDS);
    if (found == null) {
      throw new AssertionError("nothing came");
    }
    return found;
  }

  private static LiveTraining.Trained model(LiveTraining training)
      throws InterruptedException, ExecutionException {
    return training.model("test").get();
  }

  /** Also when it is watched, and other work passes. */
  @Test
  void aModelTellsHowItCanBeMadeAgain() throws Exception {
    LiveTraining training = begin(DRAWN);
    training.step();
    training.step();
    next(log.steps);
    next(log.steps);
    training.turn(new Dials(5e-4, START.initializerRate(), 4));
    training.watch(new LiveTraining.Watch(2, 20, true));
    training.step();
    next(log.steps);
    training.turn(new Dials(5e-4, 1e-3, 4));
    training.step();
    next(log.steps);
    LiveTraining.Trained trained = model(training);
    training.close();
    assertNull(log.problems.poll());
    assertEquals("test", trained.description().name());
    assertEquals(4, trained.description().langevinSteps());
    Provenance provenance = trained.description().provenance();
    assertEquals(4, provenance.iterations());
    assertTrue(provenance.data().startsWith("drawn by hand, "), provenance.data());
    assertEquals("in the window", provenance.settings().get("training.place"));
    assertEquals("drawing", provenance.settings().get("data.kind"));
    assertFalse(provenance.settings().containsKey("data.path"));

    LiveRecipe again =
        new LiveRecipe(
            Drawing.parse(provenance.settings().get(LiveRecipe.DRAWING)), START, provenance.seed());
    DialTurns turns = DialTurns.parse(provenance.settings().get(LiveRecipe.CHANGES));
    assertEquals(2, turns.turns().size());
    assertEquals(again.data().fingerprint(), provenance.dataFingerprint());
    Map<String, HostTensor> weights =
        runtime.run(
            new Cancellation(),
            cancellation -> {
              try (Trainer trainer = new Trainer(again.config(), again.data(), runtime, kernel)) {
                for (int i = 0; i < 4; i++) {
                  turns.at(i).ifPresent(trainer::turn);
                  trainer.step(CooperativeStep.Detail.NONE, cancellation);
                }
                return trainer.averagedWeights();
              }
            });
    assertEquals(weights, trained.weights());
  }

  /** Whoever closes the window and opens it again loses nothing. */
  @Test
  void aTrainingGoesOnFromItsStateBitForBit(@TempDir Path folder) throws Exception {
    LiveTraining whole = begin(DRAWN);
    whole.step();
    next(log.steps);
    whole.turn(new Dials(5e-4, START.initializerRate(), 4));
    whole.step();
    next(log.steps);
    Path file = folder.resolve("training.safetensors");
    whole.state().get().write(file);
    whole.step();
    next(log.steps);
    LiveTraining.Trained expected = model(whole);
    whole.close();
    log.views.clear();
    Checkpoint state = Checkpoint.read(file);
    LiveRecipe recipe = LiveRecipe.of(state);
    assertEquals(new LiveRecipe(DRAWN, START, 5), recipe);
    LiveTraining resumed =
        new LiveTrainer(
            recipe,
            state,
            new LiveTraining.Watch(0, 50, false),
            CompletableFuture.completedFuture(runtime),
            ignored -> kernel,
            log);
    assertEquals(2, next(log.views).iteration());
    resumed.step();
    assertEquals(3, next(log.steps).iteration());
    LiveTraining.Trained reached = model(resumed);
    resumed.close();
    assertEquals(expected.weights(), reached.weights());
    assertEquals(
        expected.description().provenance().settings(),
        reached.description().provenance().settings());
    assertNull(log.problems.poll());
  }

  @Test
  void itIsLookedAtBeforeTheFirstIteration() throws Exception {
    LiveTraining training = begin(DRAWN);
    LiveTraining.View view = next(log.views);
    assertEquals(0, view.iteration());
    assertEquals(50, view.samples().noise().count());
    assertEquals(3, view.samples().refined().size());
    assertTrue(view.samples().distance() > 0);
    assertNull(view.scores());
    training.watch(new LiveTraining.Watch(2, 20, true));
    LiveTraining.View other = next(log.views);
    assertEquals(20, other.samples().proposals().get(2).count());
    assertEquals(2, other.watch().level());
    assertNotEquals(null, other.scores());
    assertTrue(log.steps.isEmpty(), "it was not told to train");
    training.close();
  }

  @Test
  void itRunsUntilItIsPausedAndGoesOn() throws Exception {
    LiveTraining training = begin(DRAWN);
    training.go();
    for (int i = 1; i <= 3; i++) {
      assertEquals(i, next(log.steps).iteration());
    }
    training.pause();
    long reached = model(training).description().provenance().iterations();
    runtime
        .lane()
        .submit(TensorLane.Priority.BACKGROUND, ignored -> "behind all that was asked for")
        .result()
        .get();
    assertEquals(reached, model(training).description().provenance().iterations());
    log.steps.clear();
    training.step();
    assertEquals(reached + 1, next(log.steps).iteration());
    training.close();
    assertNull(log.problems.poll());
  }

  @Test
  void urgentWorkNeedNotWaitForTheTraining() throws Exception {
    LiveTraining training = begin(DRAWN);
    training.go();
    next(log.steps);
    for (int i = 0; i < 3; i++) {
      assertEquals(
          "done",
          runtime
              .lane()
              .submit(TensorLane.Priority.NORMAL, ignored -> "done")
              .result()
              .get(60, TimeUnit.SECONDS));
    }
    log.steps.clear();
    next(log.steps); // and the training goes on
    training.close();
    assertNull(log.problems.poll());
  }

  @Test
  void slowMotionCanBeLeftAtOnce() throws Exception {
    LiveTraining training = begin(DRAWN);
    training.pace(1e-4); // almost three hours an iteration
    training.go();
    assertEquals(1, next(log.steps).iteration());
    training.pace(LiveTraining.FULL_SPEED);
    assertEquals(2, next(log.steps).iteration());
    training.pace(1e-4);
    training.step();
    long reached = model(training).description().provenance().iterations();
    log.steps.clear();
    training.step();
    assertTrue(next(log.steps).iteration() > reached - 1);
    training.close();
  }

  @Test
  void aBlankDrawingIsRefused() throws Exception {
    begin(Drawing.EMPTY);
    assertTrue(next(log.problems).getMessage().startsWith("Nothing is drawn"));
    assertThrows(ExecutionException.class, () -> model(begin(Drawing.EMPTY)));
  }

  @Test
  void aShapeIsToldByItsName() throws Exception {
    LiveTraining training = begin(new Drawing(PlaneShape.MOONS, List.of()));
    Provenance provenance = model(training).description().provenance();
    training.close();
    assertEquals("moons", provenance.settings().get("data.kind"));
    assertEquals(PlaneShape.MOONS, PlaneShape.of(provenance.data()).orElseThrow());
  }
}
