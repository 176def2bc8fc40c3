package cdrl.cli;

import java.io.IOException;
import java.nio.charset.Charset;
import java.util.concurrent.TimeUnit;

/** Runs small programs of the system for what they print. */
final class Tool {
  private static final int SECONDS = 10;

  private Tool() {}

  /**
   * What a program prints.
   *
   * @throws IOException when it is not there, fails, or does not end in time
   */
  static String output(String... command) throws IOException {
    Process process =
        new ProcessBuilder(command)
            .redirectErrorStream(true)
            .redirectInput(ProcessBuilder.Redirect.PIPE)
            .start();
    try (var input = process.getInputStream()) {
      process.getOutputStream().close();
      process.onExit().orTimeout(SECONDS, TimeUnit.SECONDS).exceptionally(late -> kill(process));
      String text = new String(input.readAllBytes(), Charset.defaultCharset());
      int code = process.waitFor();
      if (code != 0) {
        throw new IOException(command[0] + " ended with code " + code);
      }
      return text;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException(command[0] + " was interrupted", e);
    }
  }

  private static Process kill(Process process) {
    return process.destroyForcibly();
  }
}
