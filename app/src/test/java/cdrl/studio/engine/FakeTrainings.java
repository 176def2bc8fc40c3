package cdrl.studio.engine;

import cdrl.evaluate.DensityGrid;
import cdrl.evaluate.ScoreField;
import cdrl.model.ModelDescription;
import cdrl.store.Checkpoint;
import cdrl.training.Dials;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;

/** Trainings that the test plays. */
public final class FakeTrainings implements LiveTraining.Service {
  /** A training that notes what it is told. */
  public static final class Training implements LiveTraining {
    public final LiveRecipe recipe;
    public final Observer observer;
    public final List<String> calls = new ArrayList<>();
    public Dials dials;
    public double pace;
    public Watch watch;
    public long made;

    Training(LiveRecipe recipe, Watch watch, Observer observer) {
      this.recipe = recipe;
      this.watch = watch;
      this.observer = observer;
      dials = recipe.dials();
    }

    @Override
    public void go() {
      calls.add("go");
    }

    @Override
    public void pause() {
      calls.add("pause");
    }

    @Override
    public void step() {
      calls.add("step");
    }

    @Override
    public void turn(Dials wanted) {
      dials = wanted;
    }

    @Override
    public void pace(double iterationsPerSecond) {
      pace = iterationsPerSecond;
    }

    @Override
    public void watch(Watch wanted) {
      watch = wanted;
    }

    @Override
    public CompletableFuture<Trained> model(String name) {
      ModelDescription known = FakeEngine.points(name).description();
      return CompletableFuture.completedFuture(new Trained(known, Map.of(), grid(0.25)));
    }

    @Override
    public CompletableFuture<Checkpoint> state() {
      Map<String, String> counters = new HashMap<>(recipe.words());
      counters.put("iteration", Long.toString(made));
      return CompletableFuture.completedFuture(
          new Checkpoint(FakeEngine.points("live").description(), counters, Map.of()));
    }

    @Override
    public void close() {
      calls.add("close");
    }

    /** Lets iterations be made, and the model be looked at. */
    public void make(long from, long to, double density) {
      for (long iteration = from; iteration <= to; iteration++) {
        made = iteration;
        observer.stepped(new Step(iteration, 0.5 * iteration, 2, 3));
      }
      observer.looked(
          new View(
              to,
              watch,
              grid(density),
              watch.scores() ? new ScoreField(1, 0, 0, 8, new float[] {1}, new float[] {2}) : null,
              new Samples(
                  to,
                  FakeEngine.at(3, 9, 9),
                  Collections.nCopies(6, FakeEngine.at(3, 1, 1)),
                  Collections.nCopies(6, FakeEngine.at(3, 2, 2)),
                  1.0 / to)));
    }

    private static DensityGrid grid(double density) {
      float[] values = new float[16];
      Arrays.fill(values, (float) density);
      return new DensityGrid(4, 8, values, new float[16]);
    }
  }

  public final List<Training> begun = new ArrayList<>();

  /** The newest training. */
  public Training training() {
    return begun.get(begun.size() - 1);
  }

  @Override
  public LiveTraining begin(
      LiveRecipe recipe, LiveTraining.Watch watch, LiveTraining.Observer observer) {
    begun.add(new Training(recipe, watch, observer));
    return training();
  }

  @Override
  public LiveTraining resume(
      Checkpoint state, LiveTraining.Watch watch, LiveTraining.Observer observer) {
    begun.add(new Training(LiveRecipe.of(state), watch, observer));
    training().made = state.counter("iteration");
    return training();
  }
}
