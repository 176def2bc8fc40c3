package cdrl.cli;

import cdrl.data.DataSet;
import cdrl.data.Pictures;
import cdrl.model.CdrlModel;
import cdrl.runtime.AtomicFile;
import cdrl.runtime.Cancellation;
import cdrl.runtime.CdrlException;
import cdrl.runtime.Suggestions;
import cdrl.runtime.TensorRuntime;
import cdrl.sampling.LangevinKernel;
import cdrl.store.ModelFile;
import cdrl.store.RunFolder;
import cdrl.store.RunState;
import cdrl.store.RunSummary;
import cdrl.store.StoredModel;
import cdrl.training.Ablation;
import cdrl.training.Ablation.Variant;
import cdrl.training.ConfigFile;
import cdrl.training.DivergedException;
import cdrl.training.Trainer;
import cdrl.training.TrainingConfig;
import cdrl.training.TrainingRun;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Trains and compares the variants of tables 9 and 10. */
@Command(
    name = "ablate",
    sortOptions = false,
    description = {
      "Trains the variants of tables 9 and 10 of the paper one after the other and compares them:"
          + " without the initializer, without noise variance reduction, with other predictions,"
          + " noise schedules, teachers, levels and steps.",
      "Each variant is a run folder below DIR. The same command again goes on where it was"
          + " interrupted. In the end DIR holds table.csv, table.txt and table.png, with the"
          + " published figures beside those measured here.",
      "Differences as small as those between seeds mean nothing; --seeds trains every variant"
          + " several times to show these."
    })
final class AblateCommand extends TrainingCommand {
  private static final String TABLE = "table";

  @Parameters(
      paramLabel = "PRESET",
      description = "A configuration file (YAML) or the name of a preset: the whole method.")
  private String preset;

  @Option(
      names = "--run",
      paramLabel = "DIR",
      description = "The folder for all variants (default: runs/ablation-NAME).")
  private @Nullable Path run;

  @Mixin private TrainingOptions options;

  @Option(
      names = "--variants",
      paramLabel = "NAME",
      split = ",",
      description = "Only these, such as full,drl,levels-5 (default: all).")
  private List<String> wanted = new ArrayList<>();

  @Option(
      names = "--seeds",
      paramLabel = "N",
      defaultValue = "1",
      description =
          "How often every variant is trained, each time with the next seed (default:"
              + " ${DEFAULT-VALUE}). More may be asked for later.")
  private int seeds;

  @Option(
      names = "-n",
      paramLabel = "N",
      defaultValue = "1000",
      description = "Samples of each variant to compare with the data (default: ${DEFAULT-VALUE}).")
  private int count;

  /** A variant with its configuration, for one seed. */
  private record Plan(Variant variant, TrainingConfig config, Path folder) {
    /** Where it is said that training diverged for good. */
    Path divergence() {
      return folder.resolveSibling(folder.getFileName() + "-diverged.txt");
    }
  }

  @Override
  int run(Report report) {
    check("-n", count, 4, 1_000_000);
    check("--seeds", seeds, 1, 1000);
    List<String> settings = options.settings(engine());
    // Another model's weights would hide what a variant can learn.
    settings.add("training.start=");
    TrainingConfig base = configuration(preset, settings);
    if (!Ablation.isWhole(base)) {
      throw new CdrlException(
          "The configuration '{0}' leaves out a part of the method already; name one with its"
              + " defaults for training.cooperative, training.varianceReduction,"
              + " training.initializerLearnsFrom and model.initializer.predicts.",
          preset);
    }
    Path place =
        run != null
            ? run
            : Path.of("runs", "ablation-" + base.name().replaceAll("[^A-Za-z0-9._-]+", "-"));
    if (RunFolder.isRun(place)) {
      throw new CdrlException(
          "The folder '{0}' is that of a single run; name another one with --run for those of the"
              + " variants.",
          place);
    }
    List<Plan> plans = plans(base, settings, place);
    Cancellation cancellation = cancellation();
    DataSet data = data(base, cancellation);
    Trainer.requireFitting(base, data);
    plans.forEach(AblateCommand::requireSameRun);
    OutputFiles.prepareFolders(place);
    report.line("Folder: " + place, "folder", place.toString());
    report.line("Seed: " + base.training().seed(), "seed", base.training().seed());
    try (TensorRuntime runtime = engine().open()) {
      String device = runtime.deviceSentence().toString();
      report.line(device, "device", device);
      if (!trainAll(plans, data, runtime, cancellation)) {
        report.line("Not all variants are trained; the same command goes on with them.");
        report.value("finished", false);
        return cancellation.isCancelled() ? Main.CANCELLED : 0;
      }
      report.value("finished", true);
      AblationFigures figures = new AblationFigures(base, data, count);
      write(place, measured(base, plans, figures, runtime, cancellation), report);
    }
    return 0;
  }

  private List<Plan> plans(TrainingConfig base, List<String> settings, Path place) {
    List<Variant> variants = Ablation.variants(base);
    List<String> names = variants.stream().map(Variant::name).toList();
    for (String name : wanted) {
      if (!names.contains(name)) {
        throw new CdrlException(
            "There is no variant '{0}'{1}", name, Suggestions.sentenceEnd(name, names));
      }
    }
    List<Plan> plans = new ArrayList<>();
    // All variants with the first seed, then all with the next.
    for (int i = 0; i < seeds; i++) {
      long seed = base.training().seed() + i;
      for (Variant variant : variants) {
        if (wanted.isEmpty() || wanted.contains(variant.name())) {
          List<String> all = new ArrayList<>(settings);
          all.addAll(variant.overrides());
          all.add("name=" + base.name() + " " + variant.name());
          all.add("training.seed=" + seed);
          String folder = variant.name() + (i == 0 ? "" : "-seed-" + seed);
          plans.add(new Plan(variant, configuration(preset, all), place.resolve(folder)));
        }
      }
    }
    return plans;
  }

  /** Refuses a folder whose runs were begun with other settings. */
  private static void requireSameRun(Plan plan) {
    if (RunFolder.isRun(plan.folder())) {
      String begun = RunSummary.config(plan.folder());
      if (!begun.equals(ConfigFile.write(plan.config()))) {
        throw new CdrlException(
            "The run in '{0}' was begun with other settings; use the same ones or name another"
                + " folder with --run.",
            plan.folder());
      }
    }
  }

  /** Trains what is not trained yet; whether nothing is left. */
  private boolean trainAll(
      List<Plan> plans, DataSet first, TensorRuntime runtime, Cancellation cancellation) {
    long begin = System.nanoTime();
    long seed = plans.get(0).config().training().seed();
    DataSet data = first;
    for (int i = 0; i < plans.size(); i++) {
      Plan plan = plans.get(i);
      if (isDone(plan)) {
        continue;
      }
      Duration left = options.limit().minus(Duration.ofNanos(System.nanoTime() - begin));
      if (cancellation.isCancelled() || left.isNegative()) {
        return false;
      }
      errors()
          .println(
              String.format(
                  "Run %d of %d: %s, seed %d",
                  i + 1, plans.size(), plan.variant().title(), plan.config().training().seed()));
      errors().flush();
      if (plan.config().training().seed() != seed) {
        // Points are drawn by the seed; a run must have those that its configuration stands for.
        seed = plan.config().training().seed();
        data = data(plan.config(), cancellation);
      }
      if (!train(plan, data, runtime, left, cancellation)) {
        return false;
      }
    }
    return true;
  }

  private static boolean isDone(Plan plan) {
    return Files.exists(plan.divergence())
        || (RunFolder.isRun(plan.folder())
            && RunSummary.of(plan.folder()).state() == RunState.FINISHED);
  }

  /** Trains a variant; whether to its end. */
  private boolean train(
      Plan plan, DataSet data, TensorRuntime runtime, Duration left, Cancellation cancellation) {
    try (RunFolder folder =
        RunFolder.isRun(plan.folder())
            ? RunFolder.open(plan.folder())
            : create(plan.folder(), plan.config(), data, runtime, cancellation)) {
      Outcome outcome =
          train(plan.config(), data, folder, runtime, plan.variant().name(), left, cancellation);
      return outcome.ending() == TrainingRun.Ending.FINISHED;
    } catch (DivergedException e) {
      AtomicFile.writeText(plan.divergence(), e.getMessage() + "\n");
      return true;
    }
  }

  private AblationTable measured(
      TrainingConfig base,
      List<Plan> plans,
      AblationFigures figures,
      TensorRuntime runtime,
      Cancellation cancellation) {
    Map<Variant, List<AblationTable.Row>> rows = new LinkedHashMap<>();
    try (ProgressBar bar = progress("Measuring")) {
      for (Plan plan : plans) {
        rows.computeIfAbsent(plan.variant(), variant -> new ArrayList<>())
            .add(runtime.run(cancellation, lane -> row(plan, figures, runtime, bar, cancellation)));
      }
    }
    return new AblationTable(
        base.name(),
        figures.name(),
        seeds,
        rows.values().stream().map(AblationTable.Row::over).toList());
  }

  private AblationTable.Row row(
      Plan plan,
      AblationFigures figures,
      TensorRuntime runtime,
      ProgressBar bar,
      Cancellation cancellation) {
    RunSummary summary = RunSummary.of(plan.folder());
    int restarts = summary.last().getOrDefault("restarts", 0.0).intValue();
    if (Files.exists(plan.divergence())) {
      return AblationTable.Row.diverged(plan.variant(), restarts, summary.iteration());
    }
    StoredModel stored = ModelFile.read(RunSummary.model(plan.folder()));
    try (CdrlModel model = CdrlModel.of(stored.description(), stored.weights(), runtime);
        LangevinKernel kernel = engine().kernel(runtime)) {
      AblationFigures.Figures found = figures.of(model, kernel, runtime, bar, cancellation);
      return new AblationTable.Row(
          plan.variant(),
          found.value(),
          found.low(),
          found.high(),
          found.sampleDistance(),
          0,
          restarts,
          stored.description().provenance().iterations());
    }
  }

  private void write(Path place, AblationTable table, Report report) {
    table.lines().forEach(report::line);
    AtomicFile.writeText(place.resolve(TABLE + ".csv"), table.csv());
    AtomicFile.writeText(place.resolve(TABLE + ".txt"), String.join("\n", table.lines()) + "\n");
    report.line("");
    report.line("Wrote " + place.resolve(TABLE) + ".csv and .txt.");
    report.value("figure", table.figure());
    report.value("published", Ablation.PUBLISHED);
    report.value("seeds", table.seeds());
    report.value("rows", table.rows().stream().map(AblateCommand::values).toList());
    Path plot = place.resolve(TABLE + ".png");
    try {
      Pictures.write(plot, AblationPlot.of(table), Map.of());
      report.line("Wrote " + plot + ".", "plot", plot.toString());
    } catch (CdrlException e) { // the table is there all the same
      errors().println(e.getMessage());
      report.value("plot", null);
    }
  }

  private static Map<String, @Nullable Object> values(AblationTable.Row row) {
    Map<String, @Nullable Object> values = new LinkedHashMap<>();
    values.put("variant", row.variant().name());
    values.put("title", row.variant().title());
    values.put("table", row.variant().table());
    values.put("diverged", row.diverged());
    values.put("value", row.diverged() ? null : row.value());
    values.put("low", Double.isNaN(row.low()) ? null : row.low());
    values.put("high", Double.isNaN(row.high()) ? null : row.high());
    values.put("sampleDistance", row.diverged() ? null : row.sampleDistance());
    values.put("divergedRuns", row.divergedRuns());
    values.put("restarts", row.restarts());
    values.put("iterations", row.iterations());
    values.put("published", row.variant().published().orElse(null));
    return values;
  }
}
