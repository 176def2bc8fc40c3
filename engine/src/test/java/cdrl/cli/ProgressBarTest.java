package cdrl.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.PrintWriter;
import java.io.StringWriter;
import org.junit.jupiter.api.Test;

class ProgressBarTest {
  private final StringWriter text = new StringWriter();

  private ProgressBar bar(boolean shown) {
    return new ProgressBar(new PrintWriter(text), shown, "Working");
  }

  @Test
  void showsNothingWithoutATerminal() {
    try (ProgressBar bar = bar(false)) {
      bar.update(1, 2, "half");
    }
    assertEquals("", text.toString());
  }

  @Test
  void drawsOnOneLineAndTakesItAway() {
    try (ProgressBar bar = bar(true)) {
      bar.update(1, 2, "half");
      assertEquals(
          "\rWorking [" + "#".repeat(12) + "-".repeat(12) + "] 1/2  half", text.toString());
      bar.update(2, 2, "");
    }
    assertTrue(text.toString().contains("[" + "#".repeat(24) + "] 2/2"), text.toString());
    assertTrue(text.toString().endsWith(" \r"), text.toString());
    assertTrue(text.toString().indexOf('\n') < 0, text.toString());
  }

  @Test
  void skipsUpdatesThatComeTooFast() {
    try (ProgressBar bar = bar(true)) {
      for (int i = 0; i < 1000; i++) {
        bar.update(i, 1_000_000, "");
      }
      assertTrue(text.toString().chars().filter(c -> c == '\r').count() < 500);
    }
  }
}
