package cdrl.cli;

import cdrl.data.DataSet;
import cdrl.model.Provenance;
import cdrl.runtime.Cancellation;
import cdrl.runtime.CdrlException;
import cdrl.runtime.Suggestions;
import cdrl.runtime.TensorRuntime;
import cdrl.store.RunFolder;
import cdrl.training.ConfigFile;
import cdrl.training.CooperativeStep;
import cdrl.training.Presets;
import cdrl.training.StartModel;
import cdrl.training.TrainingConfig;
import cdrl.training.TrainingListener;
import cdrl.training.TrainingOrigin;
import cdrl.training.TrainingRun;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** What the commands that train models have in common. */
abstract class TrainingCommand extends SubCommand {
  /**
   * How training ended.
   *
   * @param iteration the last one that was made; 0 when none was made in this session
   * @param seconds of this session
   */
  record Outcome(TrainingRun.Ending ending, long iteration, double seconds) {}

  /**
   * The configuration of that name.
   *
   * @param name a configuration file or preset
   * @param settings replace those of the file, each as {@code path=value}
   */
  static TrainingConfig configuration(String name, List<String> settings) {
    Path file = Path.of(name);
    if (Files.isRegularFile(file)) {
      return ConfigFile.read(file, settings);
    }
    // A folder may well have a preset's name: a run of it, for one.
    Optional<Presets.Preset> preset = Presets.find(name);
    if (preset.isPresent()) {
      return preset.get().config(settings);
    }
    if (Files.exists(file)) {
      return ConfigFile.read(file, settings);
    }
    throw new CdrlException(
        "There is no configuration file '{0}' and no preset of that name{1}",
        name,
        Suggestions.sentenceEnd(name, Presets.all().stream().map(Presets.Preset::name).toList()));
  }

  /** The data of a configuration. */
  final DataSet data(TrainingConfig training, Cancellation cancellation) {
    try (ProgressBar bar = progress("Reading images")) {
      return new TrainingData(errors()).open(training, bar, cancellation);
    }
  }

  /**
   * Makes the folder of a new run.
   *
   * @throws CdrlException when the place is taken, or the model to start from does not fit; nothing
   *     is there then
   */
  static RunFolder create(
      Path place,
      TrainingConfig training,
      DataSet data,
      TensorRuntime runtime,
      Cancellation cancellation) {
    Optional<StartModel> start = StartModel.of(training);
    Provenance provenance = TrainingOrigin.of(training, data, runtime);
    if (start.isPresent()) {
      runtime.run(cancellation, ignored -> requireComplete(start.get(), runtime));
      provenance = start.get().origin(provenance);
    }
    return RunFolder.create(place, ConfigFile.write(training), provenance);
  }

  private static boolean requireComplete(StartModel start, TensorRuntime runtime) {
    start.requireComplete(runtime);
    return true;
  }

  /** Trains until the end, the time limit or a cancellation, whichever comes first. */
  final Outcome train(
      TrainingConfig training,
      DataSet data,
      RunFolder folder,
      TensorRuntime runtime,
      String label,
      Duration limit,
      Cancellation cancellation) {
    long start = System.nanoTime();
    try (ProgressBar bar = progress(label)) {
      Watcher watcher = new Watcher(bar, errors(), training.training().iterations());
      TrainingRun.Ending ending =
          runtime.run(
              cancellation,
              ignored ->
                  new TrainingRun(training, data, folder, runtime, watcher)
                      .run(limit, cancellation));
      return new Outcome(ending, watcher.iteration, (System.nanoTime() - start) / 1e9);
    }
  }

  /** Shows how training goes on. */
  private static final class Watcher implements TrainingListener {
    private final ProgressBar bar;
    private final PrintWriter messages;
    private final long goal;
    private volatile long iteration;

    Watcher(ProgressBar bar, PrintWriter messages, long goal) {
      this.bar = bar;
      this.messages = messages;
      this.goal = goal;
    }

    @Override
    public void iterated(long made, CooperativeStep.Outcome outcome, double perSecond) {
      iteration = made;
      if (bar.shown()) {
        long left = Math.round((goal - made) / perSecond);
        bar.update(
            made,
            goal,
            String.format(
                Locale.ROOT,
                "%.2f/s, %s left, energy loss %.3g",
                perSecond,
                TimeLimit.text(Duration.ofSeconds(left)),
                outcome.energyLoss()));
      }
    }

    @Override
    public void told(String sentence) {
      bar.clear();
      messages.println(sentence);
      messages.flush();
    }
  }
}
