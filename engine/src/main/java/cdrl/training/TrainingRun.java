package cdrl.training;

import cdrl.data.DataSet;
import cdrl.model.CdrlModel;
import cdrl.runtime.Cancellation;
import cdrl.runtime.CdrlException;
import cdrl.runtime.HostTensor;
import cdrl.runtime.Sentence;
import cdrl.runtime.TensorLane;
import cdrl.runtime.TensorRuntime;
import cdrl.sampling.LangevinKernel;
import cdrl.sampling.LangevinKernels;
import cdrl.store.MetricsWriter;
import cdrl.store.RunFolder;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import org.jspecify.annotations.Nullable;

/**
 * Headless training into a run folder: iterations, rows of metrics, sample sheets, checkpoints, and
 * the model for use. Runs on the tensor lane and lets more urgent work pass between iterations.
 */
public final class TrainingRun {
  private final TrainingConfig config;
  private final DataSet data;
  private final RunFolder folder;
  private final TensorRuntime runtime;
  private final TrainingListener listener;
  private final RunCosts costs = new RunCosts();

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
   * @throws DivergedException when the run diverged more often than it may go back; the last
   *     checkpoint stays
   * @throws CdrlException when a file cannot be written; the last checkpoint stays
   */
  public Ending run(Duration limit, Cancellation cancellation) {
    try (LangevinKernel kernel =
            LangevinKernels.open(runtime, config.compute().kernel(), config.compute().precision());
        Trainer trainer = new Trainer(config, data, runtime, kernel)) {
      Ending ending = new Session(kernel, trainer).run(limit, cancellation);
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
    } catch (DivergedException e) {
      throw e;
    } catch (CdrlException e) {
      keepReason(e);
      throw e;
    }
  }

  /** So that the reason is known later too; on a full disk there may be no room for it. */
  private void keepReason(CdrlException failure) {
    try {
      folder.log("Ended because of this: " + failure.getMessage());
    } catch (CdrlException e) {
      failure.addSuppressed(e);
    }
  }

  /** Where the time of {@link #run} went. */
  public RunCosts costs() {
    return costs;
  }

  private void tell(String sentence) {
    folder.log(sentence);
    listener.told(sentence);
  }

  /** One call of {@link #run}, with all that lives as long. */
  private final class Session {
    private final LangevinKernel kernel;
    private final Trainer trainer;
    private final DivergenceGuard guard;
    private final RunCheckpoints checkpoints;
    private final int levels = config.schedule().levels();
    private final TrainingConfig.Output output = config.output();
    private final long begin = System.nanoTime();
    private TrainingMetrics means = new TrainingMetrics(levels);
    private MetricsWriter metrics;
    private @Nullable SlicedDistance distances;

    /** The last iteration, as long as it has no row of metrics. */
    private TrainingMetrics.@Nullable Position unlogged;

    private long steps;
    private long pauses;

    Session(LangevinKernel kernel, Trainer trainer) {
      this.kernel = kernel;
      this.trainer = trainer;
      guard =
          new DivergenceGuard(
              config.guard(), levels, HostTensor.elements(config.model().itemShape()));
      checkpoints = new RunCheckpoints(config, folder, trainer, guard, TrainingRun.this::tell);
      folder.start(config.training().iterations());
      if (checkpoints.resume()) {
        tell("Going on from iteration " + trainer.iteration() + ".");
      } else {
        tell("Starting with " + data.description() + ".");
        StartModel.of(config).ifPresent(this::startFrom);
        checkpoints.save(Double.NaN);
      }
      metrics = folder.metrics(TrainingMetrics.columns(levels), trainer.iteration());
    }

    private void startFrom(StartModel start) {
      start.requireOriginOf(folder.provenance());
      trainer.startFrom(start);
      tell(start.sentence());
    }

    Ending run(Duration limit, Cancellation cancellation) {
      Ending ending = Ending.FINISHED;
      while (trainer.iteration() < config.training().iterations()) {
        if (cancellation.isCancelled()) {
          ending = Ending.CANCELLED;
          break;
        }
        if (Duration.ofNanos(System.nanoTime() - begin).compareTo(limit) > 0) {
          ending = Ending.TIME_IS_UP;
          break;
        }
        double energyRate = trainer.energyRate();
        double initializerRate = trainer.initializerRate();
        // An iteration is always made to its end, so that a stop leaves no half of one behind.
        long iterating = System.nanoTime();
        CooperativeStep.Outcome outcome =
            trainer.step(detail(trainer.iteration() + 1), new Cancellation());
        costs.addIteration(iterating, outcome.levelGradients());
        steps++;
        Optional<Sentence> sign = guard.look(outcome);
        if (sign.isPresent()) {
          goBack(sign.get(), outcome);
        } else {
          record(outcome, energyRate, initializerRate, cancellation);
        }
        long pause = System.nanoTime();
        runtime.lane().letUrgentWorkPass(TensorLane.Priority.BACKGROUND);
        pauses += System.nanoTime() - pause;
      }
      if (unlogged != null) {
        append(unlogged);
      }
      checkpoints.save(Double.NaN);
      if (checkpoints.best() >= 0) {
        tell(
            "The samples of iteration "
                + checkpoints.best()
                + " were nearest to the data; "
                + folder.best().getFileName()
                + " holds that model.");
      }
      return ending;
    }

    /** All that is known of an iteration belongs to the evidence, should it be one. */
    private CooperativeStep.Detail detail(long next) {
      return new CooperativeStep.Detail(
          guard.isSuspicious() || isDue(output.sampleEvery(), next),
          guard.isSuspicious() || isDue(output.levelGradientsEvery(), next));
    }

    private void record(
        CooperativeStep.Outcome outcome,
        double energyRate,
        double initializerRate,
        Cancellation cancellation) {
      means.add(outcome);
      long made = trainer.iteration();
      double perSecond = perSecond();
      listener.iterated(made, outcome, perSecond);
      long pause = System.nanoTime();
      double distance = Double.NaN;
      if (isDue(output.sampleEvery(), made)) {
        SampleSheet.writeLevels(folder.levels(made), outcome, trainer.model().schedule(), made);
        distance = sheet(cancellation);
        costs.add(RunCosts.Part.SHEET, pause);
      }
      unlogged =
          new TrainingMetrics.Position(
              made, perSecond, energyRate, initializerRate, trainer.restarts());
      if (isDue(output.logEvery(), made)) {
        long row = System.nanoTime();
        append(unlogged);
        costs.add(RunCosts.Part.ROW, row);
      }
      // A checkpoint in the middle of a divergence would be nothing to go back to.
      if (isDue(output.checkpointEvery(), made) && !guard.isSuspicious()) {
        long checkpoint = System.nanoTime();
        checkpoints.save(distance);
        costs.add(RunCosts.Part.CHECKPOINT, checkpoint);
      }
      pauses += System.nanoTime() - pause;
    }

    private double perSecond() {
      return steps * 1e9 / (System.nanoTime() - begin - pauses);
    }

    private void append(TrainingMetrics.Position position) {
      metrics.append(means.row(position));
      unlogged = null;
    }

    private static boolean isDue(int every, long iteration) {
      return every > 0 && iteration % every == 0;
    }

    /** Writes samples of the averaged weights; their distance from the data, or NaN. */
    private double sheet(Cancellation cancellation) {
      try (CdrlModel averaged = trainer.averagedModel()) {
        HostTensor samples =
            SampleSheet.write(
                folder.samples(trainer.iteration()),
                averaged,
                kernel,
                output.sampleCount(),
                config.training().seed(),
                trainer.iteration(),
                cancellation);
        if (distances == null) {
          distances = new SlicedDistance(data);
        }
        double distance = distances.to(samples);
        means.addSampleDistance(distance);
        return distance;
      } catch (CancellationException e) {
        tell("The sample sheet of iteration " + trainer.iteration() + " was left out.");
        return Double.NaN;
      }
    }

    /** Keeps the evidence of a divergence and tries again from the last good checkpoint. */
    private void goBack(Sentence reason, CooperativeStep.Outcome outcome) {
      Sentence what =
          new Sentence(
              "Training diverged at iteration {0} because {1}", trainer.iteration(), reason);
      Path evidence = folder.divergence(trainer.iteration());
      DivergenceEvidence.write(evidence, reason, outcome, trainer, folder.provenance());
      int most = config.guard().restarts();
      if (trainer.restarts() >= most) {
        means.add(outcome);
        append(
            new TrainingMetrics.Position(
                trainer.iteration(),
                perSecond(),
                trainer.energyRate(),
                trainer.initializerRate(),
                trainer.restarts()));
        Sentence sentence =
            new Sentence(
                most == 0
                    ? "{0}; what is known about it is in {2}, and the last good checkpoint is"
                        + " kept, so lower training.energyRate and training.initializerRate in a"
                        + " new run."
                    : "{0}, also after {1} restarts; what is known about it is in {2}, and the"
                        + " last good checkpoint is kept, so lower training.energyRate and"
                        + " training.initializerRate in a new run.",
                what,
                most,
                evidence);
        folder.log(sentence.toString()); // whoever trains is told by the exception
        throw new DivergedException(sentence);
      }
      tell(what + "; what is known about it is in " + evidence + ".");
      checkpoints.goBack(evidence);
      metrics = folder.metrics(TrainingMetrics.columns(levels), trainer.iteration());
      means = new TrainingMetrics(levels);
      unlogged = null;
      tell(
          "Going back to iteration "
              + trainer.iteration()
              + " with learning rates times "
              + Math.pow(config.guard().rateFactor(), trainer.restarts())
              + " and fresh noise (restart "
              + trainer.restarts()
              + " of "
              + most
              + ").");
    }
  }
}
