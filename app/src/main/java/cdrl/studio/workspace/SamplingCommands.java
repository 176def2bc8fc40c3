package cdrl.studio.workspace;

import cdrl.studio.resources.Messages;
import cdrl.studio.shell.Command;
import java.util.ArrayList;
import java.util.List;

/** The keys that do the same in every workspace that samples. */
public final class SamplingCommands {
  private SamplingCommands() {}

  /**
   * The common keys and a workspace's own, which go first.
   *
   * @param openModel asks for a model file and opens it
   */
  public static List<Command> with(
      Messages messages, SamplingSetup sampling, Runnable openModel, List<Command> own) {
    List<Command> all = new ArrayList<>(own);
    all.add(Command.of(messages.text("sample"), "Shortcut+Enter", sampling::sample));
    all.add(Command.of(messages.text("cancel"), "Esc", sampling::cancel));
    all.add(Command.of(messages.text("seed.roll"), "Shortcut+D", sampling::rollSeed));
    all.add(Command.of(messages.text("model.open"), "Shortcut+O", openModel));
    return List.copyOf(all);
  }
}
