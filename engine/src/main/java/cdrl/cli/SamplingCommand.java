package cdrl.cli;

import cdrl.model.CdrlModel;
import cdrl.model.ModelDescription;
import cdrl.runtime.Cancellation;
import cdrl.runtime.CdrlException;
import cdrl.runtime.HostTensor;
import cdrl.runtime.TensorRuntime;
import cdrl.sampling.Condition;
import cdrl.sampling.Sampler;
import cdrl.sampling.SamplingSettings;
import cdrl.store.NumpyFile;
import cdrl.store.StoredModel;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** What the commands that draw samples have in common. */
abstract class SamplingCommand extends SubCommand {
  @Parameters(paramLabel = "MODEL", description = MODEL_HELP)
  private String model;

  @Option(
      names = "-n",
      paramLabel = "N",
      defaultValue = "16",
      description = "How many samples (default: ${DEFAULT-VALUE}).")
  private int count;

  @Mixin private SeedOption seed;

  @Option(
      names = "--steps",
      paramLabel = "K",
      description = "Langevin steps per noise level (default: as many as in training).")
  private @Nullable Integer steps;

  @Option(
      names = "--initializer-only",
      description = "Leaves out Langevin dynamics, to see what the initializer alone does.")
  private boolean initializerOnly;

  @Option(
      names = "--noise-level-from",
      paramLabel = "T",
      description = "The noise level to start from (default: the highest).")
  private @Nullable Integer startLevel;

  @Option(
      names = {"-o", "--output"},
      paramLabel = "OUT",
      description = {
        "Pictures: a PNG file for all samples in one, or a folder (DIR/) for single pictures.",
        "Points: a CSV file with the columns x,y."
      })
  private @Nullable String output;

  @Option(
      names = "--trace",
      paramLabel = "DIR",
      description = "A folder for proposals and refined samples of every noise level.")
  private @Nullable Path trace;

  @Option(
      names = "--raw",
      paramLabel = "FILE",
      description = "A NumPy file (.npy) for the samples as numbers.")
  private @Nullable Path raw;

  /**
   * What the samples are asked to be.
   *
   * @throws CdrlException when the model cannot do it
   */
  abstract Condition condition(ModelDescription model);

  @Override
  int run(Report report) {
    if (output == null && trace == null && raw == null) {
      throw wrongUsage("Say where the samples go with -o, --trace or --raw");
    }
    check("-n", count, 1, 1_000_000);
    check("--steps", steps, 1, 1000);
    check("--noise-level-from", startLevel, 1, 100);
    StoredModel stored = library().open(model);
    ModelDescription description = stored.description();
    int highest = description.schedule().levels();
    if (startLevel != null && startLevel > highest) {
      throw new CdrlException(
          "The model has {0} noise levels, so --noise-level-from must be at most {0}, not {1}.",
          highest, startLevel);
    }
    SampleTarget target = output == null ? null : SampleTarget.of(output, description.spec());
    SamplingSettings settings =
        new SamplingSettings(
                count,
                seed.choose(),
                steps != null ? steps : description.langevinSteps(),
                initializerOnly,
                startLevel != null ? startLevel : highest)
            .withCondition(condition(description));
    settings.condition().check(description);
    if (raw != null) {
      OutputFiles.prepareFile(raw);
    }
    long start = System.nanoTime();
    HostTensor samples = draw(stored, settings, report);
    double seconds = (System.nanoTime() - start) / 1e9;
    int made = samples.count();
    if (target != null) {
      target.write(samples, Notes.of(stored, settings.part(0, made)));
    }
    if (raw != null) {
      NumpyFile.write(raw, samples);
    }
    report.value("model", description.name());
    report.value("count", made);
    report.value("output", output);
    report.value("trace", trace == null || made < count ? null : trace.toString());
    report.value("raw", raw == null ? null : raw.toString());
    report.line(
        String.format("%d %s in %.1f s.", made, made == 1 ? "sample" : "samples", seconds),
        "seconds",
        seconds);
    if (output != null && made > 0) {
      report.line("Wrote " + output + ".");
    }
    if (made < count) {
      errors().println("cdrl: Cancelled after " + made + " of " + count + " samples.");
      return Main.CANCELLED;
    }
    return 0;
  }

  private HostTensor draw(StoredModel stored, SamplingSettings settings, Report report) {
    TraceFolder folder =
        trace == null
            ? null
            : TraceFolder.create(trace, stored.description().spec(), Notes.of(stored, settings));
    try (TensorRuntime runtime = engine().open();
        ProgressBar bar = progress("Sampling")) {
      Cancellation cancellation = cancellation();
      report.line("Seed: " + settings.seed(), "seed", settings.seed());
      if (!settings.condition().classes().isEmpty()) {
        String formula = settings.condition().formula(stored.description());
        report.line(formula, "formula", formula);
      }
      return runtime.run(
          cancellation,
          ignored -> {
            try (CdrlModel networks =
                CdrlModel.of(stored.description(), stored.weights(), runtime)) {
              return new SampleSeries(
                      new Sampler(networks, engine().kernel(runtime)), settings, folder, bar)
                  .drawUntilCancelled(
                      HostTensor.elements(stored.description().spec().itemShape()), cancellation);
            }
          });
    }
  }
}
