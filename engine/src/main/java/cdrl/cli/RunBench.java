package cdrl.cli;

import cdrl.data.DataSet;
import cdrl.evaluate.Stopwatch;
import cdrl.model.CdrlModel;
import cdrl.model.ModelDescription;
import cdrl.runtime.Cancellation;
import cdrl.runtime.CdrlException;
import cdrl.runtime.TensorRuntime;
import cdrl.sampling.LangevinKernel;
import cdrl.sampling.LangevinKernels;
import cdrl.store.ModelFile;
import cdrl.store.RunFolder;
import cdrl.store.StoredModel;
import cdrl.training.CooperativeStep;
import cdrl.training.RunCosts;
import cdrl.training.RunCosts.Part;
import cdrl.training.TrainingConfig;
import cdrl.training.TrainingListener;
import cdrl.training.TrainingRun;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/**
 * What a training run costs beside its iterations, and how its speed compares with that of the
 * Langevin chains alone: a short run into a folder that is removed afterwards.
 */
final class RunBench {
  private static final Duration NO_LIMIT = Duration.ofDays(36_500);

  private final TrainingConfig measured;
  private final TrainingConfig.Output wanted;
  private final DataSet data;
  private final TensorRuntime runtime;
  private final int rounds;

  /**
   * @param measured writes a row every iteration and sheets and checkpoints a few times
   * @param wanted the intervals whose cost is told
   * @param rounds how often the chains alone are timed
   */
  RunBench(
      TrainingConfig measured,
      TrainingConfig.Output wanted,
      DataSet data,
      TensorRuntime runtime,
      int rounds) {
    this.measured = measured;
    this.wanted = wanted;
    this.data = data;
    this.runtime = runtime;
    this.rounds = rounds;
  }

  /** Measures and tells. Runs on the tensor lane. */
  int run(Report report, Cancellation cancellation) throws Exception {
    Path place = Files.createTempDirectory("cdrl-bench");
    try {
      RunCosts costs;
      StoredModel stored;
      try (RunFolder folder =
          TrainingCommand.create(place.resolve("run"), measured, data, runtime, cancellation)) {
        TrainingRun run = new TrainingRun(measured, data, folder, runtime, new Silence());
        if (run.run(NO_LIMIT, cancellation) != TrainingRun.Ending.FINISHED) {
          return Main.CANCELLED;
        }
        costs = run.costs();
        stored = ModelFile.read(folder.model());
      }
      tell(costs, chain(stored, cancellation), report);
      return 0;
    } finally {
      remove(place);
    }
  }

  /** The seconds that the Langevin chains of a batch take alone. */
  private double chain(StoredModel stored, Cancellation cancellation) throws Exception {
    ModelDescription description = stored.description();
    try (CdrlModel model = CdrlModel.of(description, stored.weights(), runtime);
        LangevinKernel kernel =
            LangevinKernels.open(
                runtime, measured.compute().kernel(), measured.compute().precision())) {
      BenchSubject subject =
          new BenchSubject(model, measured.training().batch(), measured.training().seed());
      return Stopwatch.inTurn(
              List.of(new Stopwatch.Contestant("chain", subject.chain(kernel, cancellation))),
              rounds,
              made -> {},
              cancellation)
          .get(0)
          .median();
    }
  }

  private void tell(RunCosts costs, double chain, Report report) {
    int batch = measured.training().batch();
    double iteration = costs.each(Part.ITERATION);
    line(
        report,
        "Langevin chains alone",
        String.format(
            Locale.ROOT, "%.1f ms for %d items: %.1f items/s", 1e3 * chain, batch, batch / chain),
        "chainSeconds",
        chain);
    line(
        report,
        "Training iterations",
        String.format(
            Locale.ROOT,
            "%.1f ms, batches included: %.1f items/s, %.0f %% of what the chains alone would allow",
            1e3 * iteration,
            batch / iteration,
            100 * chain / iteration),
        "iterationSeconds",
        iteration);
    each(report, "Gradients of levels", costs, Part.GRADIENTS, wanted.levelGradientsEvery());
    each(report, "A row of metrics", costs, Part.ROW, wanted.logEvery());
    each(report, "A sample sheet", costs, Part.SHEET, wanted.sampleEvery());
    each(report, "A checkpoint", costs, Part.CHECKPOINT, wanted.checkpointEvery());
    double overhead = costs.overhead(wanted);
    report.line(
        String.format(
            Locale.ROOT,
            "All of this takes %.2f %% of the time at the intervals of the configuration.",
            100 * overhead),
        "overhead",
        overhead);
    report.value("batch", batch);
    report.value("iterations", costs.times(Part.ITERATION));
  }

  private static void each(Report report, String what, RunCosts costs, Part part, int every) {
    line(
        report,
        what,
        costs.times(part) == 0
            ? "not measured in so few iterations"
            : String.format(
                Locale.ROOT,
                "%.1f ms, %s",
                1e3 * costs.each(part),
                every == 0 ? "never" : "every " + every + " iterations"),
        part.name().toLowerCase(Locale.ROOT) + "Seconds",
        costs.each(part));
  }

  private static void line(Report report, String what, String text, String key, double value) {
    report.line(String.format("%-24s%s", what + ":", text), key, value);
  }

  private static void remove(Path place) {
    try (Stream<Path> files = Files.walk(place)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.deleteIfExists(file);
      }
    } catch (IOException e) {
      throw new CdrlException(e, "The folder '{0}' could not be removed ({1}).", place, e);
    }
  }

  /** The run is not to be told of. */
  private static final class Silence implements TrainingListener {
    @Override
    public void iterated(long made, CooperativeStep.Outcome outcome, double perSecond) {}

    @Override
    public void told(String sentence) {}
  }
}
