package cdrl.training;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import cdrl.runtime.CdrlException;
import cdrl.runtime.HostTensor;
import cdrl.runtime.Sentence;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class DivergenceGuardTest {
  private static final TrainingConfig.Guard LIMITS = new TrainingConfig.Guard(3, 0.5, 3, 10, 20, 5);

  private final DivergenceGuard guard = new DivergenceGuard(LIMITS, 2, 4);

  private static CooperativeStep.Outcome outcome(
      double gradient, float difference, float driftToNoise) {
    return outcome(gradient, difference, driftToNoise, LevelGradients.NONE);
  }

  private static LevelGradients gradients(double... energy) {
    return new LevelGradients(energy, new double[] {1, 1}, 0);
  }

  private static CooperativeStep.Outcome outcome(
      double gradient, float difference, float driftToNoise, LevelGradients gradients) {
    HostTensor none = new HostTensor(new long[] {0}, new float[0]);
    return new CooperativeStep.Outcome(
        new int[] {1, 2},
        new float[] {0, 0},
        new float[] {0, difference},
        0,
        0,
        gradient,
        1,
        new float[] {1, 1},
        new float[] {1, driftToNoise},
        gradients,
        none,
        none,
        none);
  }

  private Optional<String> look(int times, CooperativeStep.Outcome outcome) {
    Optional<String> last = Optional.empty();
    for (int i = 0; i < times; i++) {
      last = guard.look(outcome).map(Sentence::toString);
    }
    return last;
  }

  @Test
  void aHealthyRunIsLeftAlone() {
    assertEquals(Optional.empty(), look(500, outcome(2, 1, 1)));
    assertFalse(guard.isSuspicious());
  }

  @Test
  void numbersThatAreNotFiniteCountAtOnce() {
    assertEquals(
        "a loss or gradient is no longer a finite number",
        look(1, outcome(Double.NaN, 1, 1)).orElseThrow());
    assertEquals(
        "at noise level 2 energies or samples are no longer finite numbers",
        look(1, outcome(Double.NaN, Float.NaN, 1)).orElseThrow());
    assertEquals(
        "at noise level 1 a gradient is no longer a finite number",
        look(1, outcome(Double.NaN, 1, 1, gradients(Double.POSITIVE_INFINITY, 1))).orElseThrow());
  }

  @Test
  void aGradientThatGrowsAtOneLevelIsToldOfThatLevel() {
    look(200, outcome(2, 1, 1, gradients(1, 10)));
    assertEquals(Optional.empty(), look(1, outcome(2, 1, 1, gradients(100, 10))));
    assertTrue(guard.isSuspicious());
    assertEquals(
        "at noise level 1 the gradient of the energy network is 100 times as long as usual",
        look(2, outcome(2, 1, 1, gradients(100, 10))).orElseThrow());
    guard.calm();
    assertEquals(
        "the gradient of the energy network is 50 times as long as usual, and at noise level 2,"
            + " where it grew most, 60 times",
        look(3, outcome(100, 1, 1, gradients(1, 600))).orElseThrow());
    guard.calm();
    assertEquals(Optional.empty(), look(50, outcome(2, 1, 1, gradients(Double.NaN, 10))));
    assertFalse(guard.isSuspicious(), "a level that was not drawn says nothing");
  }

  @Test
  void goesOnFromWhatEarlierVersionsRemembered() {
    guard.restore("200 0.5 2 1 0 0 0");
    assertTrue(guard.memory().startsWith("200 0.5 2 1 0 0 0 0 0"), guard.memory());
    guard.restore(guard.memory());
    assertTrue(guard.isSuspicious());
  }

  @Test
  void anythingElseMustLast() {
    look(200, outcome(2, 1, 1));
    assertEquals(Optional.empty(), look(2, outcome(100, 1, 1)));
    assertTrue(guard.isSuspicious());
    assertEquals(Optional.empty(), look(1, outcome(2, 1, 1)), "a spike");
    assertFalse(guard.isSuspicious());
    assertEquals(
        "the gradient of the energy network is 50 times as long as usual",
        look(3, outcome(100, 1, 1)).orElseThrow());
  }

  @Test
  void everyLevelIsWatched() {
    assertEquals(Optional.empty(), look(50, outcome(2, 10, 20)), "the limits themselves are fine");
    assertTrue(
        look(3, outcome(2, 1, 45)).orElseThrow().contains("level 2 gradients move samples 45"));
    guard.calm();
    // The limit is in units of the square root of 4 values.
    assertTrue(look(3, outcome(2, -11, 1)).orElseThrow().contains("level 2 the energies"));
    guard.calm();
    assertTrue(look(3, outcome(2, Float.NaN, 1)).isPresent());
  }

  @Test
  void whatIsFarBeyondNeedNotLast() {
    DivergenceGuard patient =
        new DivergenceGuard(new TrainingConfig.Guard(3, 0.5, 20, 10, 20, 5), 2, 4);
    assertEquals(Optional.empty(), patient.look(outcome(2, 1, 1e5f)));
    assertTrue(patient.look(outcome(2, 1, 1e5f)).isPresent());
  }

  @Test
  void aRestoredGuardGoesOn() {
    look(200, outcome(2, 1, 1, gradients(3, 4)));
    look(2, outcome(100, 1, 1));
    DivergenceGuard other = new DivergenceGuard(LIMITS, 2, 4);
    other.restore(guard.memory());
    assertEquals(guard.memory(), other.memory());
    assertTrue(other.look(outcome(100, 1, 1)).isPresent());
    other.restore(null);
    assertEquals(Optional.empty(), other.look(outcome(100, 1, 1)));
    assertThrows(CdrlException.class, () -> other.restore("1 2"));
    assertThrows(CdrlException.class, () -> other.restore("1 2 a b c d e"));
  }
}
