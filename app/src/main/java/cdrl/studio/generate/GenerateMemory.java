package cdrl.studio.generate;

import cdrl.studio.engine.LoadedModel;
import cdrl.studio.resources.Messages;
import cdrl.studio.workspace.SamplingMemory;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** What comes back at the next start, and from a saved picture: the settings and the fork. */
record GenerateMemory(Messages messages, GenerateSettings settings, Forks forks)
    implements SamplingMemory.Own {
  @Override
  public Map<String, String> memory() {
    return settings.memory();
  }

  @Override
  public void recall(Map<String, String> memory) {
    settings.recall(memory);
  }

  @Override
  public List<String> restore(LoadedModel model, Map<String, String> notes) {
    List<String> missed = new ArrayList<>(settings.restore(model, notes));
    if (!forks.restore(model, notes)) {
      missed.add(messages.text("reproduce.fork"));
    }
    return missed;
  }
}
