package cdrl.training;

import cdrl.data.DataSet;
import cdrl.model.CdrlModel;
import cdrl.model.Provenance;
import cdrl.runtime.Cancellation;
import cdrl.runtime.CdrlException;
import cdrl.runtime.TensorLane;
import cdrl.runtime.TensorRuntime;
import cdrl.sampling.LangevinKernel;
import cdrl.sampling.LangevinKernels;
import cdrl.store.Checkpoint;
import cdrl.store.CheckpointFolder;
import cdrl.store.MetricsWriter;
import cdrl.store.ModelFile;
import cdrl.store.RunFolder;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CancellationException;

/**
 * Headless training into a run folder: iterations, rows of metrics, sample sheets, checkpoints, and
 * the model for use. Runs on the tensor lane and lets more urgent work pass between iterations.
 */
public final class TrainingRun {
  private static final String ITERATION = "iteration";

  private final TrainingConfig config;
  private final DataSet data;
  private final RunFolder folder;
  private final TensorRuntime runtime;
  private final TrainingListener listener;

  /** How a call of {@link #run} ended. */
  public enum Ending {
    /** All iterations are made. */
    FINISHED,
    /** Somebody asked to stop. */
    CANCELLED,
    /** The time was up. */
    TIME_IS_UP
  }

  /**
   * @param config the configuration of the run
   * @param data what the configuration names
   * @param folder the run's folder, open for writing
   */
  public TrainingRun(
      TrainingConfig config,
      DataSet data,
      RunFolder folder,
      TensorRuntime runtime,
      TrainingListener listener) {
    this.config = config;
    this.data = data;
    this.folder = folder;
    this.runtime = runtime;
    this.listener = listener;
  }

  /**
   * Trains from the newest readable checkpoint, or from the start where there is none, until all
   * iterations are made, a stop is asked for, or the time is up. In every case a checkpoint and the
   * model are written at the end.
   *
   * @param limit the longest time to train
   * @throws CdrlException when the numbers are no longer finite, or a file cannot be written; the
   *     last checkpoint stays
   */
  public Ending run(Duration limit, Cancellation cancellation) {
    TrainingConfig.Training training = config.training();
    TrainingConfig.Output output = config.output();
    try (LangevinKernel kernel =
            LangevinKernels.open(runtime, config.compute().kernel(), config.compute().precision());
        Trainer trainer = new Trainer(config, data, runtime, kernel)) {
      resume(trainer);
      folder.start(training.iterations());
      int levels = config.schedule().levels();
      MetricsWriter metrics = folder.metrics(TrainingMetrics.columns(levels), trainer.iteration());
      TrainingMetrics means = new TrainingMetrics(levels);
      long begin = System.nanoTime();
      long first = trainer.iteration();
      long pauses = 0;
      Ending ending = Ending.FINISHED;
      while (trainer.iteration() < training.iterations()) {
        if (cancellation.isCancelled()) {
          ending = Ending.CANCELLED;
          break;
        }
        if (Duration.ofNanos(System.nanoTime() - begin).compareTo(limit) > 0) {
          ending = Ending.TIME_IS_UP;
          break;
        }
        // An iteration is always made to its end, so that a stop leaves no half of one behind.
        CooperativeStep.Outcome outcome = trainer.step(false, new Cancellation());
        requireFinite(outcome, trainer.iteration());
        means.add(outcome);
        long made = trainer.iteration();
        double perSecond = (made - first) * 1e9 / (System.nanoTime() - begin - pauses);
        listener.iterated(made, outcome, perSecond);
        long pause = System.nanoTime();
        if (made % output.logEvery() == 0) {
          metrics.append(
              means.row(
                  made,
                  perSecond,
                  training.energyRateAt(made - 1),
                  training.initializerRateAt(made - 1)));
        }
        if (output.sampleEvery() > 0 && made % output.sampleEvery() == 0) {
          sheet(trainer, kernel, cancellation);
        }
        if (made % output.checkpointEvery() == 0) {
          save(trainer);
        }
        runtime.lane().letUrgentWorkPass(TensorLane.Priority.BACKGROUND);
        pauses += System.nanoTime() - pause;
      }
      save(trainer);
      if (ending == Ending.FINISHED) {
        folder.finish();
      }
      tell(
          switch (ending) {
            case FINISHED -> "All " + trainer.iteration() + " iterations are made.";
            case CANCELLED -> "Stopped on request after iteration " + trainer.iteration() + ".";
            case TIME_IS_UP -> "The time was up after iteration " + trainer.iteration() + ".";
          });
      return ending;
    }
  }

  private void resume(Trainer trainer) {
    CheckpointFolder checkpoints = folder.checkpoints();
    Optional<CheckpointFolder.Numbered> newest = checkpoints.newest(this::tell);
    if (newest.isPresent()) {
      Checkpoint checkpoint = newest.get().checkpoint();
      trainer.restore(checkpoint.tensors(), checkpoint.counter(ITERATION));
      tell("Going on from iteration " + trainer.iteration() + ".");
    } else {
      tell("Starting with " + data.description() + ".");
    }
  }

  private void requireFinite(CooperativeStep.Outcome outcome, long iteration) {
    if (!outcome.isFinite()) {
      String sentence =
          "Training diverged at iteration "
              + iteration
              + " (a loss or gradient is no longer a finite number); the last checkpoint is kept,"
              + " so go on from it with lower learning rates.";
      tell(sentence);
      throw new CdrlException(sentence);
    }
  }

  private void sheet(Trainer trainer, LangevinKernel kernel, Cancellation cancellation) {
    try (CdrlModel averaged = trainer.averagedModel()) {
      SampleSheet.write(
          folder.samples(trainer.iteration()),
          averaged,
          kernel,
          config.output().sampleCount(),
          config.training().seed(),
          trainer.iteration(),
          cancellation);
    } catch (CancellationException e) {
      tell("The sample sheet of iteration " + trainer.iteration() + " was left out.");
    }
  }

  private void save(Trainer trainer) {
    Provenance begun = folder.provenance();
    Provenance provenance =
        new Provenance(
            begun.program(),
            begun.created(),
            begun.data(),
            begun.dataFingerprint(),
            trainer.iteration(),
            begun.seed(),
            begun.platform(),
            // A run may go on with other settings than it began with.
            ConfigFile.settings(config));
    Checkpoint checkpoint =
        new Checkpoint(
            trainer.describe(provenance),
            Map.of(ITERATION, Long.toString(trainer.iteration())),
            trainer.state());
    folder.checkpoints().write(trainer.iteration(), checkpoint, config.output().keepCheckpoints());
    ModelFile.write(folder.model(), trainer.describe(provenance), trainer.averagedWeights());
  }

  private void tell(String sentence) {
    folder.log(sentence);
    listener.told(sentence);
  }
}
