package cdrl.cli;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import cdrl.evaluate.AnnealedImportance;
import cdrl.evaluate.AnnealedLikelihood;
import cdrl.model.TestModels;
import java.io.PrintWriter;
import java.io.StringWriter;
import org.junit.jupiter.api.Test;

class AnnealedFiguresTest {
  private static String told(double variance) {
    StringWriter out = new StringWriter();
    AnnealedFigures.report(
        new AnnealedLikelihood(
            -192, -200, -184, new AnnealedImportance.Estimate(12.5, 12, 13, variance, 1.5, 0.5)),
        50,
        TestModels.images(8, 3),
        new Report(new PrintWriter(out, true), false));
    return out.toString();
  }

  @Test
  void figuresHaveTheirIntervals() {
    String text = told(0.3);
    assertTrue(text.contains("50 items: -192.0000 nats (95 % interval -200.0000"), text);
    // 192 numbers: 1 / ln 2 bits each, and log2(127.5) for the size of a colour's step.
    assertTrue(text.contains("8.4370 bits per colour value"), text);
    assertFalse(text.contains("trusted"), text);
  }

  @Test
  void figuresThatCannotBeTrustedAreCalledUnknown() {
    String text = told(40);
    assertTrue(text.contains("50 items: unknown, probably below -192.0000 nats"), text);
    assertTrue(text.contains("not to be trusted; more --distributions"), text);
    assertFalse(text.contains("interval"), text);
    assertFalse(text.contains("bits per"), text);
  }
}
