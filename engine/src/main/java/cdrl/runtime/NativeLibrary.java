package cdrl.runtime;

import ai.djl.util.Utils;
import java.io.File;
import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Decides which build of PyTorch this process loads. There are three:
 *
 * <ul>
 *   <li>the one for the processor, which comes with the program;
 *   <li>the one for CUDA, once {@link CudaInstaller} has downloaded it;
 *   <li>an installation of the user's, named by {@code PYTORCH_LIBRARY_PATH} (an environment
 *       variable or a system property), which goes before the others.
 * </ul>
 *
 * <p>A process can load one build, once; so this is the program's only global state.
 */
public final class NativeLibrary {
  /** The version of PyTorch that the program is built for. */
  public static final String VERSION = "2.7.1";

  /** The name of the CUDA build: CUDA 12.8. */
  static final String CUDA_FLAVOR = "cu128";

  private static final String PATH_VARIABLE = "PYTORCH_LIBRARY_PATH";
  private static final String FLAVOR_VARIABLE = "PYTORCH_FLAVOR";
  private static final Pattern VERSION_LINE = Pattern.compile("(\\d+\\.\\d+\\.\\d+)\\S*?");

  private static @Nullable Build chosen;

  private NativeLibrary() {}

  /** Where a build of PyTorch comes from. */
  public enum Origin {
    /** It comes with the program and computes on the processor. */
    BUNDLED,
    /** The CUDA build that {@link CudaInstaller} put into the cache. */
    INSTALLED,
    /** The user's own, found by {@code PYTORCH_LIBRARY_PATH}. */
    LIBRARY_PATH
  }

  /**
   * A build of PyTorch.
   *
   * @param origin where it comes from
   * @param folder the folder of its libraries; null for the bundled build
   * @param gpuObstacle why it cannot compute on a GPU, to follow the word "because"; null when it
   *     was made for CUDA
   */
  public record Build(Origin origin, @Nullable Path folder, @Nullable Sentence gpuObstacle) {}

  /**
   * What the decision depends on.
   *
   * @param classifier operating system and processor, as in {@code linux-x86_64}
   * @param cache where unpacked and downloaded builds lie
   * @param libraryPath the value of {@code PYTORCH_LIBRARY_PATH}, if set
   * @param driver the NVIDIA driver's version or identity, if there is a driver
   */
  record Machine(
      String classifier, Path cache, @Nullable String libraryPath, @Nullable String driver) {
    static Machine current() {
      return new Machine(
          currentClassifier(),
          NativeLibrary.cache(),
          setting(PATH_VARIABLE),
          nvidiaDriver().orElse(null));
    }

    /** Whether a CUDA build of PyTorch exists for this kind of machine. */
    boolean hasCudaBuild() {
      return classifier.equals("linux-x86_64") || classifier.equals("win-x86_64");
    }

    Path cudaFolder() {
      return cache.resolve(VERSION + "-" + CUDA_FLAVOR + "-" + classifier);
    }

    /** The file name of a native library, for example {@code libtorch.so}. */
    String fileName(String library) {
      return classifier.startsWith("win-")
          ? library + ".dll"
          : "lib" + library + (classifier.startsWith("osx-") ? ".dylib" : ".so");
    }
  }

  /** Finds out whether an installed CUDA build works, without a risk for this process. */
  interface CudaCheck {
    /** Why the build in the folder cannot be used, to follow the word "because", or null. */
    @Nullable Sentence obstacle(Path folder, String driver);
  }

  /**
   * Chooses the build for the wanted device and makes it the one that the tensor engine loads. Call
   * it before the engine starts. Once it was called, later calls return the same build.
   *
   * @throws CdrlException when {@code PYTORCH_LIBRARY_PATH} does not lead to a fitting PyTorch
   */
  public static synchronized Build prepare(DeviceChoice wanted) {
    Build before = chosen;
    if (before != null) {
      return before;
    }
    Build build = choose(Machine.current(), wanted, new CudaTrial());
    Path folder = build.folder();
    if (folder != null) {
      setDefault(PATH_VARIABLE, folder.toString());
      setDefault(FLAVOR_VARIABLE, build.gpuObstacle() == null ? CUDA_FLAVOR : "cpu");
    }
    chosen = build;
    return build;
  }

  static Build choose(Machine machine, DeviceChoice wanted, CudaCheck check) {
    if (machine.libraryPath() != null) {
      return usersBuild(machine, machine.libraryPath());
    }
    Sentence obstacle = null;
    String driver = machine.driver();
    Path folder = machine.cudaFolder();
    if (!machine.hasCudaBuild()) {
      obstacle = new Sentence("there is no CUDA build of PyTorch for this kind of machine");
    } else if (driver == null) {
      obstacle = new Sentence("there is no NVIDIA driver");
    } else if (!Files.isRegularFile(folder.resolve(machine.fileName("torch_cuda")))) {
      obstacle =
          new Sentence(
              "PyTorch's CUDA build is not installed ('cdrl doctor --install-gpu' downloads it)");
    } else if (wanted.kind() == DeviceChoice.Kind.CPU) {
      obstacle = new Sentence("PyTorch was loaded for the CPU when this process started");
    } else {
      obstacle = check.obstacle(folder, driver);
    }
    return obstacle == null
        ? new Build(Origin.INSTALLED, folder, null)
        : new Build(Origin.BUNDLED, null, obstacle);
  }

  private static Build usersBuild(Machine machine, String libraryPath) {
    Path folder =
        List.of(libraryPath.split(Pattern.quote(File.pathSeparator))).stream()
            .map(Path::of)
            .map(path -> Files.isRegularFile(path) ? path.toAbsolutePath().getParent() : path)
            .filter(path -> Files.isRegularFile(path.resolve(machine.fileName("torch"))))
            .findFirst()
            .orElseThrow(
                () ->
                    new CdrlException(
                        "PYTORCH_LIBRARY_PATH is '{0}', but there is no {1}; set it to the 'lib'"
                            + " folder of PyTorch {2}, or unset it.",
                        libraryPath, machine.fileName("torch"), VERSION));
    installedVersion(folder)
        .filter(version -> !version.equals(VERSION))
        .ifPresent(
            version -> {
              throw new CdrlException(
                  "PYTORCH_LIBRARY_PATH leads to PyTorch {0} in '{1}', but the program needs {2};"
                      + " install that version, or unset the variable.",
                  version, folder, VERSION);
            });
    boolean cuda = Files.isRegularFile(folder.resolve(machine.fileName("torch_cuda")));
    return new Build(
        Origin.LIBRARY_PATH,
        folder,
        cuda ? null : new Sentence("the PyTorch that PYTORCH_LIBRARY_PATH leads to has no CUDA"));
  }

  /** The version as a Python package or a downloaded LibTorch states it beside its libraries. */
  private static Optional<String> installedVersion(Path folder) {
    Path parent = folder.toAbsolutePath().normalize().getParent();
    if (parent == null) {
      return Optional.empty();
    }
    for (String name : List.of("build-version", "version.py")) {
      Path file = parent.resolve(name);
      if (Files.isRegularFile(file)) {
        try {
          Matcher matcher = VERSION_LINE.matcher(Files.readString(file));
          if (matcher.find()) {
            return Optional.of(matcher.group(1));
          }
        } catch (IOException unreadable) {
          return Optional.empty(); // then loading it will tell
        }
      }
    }
    return Optional.empty();
  }

  /** Whether the CUDA build was downloaded to this machine. */
  public static boolean isCudaInstalled() {
    Machine machine = Machine.current();
    return Files.isRegularFile(machine.cudaFolder().resolve(machine.fileName("torch_cuda")));
  }

  /** The folder in which unpacked and downloaded builds lie. */
  public static Path cache() {
    return Utils.getEngineCacheDir("pytorch");
  }

  /** The version, or some other identity, of the NVIDIA driver, if this machine has one. */
  public static Optional<String> nvidiaDriver() {
    Path version = Path.of("/proc/driver/nvidia/version");
    if (Files.isReadable(version)) {
      try {
        return Files.readString(version).lines().findFirst();
      } catch (IOException unreadable) {
        return Optional.of("unknown version");
      }
    }
    String windows = System.getenv("SystemRoot");
    List<Path> traces =
        windows == null
            ? List.of(Path.of("/dev/nvidiactl"), Path.of("/usr/lib/wsl/lib/libcuda.so.1"))
            : List.of(Path.of(windows, "System32", "nvcuda.dll"));
    return traces.stream().filter(Files::exists).map(Path::toString).findFirst();
  }

  /** Says in a sentence why the tensor library did not start and what helps. */
  public static CdrlException failure(Throwable failure) {
    Throwable root = failure;
    while (root.getCause() != null) {
      root = root.getCause();
    }
    String reason = root.getMessage() == null ? root.getClass().getSimpleName() : root.getMessage();
    if (root instanceof IOException && reason.toLowerCase(Locale.ROOT).contains("no space left")) {
      return new CdrlException(
          failure,
          "There is no room to unpack PyTorch into '{0}'; free half a gigabyte there, or set"
              + " DJL_CACHE_DIR to a folder elsewhere.",
          cache());
    }
    if (root instanceof FileSystemException) {
      return new CdrlException(
          failure,
          "PyTorch cannot be unpacked into '{0}', which cannot be written to; set DJL_CACHE_DIR to"
              + " a folder of your own.",
          cache());
    }
    Build build = chosen;
    return build == null || build.folder() == null
        ? new CdrlException(
            failure,
            "PyTorch could not be started ({0}); run 'cdrl doctor' to see what is missing.",
            reason)
        : new CdrlException(
            failure,
            "PyTorch could not be started from '{0}' ({1}); run 'cdrl doctor' to see what is"
                + " missing.",
            build.folder(),
            reason);
  }

  static String currentClassifier() {
    String system = System.getProperty("os.name", "").toLowerCase(Locale.ROOT);
    String processor = System.getProperty("os.arch", "");
    return (system.startsWith("win") ? "win" : system.startsWith("mac") ? "osx" : "linux")
        + "-"
        + (processor.equals("amd64") ? "x86_64" : processor);
  }

  private static @Nullable String setting(String name) {
    String value = System.getenv(name);
    if (value == null) {
      value = System.getProperty(name);
    }
    return value == null || value.isBlank() ? null : value;
  }

  private static void setDefault(String name, String value) {
    if (setting(name) == null) {
      System.setProperty(name, value);
    }
  }
}
