package cdrl.store;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Finds test data in the folder {@code shared} beside the checkout. */
public final class SharedFiles {
  private SharedFiles() {}

  /** The file of reference numbers with the given name; the test is skipped when there is none. */
  public static Path parity(String name) {
    Path folder = folder();
    Path file = folder == null ? null : folder.resolve("parity").resolve(name);
    assumeTrue(
        file != null && Files.exists(file),
        () -> "skipped: there is no shared/parity/" + name + " beside the checkout");
    return java.util.Objects.requireNonNull(file);
  }

  private static @Nullable Path folder() {
    String named = System.getProperty("cdrl.shared", System.getenv("CDRL_SHARED"));
    if (named != null) {
      return Path.of(named);
    }
    // The build runs in the project's root or in one of its modules.
    return Stream.of("../shared", "../../shared")
        .map(Path::of)
        .filter(Files::isDirectory)
        .findFirst()
        .orElse(null);
  }
}
