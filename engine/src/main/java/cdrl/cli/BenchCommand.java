package cdrl.cli;

import cdrl.data.DataSet;
import cdrl.evaluate.KernelAgreement;
import cdrl.evaluate.MatrixPeak;
import cdrl.evaluate.Stopwatch;
import cdrl.evaluate.Stopwatch.Contestant;
import cdrl.evaluate.Stopwatch.Times;
import cdrl.model.CdrlModel;
import cdrl.model.ImageModelSpec;
import cdrl.model.ModelDescription;
import cdrl.model.ModelSpec;
import cdrl.model.Provenance;
import cdrl.runtime.Cancellation;
import cdrl.runtime.CdrlException;
import cdrl.runtime.Computation;
import cdrl.runtime.ResidentMemory;
import cdrl.runtime.TensorRuntime;
import cdrl.sampling.EagerLangevin;
import cdrl.sampling.FusedLangevin;
import cdrl.sampling.LangevinKernel;
import cdrl.schedule.ScheduleSpec;
import cdrl.store.StoredModel;
import cdrl.training.Trainer;
import cdrl.training.TrainingConfig;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalDouble;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Times the kernels side by side, and checks their results and their memory. */
@Command(
    name = "bench",
    sortOptions = false,
    description = {
      "Times the kernels side by side in one run, round by round: eager in both orders of memory,"
          + " fused in float32, fused in bfloat16.",
      "langevin: steps of Langevin dynamics; train: training iterations; sample: whole samples.",
      "agreement: whether the kernel in use draws from the same distribution as the eager one.",
      "memory: whether memory stays bounded over many sampling runs and training iterations.",
      "run: a short training run of --config: items per second against what Langevin dynamics alone"
          + " would allow, and the cost of metrics, sheets and checkpoints."
    })
final class BenchCommand extends TrainingCommand {
  private static final double MEBIBYTE = 1 << 20;
  private static final long ALLOWED_GROWTH = 50L << 20;
  private static final int BEFORE_MEASURING = 50;

  /** Enough for the usual five rounds to measure the gradients of levels. */
  private static final int ITERATIONS_PER_ROUND = 12;

  /** What to measure. */
  enum What {
    /** Langevin dynamics alone. */
    LANGEVIN,
    /** Training iterations. */
    TRAIN,
    /** Sampling runs. */
    SAMPLE,
    /** The distributions of two kernels. */
    AGREEMENT,
    /** The growth of memory. */
    MEMORY,
    /** A training run and what it costs beside its iterations. */
    RUN;

    /** As people type it; the help shows it so. */
    @Override
    public String toString() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  @Parameters(paramLabel = "WHAT", description = "${COMPLETION-CANDIDATES}")
  private What what;

  @Option(names = "--model", paramLabel = "MODEL", description = MODEL_HELP)
  private @Nullable String model;

  @Option(
      names = "--spec",
      paramLabel = "SPEC",
      description =
          "Random networks in one word: image-32:channels=32,blocks=2,multipliers=1-2-2-2 (the"
              + " default), points:width=64, or cifar10 for the paper's.")
  private @Nullable String spec;

  @Option(names = "--batch", paramLabel = "B", description = "Items at once (default: 32).")
  private @Nullable Integer batch;

  @Option(
      names = "--rounds",
      paramLabel = "N",
      defaultValue = "5",
      description = "Timed rounds after one that is not (default: ${DEFAULT-VALUE}).")
  private int rounds;

  @Option(
      names = "--samples",
      paramLabel = "N",
      defaultValue = "2000",
      description = "Samples of each run for agreement (default: ${DEFAULT-VALUE}).")
  private int samples;

  @Option(
      names = "--runs",
      paramLabel = "N",
      defaultValue = "1000",
      description = "Sampling runs for memory (default: ${DEFAULT-VALUE}).")
  private int runs;

  @Option(
      names = "--iterations",
      paramLabel = "N",
      defaultValue = "2000",
      description = "Training iterations for memory (default: ${DEFAULT-VALUE}).")
  private int iterations;

  @Option(
      names = "--config",
      paramLabel = "CONFIG",
      description = "A configuration file or preset, for run.")
  private @Nullable String config;

  @Option(
      names = "--set",
      paramLabel = "KEY=VALUE",
      description = "Replaces a setting of --config; may be repeated.")
  private List<String> overrides = new ArrayList<>();

  @Mixin private SeedOption seed;

  private record Variant(String name, LangevinKernel kernel) {}

  @Override
  int run(Report report) {
    if (model != null && spec != null) {
      throw wrongUsage("--model and --spec name two networks; leave one out");
    }
    check("--batch", batch, 1, 100_000);
    check("--rounds", rounds, 1, 10_000);
    check("--samples", samples, 2, 10_000_000);
    check("--runs", runs, BEFORE_MEASURING + 1, 10_000_000);
    check("--iterations", iterations, BEFORE_MEASURING + 1, 10_000_000);
    if ((what == What.RUN) != (config != null)) {
      throw wrongUsage("run needs --config, and nothing else does");
    }
    if (config != null) {
      return measureRun(config, report);
    }
    StoredModel stored = model == null ? null : library().open(model);
    ModelDescription description =
        stored != null
            ? stored.description()
            : describe(NetworkSpec.parse(spec != null ? spec : defaultSpec()));
    if (what == What.AGREEMENT && !(description.spec() instanceof ImageModelSpec)) {
      throw new CdrlException("Agreement is measured on images; name a model of images.");
    }
    long chosen = seed.choose();
    report.line("Seed: " + chosen, "seed", chosen);
    report.value("what", what.name().toLowerCase(Locale.ROOT));
    report.line("Networks: " + named(description), "networks", named(description));
    try (TensorRuntime runtime = engine().open()) {
      report.line(
          runtime.deviceSentence() + " Threads: " + runtime.threads() + ".",
          "device",
          runtime.device().toString());
      report.value("threads", runtime.threads());
      return runtime.run(
          cancellation(),
          running -> {
            try (CdrlModel networks =
                stored == null
                    ? CdrlModel.create(description, chosen, runtime)
                    : CdrlModel.of(description, stored.weights(), runtime)) {
              for (int i = 0; stored == null && i < 10; i++) {
                networks.energy().powerIteration();
              }
              return switch (what) {
                case AGREEMENT -> agreement(report, networks, runtime, chosen, running);
                case MEMORY -> memory(report, networks, runtime, chosen, running);
                case RUN -> throw new IllegalStateException("measured by itself");
                case LANGEVIN, TRAIN, SAMPLE -> race(report, networks, runtime, chosen, running);
              };
            }
          });
    }
  }

  private int measureRun(String name, Report report) {
    List<String> settings = new ArrayList<>(overrides);
    settings.addAll(engine().settings());
    TrainingConfig wanted = configuration(name, settings);
    int made = rounds * ITERATIONS_PER_ROUND;
    settings.add("training.iterations=" + made);
    settings.add("output.logEvery=1");
    settings.add("output.sampleEvery=" + made / 2);
    settings.add("output.checkpointEvery=" + made / 2);
    TrainingConfig measured = configuration(name, settings);
    Cancellation cancellation = cancellation();
    DataSet data = data(measured, cancellation);
    Trainer.requireFitting(measured, data);
    report.line("Data: " + data.description(), "data", data.description());
    report.value("what", "run");
    try (TensorRuntime runtime = engine().open()) {
      report.line(
          runtime.deviceSentence() + " Threads: " + runtime.threads() + ".",
          "device",
          runtime.device().toString());
      return runtime.run(
          cancellation,
          running ->
              new RunBench(measured, wanted.output(), data, runtime, rounds).run(report, running));
    }
  }

  private String defaultSpec() {
    return what == What.MEMORY
        ? "image-16:channels=8,multipliers=1-2"
        : "image-32:channels=32,blocks=2,multipliers=1-2-2-2";
  }

  private String named(ModelDescription description) {
    return model != null ? description.name() : spec != null ? spec : defaultSpec();
  }

  private static ModelDescription describe(ModelSpec networks) {
    return new ModelDescription(
        "bench",
        networks,
        ScheduleSpec.PAPER,
        15,
        List.of(),
        List.of(),
        new Provenance("", "", "", "", 0, 0, "", Map.of()));
  }

  private int race(
      Report report,
      CdrlModel networks,
      TensorRuntime runtime,
      long chosen,
      Cancellation cancellation)
      throws Exception {
    int size = batch == null ? 32 : batch;
    BenchSubject subject = new BenchSubject(networks, size, chosen);
    List<Variant> variants =
        List.of(
            new Variant("eager float32, NCHW", new EagerLangevin(false)),
            new Variant("eager float32, channels last", new EagerLangevin()),
            new Variant("fused float32", new FusedLangevin(runtime.manager(), Computation.FLOAT32)),
            new Variant(
                "fused bfloat16", new FusedLangevin(runtime.manager(), Computation.BFLOAT16)));
    List<Contestant> contestants = new ArrayList<>();
    for (Variant variant : variants) {
      contestants.add(
          new Contestant(
              variant.name(),
              switch (what) {
                case TRAIN -> subject.training(variant.kernel(), cancellation);
                case SAMPLE -> subject.sampling(variant.kernel(), cancellation);
                default -> subject.chain(variant.kernel(), cancellation);
              }));
    }
    double peak = what == What.LANGEVIN ? MatrixPeak.measure(runtime, Computation.FLOAT32) : 0;
    double halfPeak = what == What.LANGEVIN ? MatrixPeak.measure(runtime, Computation.BFLOAT16) : 0;
    if (what == What.LANGEVIN) {
      report.line(
          String.format(
              "Peak of matrix multiplication: %.0f (float32) and %.0f (bfloat16) GFLOP/s.",
              peak / 1e9, halfPeak / 1e9));
      report.value("peakFloat32", peak);
      report.value("peakBfloat16", halfPeak);
    }
    List<Times> times;
    try (ProgressBar bar = progress("Measuring")) {
      int total = contestants.size() * (rounds + 1);
      times =
          Stopwatch.inTurn(
              contestants, rounds, made -> bar.update(made, total, "runs"), cancellation);
    }
    report.line(
        String.format("Batch %d, medians of %d rounds; one unit is one %s.", size, rounds, unit()));
    report.value("batch", size);
    report.value("rounds", rounds);
    report.value("unit", unit());
    report.line(
        String.format(
            "%-30s %10s %7s %9s %11s %9s",
            "kernel", "ms/unit", "ratio", "items/s", "peak MiB", "share"));
    int units = what == What.LANGEVIN ? subject.steps() : 1;
    double operations = what == What.LANGEVIN ? subject.operationsPerStep() : 0;
    double first = times.get(0).median();
    List<Map<String, @Nullable Object>> rows = new ArrayList<>();
    for (int i = 0; i < times.size(); i++) {
      boolean half = variants.get(i).kernel().computation() == Computation.BFLOAT16;
      OptionalDouble share =
          what == What.LANGEVIN
              ? OptionalDouble.of(
                  operations * units / times.get(i).median() / (half ? halfPeak : peak))
              : OptionalDouble.empty();
      rows.add(row(report, times.get(i), units, size, first, share));
    }
    report.value("kernels", rows);
    return 0;
  }

  private String unit() {
    return switch (what) {
      case LANGEVIN -> "Langevin step";
      case TRAIN -> "training iteration";
      default -> "sampling run";
    };
  }

  private static Map<String, @Nullable Object> row(
      Report report, Times times, int units, int size, double first, OptionalDouble share) {
    double median = times.median();
    double ratio = first / median;
    // A Langevin chain moves each item once, through all its steps.
    double itemsPerSecond = size / median;
    report.line(
        String.format(
            "%-30s %10.2f %7.2f %9.1f %11s %9s",
            times.name(),
            median * 1e3 / units,
            ratio,
            itemsPerSecond,
            times.peakMemory().isPresent()
                ? String.format("%.0f", times.peakMemory().getAsLong() / MEBIBYTE)
                : "-",
            share.isPresent() ? String.format("%.0f %%", 100 * share.getAsDouble()) : "-"));
    Map<String, @Nullable Object> row = new LinkedHashMap<>();
    row.put("kernel", times.name());
    row.put("millisecondsPerUnit", median * 1e3 / units);
    row.put("ratio", ratio);
    row.put("itemsPerSecond", itemsPerSecond);
    row.put("peakBytes", times.peakMemory().isPresent() ? times.peakMemory().getAsLong() : null);
    row.put("shareOfPeak", share.isPresent() ? share.getAsDouble() : null);
    row.put("secondsOfRounds", times.seconds());
    return row;
  }

  private int agreement(
      Report report,
      CdrlModel networks,
      TensorRuntime runtime,
      long chosen,
      Cancellation cancellation) {
    LangevinKernel fast = engine().kernel(runtime);
    KernelAgreement agreement;
    try (ProgressBar bar = progress("Sampling")) {
      agreement =
          KernelAgreement.measure(
              networks,
              fast,
              new EagerLangevin(),
              samples,
              chosen,
              made -> bar.update(made, 3L * samples, "samples"),
              cancellation);
    }
    report.line(
        String.format(
            "Fréchet distance over %d samples: %s to eager %.5f, eager to eager %.5f; 95 of 100"
                + " distances between eager runs stay below %.5f.",
            samples,
            fast.computation().toString().toLowerCase(Locale.ROOT),
            agreement.between(),
            agreement.reference(),
            agreement.limit()));
    report.line(agreement.holds() ? "The kernels agree." : "The kernels DIFFER.");
    report.value("samples", samples);
    report.value("between", agreement.between());
    report.value("reference", agreement.reference());
    report.value("limit", agreement.limit());
    report.value("agrees", agreement.holds());
    return agreement.holds() ? 0 : Main.FAILED;
  }

  private int memory(
      Report report,
      CdrlModel networks,
      TensorRuntime runtime,
      long chosen,
      Cancellation cancellation)
      throws Exception {
    BenchSubject subject = new BenchSubject(networks, batch == null ? 4 : batch, chosen);
    LangevinKernel kernel = engine().kernel(runtime);
    boolean sampling =
        stays(report, "sampling runs", runs, subject.sampling(kernel, cancellation), cancellation);
    boolean training =
        stays(
            report,
            "training iterations",
            iterations,
            subject.training(kernel, cancellation),
            cancellation);
    return sampling && training ? 0 : Main.FAILED;
  }

  /** Whether memory grows little while something is done over and over. */
  private boolean stays(
      Report report, String name, int times, Stopwatch.Work work, Cancellation cancellation)
      throws Exception {
    long start = 0;
    try (ProgressBar bar = progress("Repeating")) {
      for (int i = 1; i <= times; i++) {
        cancellation.throwIfCancelled();
        work.run();
        bar.update(i, times, name);
        if (i == BEFORE_MEASURING) {
          start = resident();
        }
      }
    }
    long growth = resident() - start;
    report.line(
        String.format(
            "%d %s: %.1f MiB resident after the first %d, %+.1f MiB at the end.",
            times, name, start / MEBIBYTE, BEFORE_MEASURING, growth / MEBIBYTE));
    report.value(name.replace(' ', '_') + "_growth", growth);
    return growth <= ALLOWED_GROWTH;
  }

  private static long resident() {
    // Java takes memory as long as it may before it collects garbage; that is not what grows.
    System.gc();
    return ResidentMemory.now()
        .orElseThrow(
            () -> new CdrlException("This system does not say how much memory is in use."));
  }
}
