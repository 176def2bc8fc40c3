package cdrl.cli;

import cdrl.model.ModelDescription;
import cdrl.store.ModelLibrary;
import cdrl.store.ShippedModel;
import cdrl.store.StoredModel;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import picocli.CommandLine.Command;

/** Lists the models that ship. */
@Command(name = "models", description = "Lists the models that ship with the program.")
final class ModelsCommand extends SubCommand {
  @Override
  int run(Report report) {
    ModelLibrary library = library();
    List<Map<String, Object>> models = new ArrayList<>();
    for (ShippedModel shipped : library.shipped()) {
      StoredModel stored = library.open(shipped.name());
      ModelDescription description = stored.description();
      String summary = ModelSummary.shape(description.spec());
      report.line(
          String.format("%-20s %s; %s", shipped.name(), summary, description.provenance().data()));
      Map<String, Object> model = new LinkedHashMap<>();
      model.put("name", shipped.name());
      model.put("shape", summary);
      model.put("data", description.provenance().data());
      model.put("checksum", stored.checksum());
      models.add(model);
    }
    if (models.isEmpty()) {
      report.line("No models are part of this installation.");
    }
    report.value("models", models);
    return 0;
  }
}
