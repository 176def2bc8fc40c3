package cdrl.cli;

import com.google.gson.Gson;
import com.google.gson.GsonBuilder;
import java.io.PrintWriter;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The result of a command: lines for people, or one JSON object for programs. A command gives both,
 * and the user's choice decides which is printed.
 */
final class Report {
  private static final Gson GSON =
      new GsonBuilder()
          .setPrettyPrinting()
          .disableHtmlEscaping()
          .serializeNulls()
          .serializeSpecialFloatingPointValues()
          .create();

  private final PrintWriter out;
  private final boolean json;
  private final Map<String, @Nullable Object> values = new LinkedHashMap<>();

  Report(PrintWriter out, boolean json) {
    this.out = out;
    this.json = json;
  }

  /** Prints a line for people at once. */
  void line(String text) {
    if (!json) {
      out.println(text);
      out.flush();
    }
  }

  /**
   * Notes a value for programs.
   *
   * @param value text, number, boolean, null, or lists and maps of them
   */
  void value(String key, @Nullable Object value) {
    values.put(key, value);
  }

  /** A line for people and the value in it for programs. */
  void line(String text, String key, @Nullable Object value) {
    line(text);
    value(key, value);
  }

  /** Prints the JSON object if that is wanted. */
  void finish() {
    if (json) {
      out.println(GSON.toJson(values));
      out.flush();
    }
  }
}
