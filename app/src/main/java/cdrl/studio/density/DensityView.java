package cdrl.studio.density;

import cdrl.studio.resources.Messages;
import cdrl.studio.shell.Command;
import cdrl.studio.shell.FileDialogs;
import cdrl.studio.shell.Workspace;
import cdrl.studio.widgets.Controls;
import cdrl.studio.widgets.SegmentedChoice;
import cdrl.studio.workspace.WorkspaceFrame;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import javafx.application.Platform;
import javafx.beans.property.BooleanProperty;
import javafx.scene.Node;
import javafx.scene.layout.Priority;
import javafx.scene.layout.VBox;
import org.kordamp.ikonli.Ikon;
import org.kordamp.ikonli.bootstrapicons.BootstrapIcons;

/**
 * The Density workspace: models of points are looked at, or a distribution is drawn and learned.
 */
public final class DensityView implements Workspace {
  private final Messages messages;
  private final BooleanProperty drawing;
  private final LookPane look;
  private final LiveViewModel training;
  private final LivePane live;
  private final WorkspaceFrame frame;
  private final DensityMemory memory;

  /**
   * @param dialogs ask for files
   */
  public DensityView(
      Messages messages, DensityViewModel model, LiveViewModel live, FileDialogs dialogs) {
    this.messages = messages;
    drawing = model.drawingProperty();
    frame = new WorkspaceFrame(messages, id());
    memory = new DensityMemory(model, live);
    look = new LookPane(messages, model, dialogs, frame);
    training = live;
    this.live = new LivePane(messages, live, dialogs, frame);
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
    List<Command> all = new ArrayList<>();
    all.add(
        Command.of(
            messages.text("density.mode.hint"), "Shortcut+T", () -> drawing.set(!drawing.get())));
    all.addAll(drawing.get() ? live.commands() : look.commands());
    return all;
  }

  @Override
  public Map<String, String> settings() {
    return memory.settings();
  }

  @Override
  public void restore(Map<String, String> settings) {
    memory.restore(settings);
  }

  @Override
  public void shown() {
    if (drawing.get()) {
      training.recall();
      live.focus();
    } else {
      look.focus();
    }
  }

  @Override
  public Node content() {
    SegmentedChoice<Boolean> mode =
        Controls.eitherOr(
            "density-mode",
            messages.text("density.mode.look"),
            messages.text("density.mode.draw"),
            drawing);
    mode.setAccessibleText(messages.text("density.mode.hint"));
    Node lookPanel = look.sidePanel();
    Node livePanel = live.sidePanel();
    Node lookStage = look.stagePane();
    Node liveStage = live.stagePane();
    VBox left = new VBox(mode, lookPanel);
    left.getStyleClass().add("density-left");
    VBox.setVgrow(lookPanel, Priority.ALWAYS);
    VBox.setVgrow(livePanel, Priority.ALWAYS);
    Runnable arrange =
        () -> {
          left.getChildren().set(1, drawing.get() ? livePanel : lookPanel);
          frame.fill(left, drawing.get() ? liveStage : lookStage);
        };
    arrange.run();
    drawing.addListener(
        (property, before, after) -> {
          arrange.run();
          Platform.runLater(this::shown); // once the nodes are laid out and can take the focus
        });
    look.attach();
    live.attach();
    return frame.root();
  }
}
