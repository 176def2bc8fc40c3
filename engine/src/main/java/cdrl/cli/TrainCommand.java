package cdrl.cli;

import cdrl.data.DataSet;
import cdrl.data.ImageDataSet;
import cdrl.runtime.Cancellation;
import cdrl.runtime.CdrlException;
import cdrl.runtime.TensorRuntime;
import cdrl.store.RunFolder;
import cdrl.training.ConfigFile;
import cdrl.training.Trainer;
import cdrl.training.TrainingConfig;
import cdrl.training.TrainingRun;
import java.nio.file.Path;
import java.time.LocalDateTime;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Trains a model into a run folder. */
@Command(
    name = "train",
    sortOptions = false,
    description = {
      "Trains a model into a run folder, or goes on with a run.",
      "An interruption (SIGINT or SIGTERM) writes a checkpoint and ends with exit code 130."
    })
final class TrainCommand extends TrainingCommand {
  /** What may change when a run goes on; everything else would make it another run. */
  private static final List<String> CHANGEABLE =
      List.of("training.iterations=", "training.cooldown=", "output.", "compute.", "data.path=");

  @Parameters(
      paramLabel = "CONFIG",
      arity = "0..1",
      description = "A configuration file (YAML) or the name of a preset ('cdrl presets').")
  private @Nullable String config;

  @Option(
      names = "--run",
      paramLabel = "DIR",
      description = "The run folder to make (default: runs/NAME-TIME).")
  private @Nullable Path run;

  @Option(
      names = "--resume",
      paramLabel = "DIR",
      description = "Goes on with the run in this folder, from its newest checkpoint.")
  private @Nullable Path resume;

  @Mixin private TrainingOptions options;

  @Override
  int run(Report report) {
    if ((config == null) == (resume == null)) {
      throw wrongUsage("Name either a configuration or, with --resume, a run to go on with");
    }
    if (resume != null && run != null) {
      throw wrongUsage("--resume goes on in its own folder, so it cannot be used with --run");
    }
    List<String> settings = options.settings(engine());
    if (resume != null) {
      return goOn(resume, settings, report, cancellation());
    }
    TrainingConfig training = configuration(String.valueOf(config), settings);
    return begin(training, report, cancellation());
  }

  private int begin(TrainingConfig training, Report report, Cancellation cancellation) {
    DataSet data = data(training, cancellation);
    Trainer.requireFitting(training, data);
    Path place = run != null ? run : defaultFolder(training);
    try (TensorRuntime runtime = engine().open();
        RunFolder folder = create(place, training, data, runtime, cancellation)) {
      return train(training, data, folder, runtime, report, cancellation);
    }
  }

  private int goOn(Path place, List<String> settings, Report report, Cancellation cancellation) {
    for (String setting : settings) {
      if (CHANGEABLE.stream().noneMatch(setting.strip()::startsWith)) {
        throw new CdrlException(
            "A run that goes on cannot change '{0}'; only training.iterations, training.cooldown,"
                + " data.path, output and compute settings can change.",
            setting.replaceFirst("\\s*=.*", ""));
      }
    }
    try (RunFolder folder = RunFolder.open(place)) {
      TrainingConfig training =
          ConfigFile.parse(folder.config(), place.resolve("config.yaml").toString(), settings);
      if (nothingIsLeft(training, folder)) {
        return tellFinished(training, folder, report);
      }
      DataSet data = data(training, cancellation);
      String expected = folder.provenance().dataFingerprint();
      if (!expected.isEmpty() && !data.isKnownAs(expected)) {
        throw new CdrlException(
            "The data are not those that the run in '{0}' began with; restore them or begin a new"
                + " run.",
            place);
      }
      String changed = ConfigFile.write(training);
      if (!changed.equals(folder.config())) {
        folder.replaceConfig(changed);
      }
      try (TensorRuntime runtime = engine().open()) {
        return train(training, data, folder, runtime, report, cancellation);
      }
    }
  }

  /** Whether a run has made all that is asked for; refuses what it has gone past already. */
  private static boolean nothingIsLeft(TrainingConfig training, RunFolder folder) {
    List<Long> checkpoints = folder.checkpoints().iterations();
    long made = checkpoints.isEmpty() ? 0 : checkpoints.get(checkpoints.size() - 1);
    long wanted = training.training().iterations();
    if (made > wanted) {
      throw new CdrlException(
          "The run in '{0}' has made {1} iterations already, so it cannot end at iteration {2};"
              + " name more with --iterations.",
          folder.path(), made, wanted);
    }
    return made == wanted && folder.isFinished();
  }

  private static int tellFinished(TrainingConfig training, RunFolder folder, Report report) {
    long made = training.training().iterations();
    report.value("run", folder.path().toString());
    report.value("ending", "finished");
    report.value("iteration", made);
    report.value("model", folder.model().toString());
    report.value("seconds", 0.0);
    report.line(
        "The run in '"
            + folder.path()
            + "' is finished, all "
            + made
            + " iterations are made; to train it for longer, name more with --iterations.");
    return 0;
  }

  private int train(
      TrainingConfig training,
      DataSet data,
      RunFolder folder,
      TensorRuntime runtime,
      Report report,
      Cancellation cancellation) {
    if (data instanceof ImageDataSet images) {
      images.notes().forEach(folder::log); // which files were left out
    }
    report.line("Run folder: " + folder.path(), "run", folder.path().toString());
    long usedSeed = training.training().seed();
    report.line("Seed: " + usedSeed, "seed", usedSeed);
    String device = runtime.deviceSentence().toString();
    report.line(device, "device", device);
    Outcome outcome =
        train(training, data, folder, runtime, "Training", options.limit(), cancellation);
    TrainingRun.Ending ending = outcome.ending();
    report.value("ending", ending.name().toLowerCase(Locale.ROOT).replace('_', ' '));
    report.value("iteration", outcome.iteration());
    report.value("model", folder.model().toString());
    report.line(
        String.format(
            Locale.ROOT,
            "Model: %s (trained for %.0f s in this session)",
            folder.model(),
            outcome.seconds()),
        "seconds",
        outcome.seconds());
    if (ending != TrainingRun.Ending.FINISHED) {
      report.line("Go on with: cdrl train --resume " + folder.path());
    }
    return ending == TrainingRun.Ending.CANCELLED ? Main.CANCELLED : 0;
  }

  private static Path defaultFolder(TrainingConfig training) {
    String name = training.name().replaceAll("[^A-Za-z0-9._-]+", "-");
    String time = LocalDateTime.now().format(DateTimeFormatter.ofPattern("yyyyMMdd-HHmmss"));
    return Path.of("runs", name + "-" + time);
  }
}
