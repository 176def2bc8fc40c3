package cdrl.cli;

import java.security.SecureRandom;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The option of commands that draw random numbers. */
final class SeedOption {
  @Option(
      names = "--seed",
      paramLabel = "S",
      description = "All random numbers follow from it (default: a new one, which is printed).")
  private @Nullable Long seed;

  /** The given seed, or a new one of up to nine digits, which people can copy. */
  long choose() {
    return seed != null ? seed : new SecureRandom().nextInt(1_000_000_000);
  }
}
