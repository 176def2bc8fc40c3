package cdrl.evaluate;

import cdrl.evaluate.ParityCheck.Row;
import cdrl.runtime.CdrlException;
import cdrl.schedule.NoiseSchedule;
import cdrl.schedule.ScheduleSpec;
import cdrl.schedule.StepSize;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParseException;
import com.google.gson.JsonParser;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Consumer;

/** Compares noise schedules with a table of their numbers, level by level. */
final class ScheduleParity {
  private static final double TOLERANCE = 1e-9;

  /** A number of a level. */
  @FunctionalInterface
  private interface Quantity {
    double at(NoiseSchedule schedule, int level);
  }

  private static final Map<String, Quantity> QUANTITIES = new LinkedHashMap<>();

  static {
    QUANTITIES.put("logsnr", NoiseSchedule::logSnr);
    QUANTITIES.put("alpha_bar_sq", NoiseSchedule::signalVariance);
    QUANTITIES.put("sigma_bar_sq", NoiseSchedule::noiseVariance);
    QUANTITIES.put("alpha_sq", NoiseSchedule::stepSignalVariance);
    QUANTITIES.put("beta_sq", NoiseSchedule::stepNoiseVariance);
    QUANTITIES.put("posterior_var", NoiseSchedule::posteriorVariance);
    QUANTITIES.put("langevin_step_sq_from_level_t", StepSize.IMAGE::squared);
    QUANTITIES.put("quadratic_coeff", StepSize.IMAGE::recoveryWeight);
    QUANTITIES.put("ebm_loss_weight", NoiseSchedule::energyLossWeight);
  }

  private final Path file;

  ScheduleParity(Path file) {
    this.file = file;
  }

  void check(Consumer<Row> rows) {
    try {
      JsonObject table = JsonParser.parseString(Files.readString(file)).getAsJsonObject();
      for (Map.Entry<String, JsonElement> schedule : table.entrySet()) {
        check(Integer.parseInt(schedule.getKey()), schedule.getValue(), rows);
      }
    } catch (JsonParseException
        | IllegalStateException
        | UnsupportedOperationException
        | IllegalArgumentException e) {
      throw new CdrlException(e, "The file '{0}' is not a table of noise schedules in JSON.", file);
    } catch (IOException e) {
      throw new CdrlException(e, "The file '{0}' cannot be read.", file);
    }
  }

  private void check(int levels, JsonElement table, Consumer<Row> rows) {
    NoiseSchedule schedule = new NoiseSchedule(ScheduleSpec.cosine(levels));
    Map<String, Double> worst = new LinkedHashMap<>();
    for (JsonElement row : table.getAsJsonArray()) {
      JsonObject numbers = row.getAsJsonObject();
      int level = numbers.get("t").getAsInt();
      QUANTITIES.forEach(
          (name, quantity) -> {
            if (numbers.has(name)) {
              double expected = numbers.get(name).getAsDouble();
              double error = Math.abs(quantity.at(schedule, level) - expected) / Math.abs(expected);
              worst.merge(name, error, Math::max);
            }
          });
    }
    worst.forEach(
        (name, error) ->
            rows.accept(Row.of("schedule.json", "T = " + levels + ", " + name, error, TOLERANCE)));
  }
}
