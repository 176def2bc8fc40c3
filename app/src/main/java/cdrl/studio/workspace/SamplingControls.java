package cdrl.studio.workspace;

import cdrl.studio.resources.Messages;
import cdrl.studio.shell.Command;
import cdrl.studio.shell.FileDialogs;
import cdrl.studio.widgets.ModelSection;
import cdrl.studio.widgets.SamplingSection;
import java.util.ArrayList;
import java.util.List;
import javafx.scene.Node;
import org.jspecify.annotations.Nullable;

/**
 * Where a workspace's model is picked and its runs are set and started, with the keys that do the
 * same in every workspace that samples.
 */
public final class SamplingControls {
  private final Messages messages;
  private final WorkspaceFrame frame;
  private final FileDialogs dialogs;
  private final SamplingSetup sampling;
  private final SamplingSection.Actions actions;
  private @Nullable SamplingSection section;

  /**
   * @param actions what starts a run and stops it
   */
  public SamplingControls(
      Messages messages,
      WorkspaceFrame frame,
      FileDialogs dialogs,
      SamplingSetup sampling,
      SamplingSection.Actions actions) {
    this.messages = messages;
    this.frame = frame;
    this.dialogs = dialogs;
    this.sampling = sampling;
    this.actions = actions;
  }

  /** With the actions that the setup has. */
  public SamplingControls(
      Messages messages, WorkspaceFrame frame, FileDialogs dialogs, SamplingSetup sampling) {
    this(
        messages,
        frame,
        dialogs,
        sampling,
        new SamplingSection.Actions(sampling::sample, sampling::cancel));
  }

  /** The common keys and a workspace's own, which go first. */
  public List<Command> commands(List<Command> own) {
    List<Command> all = new ArrayList<>(own);
    all.add(Command.of(messages.text("sample"), "Shortcut+Enter", actions.sample()));
    all.add(Command.of(messages.text("cancel"), "Esc", actions.cancel()));
    all.add(Command.of(messages.text("seed.roll"), "Shortcut+D", sampling::rollSeed));
    all.add(Command.of(messages.text("model.open"), "Shortcut+O", this::openModel));
    return List.copyOf(all);
  }

  private void openModel() {
    dialogs.openModel(frame.window()).ifPresent(sampling.models()::open);
  }

  /** Where the model is picked. */
  public Node model() {
    return new ModelSection(messages, sampling.models(), this::openModel).node();
  }

  /**
   * Where runs are set and started.
   *
   * @param most samples of a run
   * @param countStep by which the arrows change the number
   * @param further settings of the workspace's own
   */
  public Node runs(SamplingSection.Words words, int most, int countStep, Node... further) {
    SamplingSection made =
        new SamplingSection(messages, sampling, actions, words, most, countStep, further);
    section = made;
    return made.node();
  }

  /** Moves the keyboard's focus to the button that starts a run, as soon as it can be pressed. */
  public void focus() {
    if (section != null) {
      section.focus();
    }
  }
}
