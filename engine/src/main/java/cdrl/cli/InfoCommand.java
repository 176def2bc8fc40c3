package cdrl.cli;

import cdrl.model.ModelDescription;
import cdrl.model.Provenance;
import cdrl.schedule.NoiseSchedule;
import cdrl.schedule.StepSize;
import cdrl.store.StoredModel;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** Describes a model. */
@Command(
    name = "info",
    description = "Describes a model: networks, noise schedule, classes, provenance, checksum.")
final class InfoCommand extends SubCommand {
  @Parameters(paramLabel = "MODEL", description = MODEL_HELP)
  private String model;

  @Override
  int run(Report report) {
    StoredModel stored = library().open(model);
    ModelDescription description = stored.description();
    long energy = stored.parameters("energy");
    long initializer = stored.parameters("initializer");
    line(report, "Name", description.name(), "name", description.name());
    String shape = ModelSummary.shape(description.spec());
    line(report, "Samples", shape, "shape", shape);
    String energyText = ModelSummary.energy(description.spec());
    line(report, "Energy", energyText + "; " + count(energy), "energy", energyText);
    report.value("energyParameters", energy);
    String initializerText = ModelSummary.initializer(description);
    line(
        report,
        "Initializer",
        initializerText + "; " + count(initializer),
        "initializer",
        initializerText);
    report.value("initializerParameters", initializer);
    line(
        report,
        "Langevin steps",
        description.langevinSteps() + " per level",
        "langevinSteps",
        description.langevinSteps());
    line(
        report,
        "Classes",
        description.classNames().isEmpty()
            ? (description.spec().classes() == 0
                ? "none"
                : description.spec().classes() + " without names")
            : String.join(", ", description.classNames()),
        "classes",
        description.classNames());
    report.value("classCount", description.spec().classes());
    if (!description.attributeNames().isEmpty()) {
      report.line(row("Attributes", String.join(", ", description.attributeNames())));
    }
    report.value("attributes", description.attributeNames());
    describe(description.provenance(), report);
    line(report, "Checksum", "SHA-256 " + stored.checksum(), "checksum", stored.checksum());
    describeSchedule(description, report);
    return 0;
  }

  private static void describe(Provenance provenance, Report report) {
    line(report, "Made by", provenance.program(), "program", provenance.program());
    line(report, "Created", provenance.created(), "created", provenance.created());
    line(report, "Data", provenance.data(), "data", provenance.data());
    if (!provenance.dataFingerprint().isEmpty()) {
      report.line(row("Data fingerprint", "SHA-256 " + provenance.dataFingerprint()));
    }
    report.value("dataFingerprint", provenance.dataFingerprint());
    line(
        report,
        "Iterations",
        Long.toString(provenance.iterations()),
        "iterations",
        provenance.iterations());
    line(report, "Seed", Long.toString(provenance.seed()), "seed", provenance.seed());
    line(report, "Platform", provenance.platform(), "platform", provenance.platform());
    for (Provenance.Origin origin : provenance.origins()) {
      report.line(
          row(
              "Started from",
              origin.name()
                  + ", "
                  + origin.provenance().iterations()
                  + " iterations on "
                  + origin.provenance().data()
                  + ", SHA-256 "
                  + origin.checksum()));
    }
    report.value("origins", provenance.origins().stream().map(InfoCommand::values).toList());
    provenance
        .settings()
        .forEach((key, value) -> report.line(String.format("  %-32s%s", key, value)));
    report.value("settings", provenance.settings());
  }

  private static Map<String, Object> values(Provenance.Origin origin) {
    Map<String, Object> values = new LinkedHashMap<>();
    values.put("name", origin.name());
    values.put("checksum", origin.checksum());
    values.put("created", origin.provenance().created());
    values.put("data", origin.provenance().data());
    values.put("iterations", origin.provenance().iterations());
    values.put("settings", origin.provenance().settings());
    return values;
  }

  private static void describeSchedule(ModelDescription description, Report report) {
    NoiseSchedule schedule = new NoiseSchedule(description.schedule());
    StepSize rule = description.spec().stepSize();
    List<Map<String, Object>> levels = new ArrayList<>();
    report.line("");
    report.line("level  log SNR   signal    noise     step size  recovery weight");
    for (int t = 0; t <= schedule.levels(); t++) {
      Map<String, Object> level = new LinkedHashMap<>();
      level.put("level", t);
      level.put("logSnr", schedule.logSnr(t));
      level.put("signalScale", schedule.signalScale(t));
      level.put("noiseScale", schedule.noiseScale(t));
      String text =
          String.format(
              Locale.ROOT,
              "%5d  %7.3f   %.5f   %.5f",
              t,
              schedule.logSnr(t),
              schedule.signalScale(t),
              schedule.noiseScale(t));
      if (t > 0) {
        double step = Math.sqrt(rule.squared(schedule, t));
        level.put("stepSize", step);
        level.put("recoveryWeight", rule.recoveryWeight(schedule, t));
        text +=
            String.format(Locale.ROOT, "   %.6f   %.6f", step, rule.recoveryWeight(schedule, t));
      }
      report.line(text);
      levels.add(level);
    }
    report.value("scheduleKind", description.schedule().kind().name().toLowerCase(Locale.ROOT));
    report.value("schedule", levels);
  }

  private static void line(Report report, String label, String text, String key, Object value) {
    report.line(row(label, text), key, value);
  }

  private static String row(String label, String text) {
    return String.format("%-18s%s", label + ":", text.isEmpty() ? "unknown" : text);
  }

  private static String count(long parameters) {
    return String.format(Locale.ROOT, "%,d parameters", parameters);
  }
}
