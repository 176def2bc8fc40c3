package cdrl.schedule;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import cdrl.store.SharedFiles;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.io.IOException;
import java.nio.file.Files;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.ToDoubleBiFunction;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class NoiseScheduleTest {

  static Stream<ScheduleSpec> specs() {
    Stream<ScheduleSpec> paper =
        IntStream.of(1, 2, 3, 4, 5, 6, 8, 17, 50, 100).mapToObj(ScheduleSpec::cosine);
    Stream<ScheduleSpec> others =
        Stream.of(
            new ScheduleSpec(ScheduleSpec.Kind.COSINE, 6, 20, -20),
            new ScheduleSpec(ScheduleSpec.Kind.COSINE, 10, 5, 4.5),
            new ScheduleSpec(ScheduleSpec.Kind.DRL, 6, 9.8, -5.1),
            new ScheduleSpec(ScheduleSpec.Kind.DRL, 8, 9.8, -5.1));
    return Stream.concat(paper, others);
  }

  @ParameterizedTest
  @MethodSource("specs")
  void identitiesHold(ScheduleSpec spec) {
    NoiseSchedule schedule = new NoiseSchedule(spec);
    assertEquals(spec.levels(), schedule.levels());
    for (int t = 0; t <= schedule.levels(); t++) {
      assertEquals(1, schedule.signalVariance(t) + schedule.noiseVariance(t), 1e-12);
      assertEquals(
          schedule.logSnr(t),
          Math.log(schedule.signalVariance(t) / schedule.noiseVariance(t)),
          1e-9);
      assertEquals(schedule.signalVariance(t), Math.pow(schedule.signalScale(t), 2), 1e-12);
      assertEquals(schedule.noiseVariance(t), Math.pow(schedule.noiseScale(t), 2), 1e-12);
    }
    for (int t = 1; t <= schedule.levels(); t++) {
      assertTrue(schedule.logSnr(t) < schedule.logSnr(t - 1), "noise grows at " + t);
      double r = schedule.stepSignalVariance(t);
      assertTrue(r > 0 && r < 1);
      assertEquals(1 - r, schedule.stepNoiseVariance(t), 1e-15);
      // One step of the forward process leads from the noise of level t - 1 to that of level t.
      assertEquals(schedule.noiseVariance(t), r * schedule.noiseVariance(t - 1) + (1 - r), 1e-12);
      // The posterior's precision is the sum of those of prior and step.
      assertEquals(
          1 / schedule.noiseVariance(t - 1) + r / (1 - r),
          1 / schedule.posteriorVariance(t),
          1e-6 / schedule.posteriorVariance(t));
      assertTrue(schedule.posteriorVariance(t) < schedule.stepNoiseVariance(t));
      assertEquals(t == schedule.levels() ? 1 : r, schedule.inputVariance(t));
      assertEquals(schedule.inputVariance(t), Math.pow(schedule.inputScale(t), 2), 1e-12);
      assertEquals(
          Math.sqrt(schedule.stepNoiseVariance(1) / schedule.stepNoiseVariance(t)),
          schedule.energyLossWeight(t),
          1e-12);
    }
  }

  @ParameterizedTest
  @MethodSource("specs")
  void cosineSchedulesReachTheirEndPoints(ScheduleSpec spec) {
    NoiseSchedule schedule = new NoiseSchedule(spec);
    if (spec.kind() == ScheduleSpec.Kind.COSINE) {
      assertEquals(spec.maxLogSnr(), schedule.logSnr(0), 1e-6);
      assertEquals(spec.minLogSnr(), schedule.logSnr(spec.levels()), 1e-6);
    } else {
      assertEquals(1 - 1e-4, schedule.signalVariance(0), 1e-12);
    }
  }

  @ParameterizedTest
  @MethodSource("specs")
  void stepSizesFollowTheirFormulas(ScheduleSpec spec) {
    NoiseSchedule schedule = new NoiseSchedule(spec);
    for (int t = 1; t <= schedule.levels(); t++) {
      double beta = schedule.stepNoiseVariance(t);
      double first = schedule.noiseScale(0);
      assertEquals(
          4e-4 * schedule.noiseScale(t - 1) / first * beta,
          StepSize.IMAGE.squared(schedule, t),
          1e-15);
      assertEquals(2e-3 / first * beta, StepSize.POINT.squared(schedule, t), 1e-12);
      for (StepSize rule : StepSize.values()) {
        assertEquals(rule.squared(schedule, t), 2 * beta * rule.recoveryWeight(schedule, t), 1e-12);
      }
    }
  }

  @Test
  void agreesWithThePublishedNumbers() throws IOException {
    JsonObject tables =
        JsonParser.parseString(Files.readString(SharedFiles.parity("schedule.json")))
            .getAsJsonObject();
    Map<String, ToDoubleBiFunction<NoiseSchedule, Integer>> quantities = new LinkedHashMap<>();
    quantities.put("logsnr", NoiseSchedule::logSnr);
    quantities.put("alpha_bar_sq", NoiseSchedule::signalVariance);
    quantities.put("sigma_bar_sq", NoiseSchedule::noiseVariance);
    quantities.put("alpha_sq", NoiseSchedule::stepSignalVariance);
    quantities.put("beta_sq", NoiseSchedule::stepNoiseVariance);
    quantities.put("posterior_var", NoiseSchedule::posteriorVariance);
    quantities.put("langevin_step_sq_from_level_t", StepSize.IMAGE::squared);
    quantities.put("quadratic_coeff", StepSize.IMAGE::recoveryWeight);
    quantities.put("ebm_loss_weight", NoiseSchedule::energyLossWeight);
    int compared = 0;
    for (Map.Entry<String, JsonElement> table : tables.entrySet()) {
      NoiseSchedule schedule =
          new NoiseSchedule(ScheduleSpec.cosine(Integer.parseInt(table.getKey())));
      for (JsonElement row : table.getValue().getAsJsonArray()) {
        JsonObject numbers = row.getAsJsonObject();
        int t = numbers.get("t").getAsInt();
        for (var quantity : quantities.entrySet()) {
          if (numbers.has(quantity.getKey())) {
            double expected = numbers.get(quantity.getKey()).getAsDouble();
            double actual = quantity.getValue().applyAsDouble(schedule, t);
            assertEquals(expected, actual, 1e-9 * Math.abs(expected), quantity.getKey() + t);
            compared++;
          }
        }
      }
    }
    assertTrue(compared > 100, "compared only " + compared);
  }

  @Test
  void impossibleSchedulesAreRefused() {
    assertThrows(IllegalArgumentException.class, () -> ScheduleSpec.cosine(0));
    assertThrows(IllegalArgumentException.class, () -> ScheduleSpec.cosine(101));
    for (double[] ends : new double[][] {{1, 1}, {1, 2}, {21, 0}, {0, -21}, {Double.NaN, 0}}) {
      assertThrows(
          IllegalArgumentException.class,
          () -> new ScheduleSpec(ScheduleSpec.Kind.COSINE, 6, ends[0], ends[1]));
    }
    assertThrows(
        IllegalArgumentException.class,
        () -> new ScheduleSpec(ScheduleSpec.Kind.DRL, 7, 9.8, -5.1));
  }
}
