package cdrl.training;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import cdrl.runtime.Cancellation;
import cdrl.runtime.CdrlException;
import cdrl.runtime.HostTensor;
import cdrl.runtime.TensorRuntime;
import cdrl.runtime.TestRuntime;
import cdrl.sampling.EagerLangevin;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class DialsTest {
  private static final TrainingConfig CONFIG = TestTraining.pointConfig(100, 1e-3);

  /** Six iterations, the dials being turned as a text says. */
  private static Map<String, HostTensor> run(TensorRuntime runtime, DialTurns turns) {
    try (Trainer trainer =
        new Trainer(CONFIG, TestTraining.points(), runtime, new EagerLangevin())) {
      for (int i = 0; i < 6; i++) {
        turns.at(i).ifPresent(trainer::turn);
        assertTrue(trainer.step(CooperativeStep.Detail.NONE, new Cancellation()).isFinite());
      }
      assertEquals(turns, trainer.turns());
      return trainer.state();
    }
  }

  @Test
  void theSameTurnsGiveTheSameBits() {
    Dials start = Dials.of(CONFIG);
    DialTurns turns =
        DialTurns.NONE
            .and(new DialTurns.Turn(2, new Dials(5e-4, start.initializerRate(), 7)))
            .and(new DialTurns.Turn(4, new Dials(5e-4, 1e-2, 2)));
    TestRuntime.onLane(
        runtime -> {
          Map<String, HostTensor> first = run(runtime, turns);
          assertEquals(first, run(runtime, DialTurns.parse(turns.text())));
          assertNotEquals(first, run(runtime, DialTurns.NONE));
        });
  }

  @Test
  void everyDialHasItsEffect() {
    Dials start = Dials.of(CONFIG);
    TestRuntime.onLane(
        runtime -> {
          Map<String, HostTensor> unchanged = run(runtime, DialTurns.NONE);
          for (Dials dials :
              List.of(
                  new Dials(0, start.initializerRate(), start.langevinSteps()),
                  new Dials(start.energyRate(), 0, start.langevinSteps()),
                  new Dials(
                      start.energyRate(), start.initializerRate(), start.langevinSteps() + 1))) {
            DialTurns turns = DialTurns.NONE.and(new DialTurns.Turn(5, dials));
            assertNotEquals(unchanged, run(runtime, turns), dials.toString());
          }
        });
  }

  /** K of a running training is K of the model, and the steps are as long as in a run with it. */
  @Test
  void aTurnRightAtTheStartIsAConfiguration() {
    Dials dials = new Dials(2e-3, 3e-4, 5);
    TestRuntime.onLane(
        runtime -> {
          try (Trainer turned =
                  new Trainer(CONFIG, TestTraining.points(), runtime, new EagerLangevin());
              Trainer configured =
                  new Trainer(
                      dials.in(CONFIG), TestTraining.points(), runtime, new EagerLangevin())) {
            turned.turn(dials);
            assertEquals(dials, turned.dials());
            turned.step(CooperativeStep.Detail.NONE, new Cancellation());
            configured.step(CooperativeStep.Detail.NONE, new Cancellation());
            assertEquals(configured.state(), turned.state());
            assertEquals(
                5, turned.describe(configured.model().description().provenance()).langevinSteps());
          }
        });
  }

  @Test
  void turningBackAndForthBeforeAnIterationIsOneTurn() {
    Dials dials = Dials.of(CONFIG);
    DialTurns turns =
        DialTurns.NONE
            .and(new DialTurns.Turn(3, new Dials(0.1, 0.2, 3)))
            .and(new DialTurns.Turn(3, dials));
    assertEquals(List.of(new DialTurns.Turn(3, dials)), turns.turns());
  }

  @ParameterizedTest
  @ValueSource(strings = {"x", "1: 2 3 4", "1: 0.1 0.1", "1: 0.1 0.1 0", "1: NaN 0.1 3"})
  void otherTextsAreRefused(String text) {
    assertThrows(CdrlException.class, () -> DialTurns.parse(text));
  }
}
