package cdrl.cli;

import cdrl.runtime.CdrlException;
import cdrl.training.Presets;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** Lists the training presets that ship, or prints one. */
@Command(name = "presets", description = "Lists the training presets that ship, or prints one.")
final class PresetsCommand extends SubCommand {
  @Parameters(
      paramLabel = "NAME",
      arity = "0..1",
      description = "The preset to print, as a configuration to copy and change.")
  private @Nullable String name;

  @Override
  int run(Report report) {
    List<Presets.Preset> presets = Presets.all();
    if (name != null) {
      Presets.Preset preset =
          Presets.find(name)
              .orElseThrow(
                  () ->
                      new CdrlException(
                          "There is no preset '{0}'; there are {1}.",
                          String.valueOf(name),
                          presets.stream()
                              .map(Presets.Preset::name)
                              .collect(Collectors.joining(", "))));
      report.value("name", preset.name());
      report.line(preset.text().stripTrailing(), "text", preset.text());
      return 0;
    }
    for (Presets.Preset preset : presets) {
      report.line(String.format("%-28s %s", preset.name(), preset.description()));
    }
    report.value(
        "presets",
        presets.stream()
            .map(p -> Map.of("name", p.name(), "description", p.description()))
            .toList());
    return 0;
  }
}
