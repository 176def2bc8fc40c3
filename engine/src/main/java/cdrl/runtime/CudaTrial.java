package cdrl.runtime;

import ai.djl.Device;
import ai.djl.engine.Engine;
import ai.djl.engine.StandardCapabilities;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Computes something on a GPU in a process of its own, because a driver that does not fit the CUDA
 * libraries may end the process that loads them. What passed is remembered beside the libraries
 * until the driver changes, so only the first start pays for it.
 */
final class CudaTrial implements NativeLibrary.CudaCheck {
  private static final long PATIENCE_SECONDS = 120;

  @Override
  public @Nullable Sentence obstacle(Path folder, String driver) {
    Path passed = folder.resolve("cdrl-passed.txt");
    try {
      if (Files.isRegularFile(passed) && Files.readString(passed).equals(driver)) {
        return null;
      }
      Path answer = Files.createTempFile("cdrl-cuda", ".txt");
      try {
        Sentence obstacle = runTrial(folder, answer);
        if (obstacle == null) {
          AtomicFile.write(passed, out -> out.write(driver.getBytes(StandardCharsets.UTF_8)));
        }
        return obstacle;
      } finally {
        Files.deleteIfExists(answer);
      }
    } catch (IOException failure) {
      return new Sentence("a trial on it could not be started ({0})", failure);
    } catch (CdrlException unwritable) {
      return null; // the trial passed; it will run again next time
    }
  }

  private static @Nullable Sentence runTrial(Path folder, Path answer) throws IOException {
    List<String> command =
        List.of(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-Djava.awt.headless=true",
            "-Dai.djl.offline=true",
            "-DOPT_OUT_TRACKING=true",
            "-DPYTORCH_LIBRARY_PATH=" + folder,
            "-DPYTORCH_FLAVOR=" + NativeLibrary.CUDA_FLAVOR,
            "-cp",
            System.getProperty("java.class.path"),
            CudaTrial.class.getName(),
            answer.toString());
    Process process =
        new ProcessBuilder(command)
            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
            .redirectError(ProcessBuilder.Redirect.DISCARD)
            .start();
    try {
      if (!process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
        return new Sentence("a trial on the GPU did not end within {0} seconds", PATIENCE_SECONDS);
      }
      if (process.exitValue() == 0) {
        return null;
      }
      String reason = Files.readString(answer).strip();
      return reason.isEmpty()
          ? new Sentence("a trial on the GPU failed (exit status {0})", process.exitValue())
          : new Sentence("a trial on the GPU failed ({0})", reason);
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      return new Sentence("a trial on the GPU was interrupted");
    } finally {
      process.destroyForcibly();
    }
  }

  /**
   * The trial itself.
   *
   * @param arguments the file for the reason of a failure
   */
  public static void main(String[] arguments) throws IOException {
    try {
      Engine engine = Engine.getEngine("PyTorch");
      if (!engine.hasCapability(StandardCapabilities.CUDA)) {
        throw new IllegalStateException("PyTorch finds no CUDA device that it can use");
      }
      try (NDManager manager = engine.newBaseManager(Device.gpu(0))) {
        float sum =
            manager.ones(new Shape(8, 8)).matMul(manager.ones(new Shape(8, 8))).sum().getFloat();
        if (sum != 512f) {
          throw new IllegalStateException("8 × 8 × 8 came out as " + sum);
        }
      }
    } catch (Throwable failure) { // whatever it is, it must reach the one who asks
      Throwable root = failure;
      while (root.getCause() != null) {
        root = root.getCause();
      }
      String message = root.getMessage() == null ? root.toString() : root.getMessage();
      String line = message.lines().findFirst().orElse("");
      Files.writeString(
          Path.of(arguments[0]), line.length() <= 200 ? line : line.substring(0, 200) + "…");
      System.exit(1);
    }
    System.exit(0);
  }
}
