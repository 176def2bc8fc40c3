package cdrl.studio;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The first start of ./cdrl writes an archive of the classes it has loaded, as it ends. */
final class ClassArchiveTest {
  @TempDir private Path folder;

  @Test
  void javaCanArchiveTheClassesOfTheCommandLine() throws IOException, InterruptedException {
    Path home = Path.of(System.getProperty("java.home"));
    assumeTrue(
        Files.exists(home.resolve("lib/server/classes.jsa")),
        "this JDK has no archive of its own classes to build upon");
    Path archive = folder.resolve("classes.jsa");
    Process process =
        new ProcessBuilder(
                home.resolve("bin/java").toString(),
                "-Xlog:disable",
                "-XX:ArchiveClassesAtExit=" + archive,
                "-cp",
                JarClassPath.make(folder),
                "cdrl.cli.Main",
                "models")
            .directory(folder.toFile()) // where Java would describe a crash
            .redirectErrorStream(true)
            .start();
    String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertEquals(0, process.waitFor(), said);
    assertTrue(said.contains("faces32"), said);
    assertTrue(Files.size(archive) > 0);
  }
}
