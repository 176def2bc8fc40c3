package cdrl.cli;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/**
 * The options of commands that train: what replaces settings of a configuration, and for how long.
 */
final class TrainingOptions {
  /** As long as it takes. */
  private static final Duration NO_LIMIT = Duration.ofDays(36_500);

  @Option(
      names = "--set",
      paramLabel = "KEY=VALUE",
      description = "Replaces a setting, such as training.batch=64; may be repeated.")
  private List<String> overrides = new ArrayList<>();

  @Option(
      names = "--iterations",
      paramLabel = "N",
      description = "The iteration to end at; short for --set training.iterations=N.")
  private @Nullable Long iterations;

  @Option(names = "--seed", paramLabel = "S", description = "Short for --set training.seed=S.")
  private @Nullable Long seed;

  @Option(
      names = "--time-limit",
      paramLabel = "TIME",
      converter = TimeLimit.class,
      description = "Stops after this time, such as 90s, 30m or 1h30m, with a checkpoint.")
  private Duration limit = NO_LIMIT;

  /** When to stop. */
  Duration limit() {
    return limit;
  }

  /**
   * What replaces settings of a configuration, each as {@code path=value}.
   *
   * @param engine how to compute
   */
  List<String> settings(EngineOptions engine) {
    List<String> settings = new ArrayList<>(overrides);
    settings.addAll(engine.settings());
    if (iterations != null) {
      settings.add("training.iterations=" + iterations);
    }
    if (seed != null) {
      settings.add("training.seed=" + seed);
    }
    return settings;
  }
}
