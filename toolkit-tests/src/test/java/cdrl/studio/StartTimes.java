package cdrl.studio;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * Starts the program a few times in processes of its own, as its script does: from jars, with an
 * archive of loaded classes that the first start has made.
 */
final class StartTimes {
  private static final List<String> PROPERTIES =
      List.of(
          "glass.platform",
          "monocle.platform",
          "prism.order",
          "headless.geometry",
          "java.awt.headless",
          "java.util.logging.config.file",
          "ai.djl.offline",
          "OPT_OUT_TRACKING");

  private final Path folder;
  final Timings usable = new Timings();
  final Timings loaded = new Timings();

  /**
   * @param folder for what the starts leave behind
   */
  StartTimes(Path folder) {
    this.folder = folder;
  }

  /** Starts once to make the archive, and then a few times to measure. */
  void measure(int starts) throws IOException, InterruptedException {
    String classPath = JarClassPath.make(folder);
    Path archive = folder.resolve("classes.jsa");
    start("-XX:ArchiveClassesAtExit=" + archive, classPath, new Timings(), new Timings());
    for (int i = 0; i < starts; i++) {
      start("-XX:SharedArchiveFile=" + archive, classPath, usable, loaded);
    }
  }

  private void start(String archive, String classPath, Timings usable, Timings loaded)
      throws IOException, InterruptedException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of("-Xlog:disable", archive));
    for (String name : PROPERTIES) {
      String value = System.getProperty(name);
      if (value != null) {
        command.add("-D" + name + "=" + value);
      }
    }
    command.add("-Dcdrl.home=" + folder);
    command.add("-Dcdrl.preferences=" + folder.resolve("preferences.properties"));
    command.addAll(List.of("-cp", classPath, StartProbe.class.getName()));
    ProcessBuilder builder =
        new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.DISCARD);
    Process process = builder.start();
    try (BufferedReader lines =
        new BufferedReader(
            new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        String[] words = line.split(" ", -1);
        if (words[0].equals("usable")) {
          usable.add(Double.parseDouble(words[1]));
        } else if (words[0].equals("loaded")) {
          loaded.add(Double.parseDouble(words[1]));
        }
      }
    }
    process.waitFor();
  }
}
