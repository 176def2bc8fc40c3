package cdrl.studio.engine;

import cdrl.evaluate.DensityGrid;
import cdrl.evaluate.ScoreField;
import cdrl.model.ModelDescription;
import cdrl.runtime.HostTensor;
import cdrl.store.Checkpoint;
import cdrl.training.CooperativeStep;
import cdrl.training.Dials;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * A training in the window. It makes no iteration before it is told to. Whatever somebody waits for
 * goes first, between two of its iterations. All methods return at once.
 */
public interface LiveTraining {
  /** As fast as it goes. */
  double FULL_SPEED = Double.POSITIVE_INFINITY;

  /** Makes iterations until {@link #pause}. */
  void go();

  /** Stops after the iteration that is being made. */
  void pause();

  /** Makes one iteration. */
  void step();

  /** Changes rates and K from the next iteration on. */
  void turn(Dials dials);

  /**
   * Slows down.
   *
   * @param iterationsPerSecond above 0; {@link #FULL_SPEED} for no brake
   */
  void pace(double iterationsPerSecond);

  /** Looks at something else. */
  void watch(Watch watch);

  /**
   * The model as it is now.
   *
   * @param name what to call it
   */
  CompletableFuture<Trained> model(String name);

  /** Everything that it takes to go on with it, bit for bit. */
  CompletableFuture<Checkpoint> state();

  /** Ends the training and forgets it. */
  void close();

  /**
   * What to look at.
   *
   * @param level the noise level of densities and scores
   * @param count how many samples to draw
   * @param scores whether scores are wanted
   */
  record Watch(int level, int count, boolean scores) {}

  /**
   * What an iteration came to; means over the batch.
   *
   * @param iteration iterations made so far
   * @param energyLoss loss of the energy network
   * @param initializerLoss loss of the initializer
   * @param energyDifference mean energy of the data less that of the samples
   */
  record Step(long iteration, double energyLoss, double initializerLoss, double energyDifference) {
    static Step of(long iteration, CooperativeStep.Outcome outcome) {
      double difference = 0;
      for (int i = 0; i < outcome.positive().length; i++) {
        // The network gives the negative energy.
        difference += (double) outcome.negative()[i] - outcome.positive()[i];
      }
      return new Step(
          iteration,
          outcome.energyLoss(),
          outcome.initializerLoss(),
          difference / outcome.positive().length);
    }
  }

  /**
   * How the model looks after an iteration, with averaged weights as for use.
   *
   * @param iteration iterations made so far
   * @param watch what was looked at
   * @param density at the watched level
   * @param scores at that level, null when not wanted
   * @param samples the newest ones, perhaps of an earlier iteration
   */
  record View(
      long iteration,
      Watch watch,
      DensityGrid density,
      @Nullable ScoreField scores,
      Samples samples) {}

  /**
   * Samples of the model at every level.
   *
   * @param iteration iterations made up to then
   * @param noise x_T, (count, 2)
   * @param proposals for level 0 … T − 1, (count, 2) each
   * @param refined of level 0 … T − 1
   * @param distance sliced Wasserstein distance of the results from the data
   */
  record Samples(
      long iteration,
      HostTensor noise,
      List<HostTensor> proposals,
      List<HostTensor> refined,
      double distance) {}

  /**
   * A model that can be stored.
   *
   * @param density at level 0, for a picture
   */
  record Trained(
      ModelDescription description, Map<String, HostTensor> weights, DensityGrid density) {}

  /** Follows a training, on the engine's thread. */
  interface Observer {
    /** An iteration was made. */
    void stepped(Step step);

    /** The model was looked at. */
    void looked(View view);

    /** It cannot go on. */
    void failed(Throwable problem);
  }

  /** Begins trainings. */
  interface Service {
    /** Makes ready a training, and looks at the model at once. */
    LiveTraining begin(LiveRecipe recipe, Watch watch, Observer observer);

    /**
     * Makes ready to go on with a training, and looks at the model at once.
     *
     * @param state as {@link LiveTraining#state} gave it
     * @throws cdrl.runtime.CdrlException when it is the state of something else
     */
    LiveTraining resume(Checkpoint state, Watch watch, Observer observer);
  }
}
