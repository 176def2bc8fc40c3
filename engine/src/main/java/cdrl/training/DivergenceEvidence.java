package cdrl.training;

import cdrl.model.Provenance;
import cdrl.runtime.AtomicFile;
import cdrl.runtime.HostTensor;
import cdrl.runtime.Sentence;
import cdrl.store.ModelFile;
import com.google.gson.GsonBuilder;
import com.google.gson.JsonObject;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/** Keeps what is known about a divergence, for whoever wants to find its reason. */
final class DivergenceEvidence {
  private DivergenceEvidence() {}

  /**
   * Writes a report, the weights where they are still numbers, and what happened at every noise
   * level where the outcome tells. Runs on the tensor lane.
   */
  static void write(
      Path folder,
      Sentence reason,
      CooperativeStep.Outcome outcome,
      Trainer trainer,
      Provenance provenance) {
    JsonObject report = new JsonObject();
    report.addProperty("iteration", trainer.iteration());
    report.addProperty("reason", reason.toString());
    report.addProperty("restarts", trainer.restarts());
    number(report, "energyRate", trainer.energyRate());
    number(report, "initializerRate", trainer.initializerRate());
    int levels = trainer.model().schedule().levels();
    TrainingMetrics metrics = new TrainingMetrics(levels);
    metrics.add(outcome);
    List<String> columns = TrainingMetrics.columns(levels);
    List<String> known =
        IntStream.range(0, columns.size()).filter(metrics::isKnown).mapToObj(columns::get).toList();
    double[] row =
        metrics.row(
            new TrainingMetrics.Position(
                trainer.iteration(),
                Double.NaN,
                trainer.energyRate(),
                trainer.initializerRate(),
                trainer.restarts()));
    for (String name : known) {
      // One iteration has no speed worth telling.
      if (!name.equals("iterations_per_second")) {
        number(report, name, row[columns.indexOf(name)]);
      }
    }
    AtomicFile.writeText(
        folder.resolve("report.json"),
        new GsonBuilder().setPrettyPrinting().create().toJson(report) + "\n");
    Map<String, HostTensor> weights = trainer.model().weights();
    if (weights.values().stream().allMatch(DivergenceEvidence::isFinite)) {
      ModelFile.write(folder.resolve("model.safetensors"), trainer.describe(provenance), weights);
    }
    if (outcome.data().values().length > 0 && isFinite(outcome.refined())) {
      SampleSheet.writeLevels(
          folder.resolve("levels.png"), outcome, trainer.model().schedule(), trainer.iteration());
    }
  }

  /** JSON has no infinity; such a number is written as a word. */
  private static void number(JsonObject report, String name, double value) {
    if (Double.isFinite(value)) {
      report.addProperty(name, value);
    } else if (!Double.isNaN(value)) {
      report.addProperty(name, value > 0 ? "infinite" : "negative infinite");
    } else {
      report.addProperty(name, "not a number");
    }
  }

  private static boolean isFinite(HostTensor tensor) {
    for (float value : tensor.values()) {
      if (!Float.isFinite(value)) {
        return false;
      }
    }
    return true;
  }
}
