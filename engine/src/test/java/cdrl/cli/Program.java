package cdrl.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Runs the command line inside of this process. */
final class Program {
  private Program() {}

  /**
   * What a command did.
   *
   * @param code the exit code
   * @param out the standard output
   * @param errors the standard error stream
   */
  record Result(int code, String out, String errors) {
    /** The output of a command that must have succeeded. */
    String success() {
      assertEquals(0, code, errors + out);
      return out;
    }

    /** The JSON object that a successful command printed. */
    JsonObject json() {
      return JsonParser.parseString(success()).getAsJsonObject();
    }

    /** Checks that the command failed with one sentence that holds all of the given words. */
    void failsWith(String... words) {
      assertEquals(1, code, errors + out);
      checkSentence(words);
      assertEquals(1, lastLines(), errors);
    }

    /** Checks that the command was refused as wrong usage. */
    void isWrongUsage(String... words) {
      assertEquals(2, code, errors + out);
      checkSentence(words);
    }

    private void checkSentence(String... words) {
      assertTrue(errors.contains("cdrl: "), errors);
      assertFalse(errors.contains("\tat "), errors);
      assertFalse(errors.contains("unforeseen"), errors);
      for (String word : words) {
        assertTrue(errors.contains(word), errors);
      }
    }

    /** The lines from the sentence on. */
    private long lastLines() {
      return errors.substring(errors.indexOf("cdrl: ")).lines().count();
    }
  }

  /** Runs a command; the engine gets one thread, so that tests disturb each other little. */
  static Result run(String... arguments) {
    StringWriter out = new StringWriter();
    StringWriter errors = new StringWriter();
    String[] all = new String[arguments.length + 2];
    all[0] = "--threads";
    all[1] = "1";
    System.arraycopy(arguments, 0, all, 2, arguments.length);
    int code = Main.run(new PrintWriter(out), new PrintWriter(errors), false, all);
    return new Result(code, out.toString(), errors.toString());
  }

  /** Starts a command in a process of its own, both output streams in one. */
  static Process start(String... arguments) throws IOException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.add("-XX:TieredStopAtLevel=1");
    command.add("-cp");
    command.add(
        System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")));
    command.add(Main.class.getName());
    command.addAll(List.of(arguments));
    command.add("--threads");
    command.add("1");
    return new ProcessBuilder(command).redirectErrorStream(true).start();
  }
}
