package cdrl.studio.density;

import cdrl.studio.resources.Messages;
import cdrl.studio.shell.Command;
import cdrl.studio.shell.FileDialogs;
import cdrl.studio.shell.Workspace;
import cdrl.studio.workspace.SamplingMemory;
import java.util.List;
import java.util.Map;
import javafx.scene.Node;
import javafx.scene.layout.BorderPane;
import org.kordamp.ikonli.Ikon;
import org.kordamp.ikonli.bootstrapicons.BootstrapIcons;

/** The Density workspace: models of points. */
public final class DensityView implements Workspace {
  private final Messages messages;
  private final DensityViewModel model;
  private final LookPane look;
  private final BorderPane root = new BorderPane();

  /**
   * @param dialogs ask for files
   */
  public DensityView(Messages messages, DensityViewModel model, FileDialogs dialogs) {
    this.messages = messages;
    this.model = model;
    look = new LookPane(messages, model, dialogs);
  }

  @Override
  public String id() {
    return "density";
  }

  @Override
  public String name() {
    return messages.text("workspace.density");
  }

  @Override
  public Ikon icon() {
    return BootstrapIcons.GRID_3X3;
  }

  @Override
  public List<Command> commands() {
    return look.commands();
  }

  @Override
  public Map<String, String> settings() {
    return SamplingMemory.of(model.sampling());
  }

  @Override
  public void restore(Map<String, String> settings) {
    SamplingMemory.restore(model.sampling(), settings);
  }

  @Override
  public void shown() {
    look.focus();
  }

  @Override
  public Node content() {
    root.setId("density");
    root.getStyleClass().add("workspace");
    root.setLeft(look.sidePanel());
    root.setCenter(look.stagePane());
    look.attach();
    return root;
  }
}
