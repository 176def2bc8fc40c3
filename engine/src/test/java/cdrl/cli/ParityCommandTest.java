package cdrl.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.JsonObject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ParityCommandTest {
  /** λ_0 = 9.8 and what follows from it. */
  private static final String LEVEL_0 =
      "{\"t\": 0, \"logsnr\": 9.8, \"alpha_bar_sq\": 0.9999445514752772,"
          + " \"sigma_bar_sq\": 5.5448524722794907e-05}";

  @TempDir private Path folder;

  @Test
  void rightNumbersPass() throws IOException {
    Files.writeString(folder.resolve("schedule.json"), "{\"3\": [" + LEVEL_0 + "]}");
    JsonObject json = Program.run("parity", folder.toString(), "--json").json();
    assertEquals(3, json.get("passed").getAsInt());
    assertEquals(0, json.get("failed").getAsInt());
  }

  @Test
  void wrongNumbersFail() throws IOException {
    Files.writeString(
        folder.resolve("schedule.json"), "{\"3\": [" + LEVEL_0.replace("9.8", "9.7") + "]}");
    Program.Result result = Program.run("parity", folder.toString());
    assertEquals(1, result.code());
    assertTrue(result.out().contains("FAILED"), result.out());
    assertTrue(result.out().contains("2 passed, 1 failed"), result.out());
  }

  @Test
  void foldersWithoutCasesAreRefused() throws IOException {
    Program.Result empty = Program.run("parity", folder.toString());
    empty.failsWith("no parity data");
    assertEquals("", empty.out());
    Program.run("parity", folder.resolve("none").toString()).failsWith("none");
    Files.writeString(folder.resolve("schedule.json"), "{\"3\": 4}");
    Program.Result result = Program.run("parity", folder.toString());
    assertEquals(1, result.code());
    assertTrue(result.out().contains("not a table of noise schedules"), result.out());
  }

  @Test
  void aDamagedFileIsAFailure() throws IOException {
    Files.write(folder.resolve("ebm_x.npz"), new byte[0]);
    Program.Result result = Program.run("parity", folder.toString());
    assertEquals(1, result.code());
    assertTrue(result.out().contains("ebm_x.npz"), result.out());
  }
}
