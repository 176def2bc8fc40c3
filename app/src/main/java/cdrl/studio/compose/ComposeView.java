package cdrl.studio.compose;

import cdrl.studio.engine.ModelChoice;
import cdrl.studio.engine.SamplingSession;
import cdrl.studio.engine.Trace;
import cdrl.studio.resources.Messages;
import cdrl.studio.shell.Command;
import cdrl.studio.shell.FileDialogs;
import cdrl.studio.shell.Workspace;
import cdrl.studio.widgets.Controls;
import cdrl.studio.widgets.LevelHeader;
import cdrl.studio.widgets.SegmentedChoice;
import cdrl.studio.workspace.GalleryWorkspace;
import cdrl.studio.workspace.PictureReceiver;
import cdrl.studio.workspace.WorkspaceFrame;
import java.util.List;
import java.util.Map;
import javafx.beans.binding.Bindings;
import javafx.beans.property.ObjectProperty;
import javafx.geometry.Pos;
import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.control.ComboBox;
import javafx.scene.control.Label;
import javafx.scene.control.Tooltip;
import javafx.scene.layout.HBox;
import javafx.scene.layout.VBox;
import org.jspecify.annotations.Nullable;
import org.kordamp.ikonli.Ikon;
import org.kordamp.ikonli.bootstrapicons.BootstrapIcons;

/** The Compose workspace: sliders say how much of each attribute the pictures are to show. */
public final class ComposeView implements Workspace {
  private final Messages messages;
  private final ComposeViewModel model;
  private final GalleryWorkspace parts;
  private final LevelHeader header = new LevelHeader();
  private final Label formula = new Label();
  private final Label formulaName = new Label();
  private final HBox axes = new HBox();

  /**
   * @param dialogs ask for files
   * @param receivers workspaces that take a picture
   */
  public ComposeView(
      Messages messages,
      ComposeViewModel model,
      FileDialogs dialogs,
      List<PictureReceiver> receivers) {
    this.messages = messages;
    this.model = model;
    parts = new GalleryWorkspace(messages, id(), icon(), model, dialogs, receivers);
  }

  @Override
  public String id() {
    return "compose";
  }

  @Override
  public String name() {
    return messages.text("workspace.compose");
  }

  @Override
  public Ikon icon() {
    return BootstrapIcons.SLIDERS;
  }

  @Override
  public List<Command> commands() {
    return parts.commands(
        List.of(
            Command.of(messages.text("compose.view.switch"), "Shortcut+M", this::switchView),
            Command.of(messages.text("compose.take"), "Shortcut+T", model::takeCell)));
  }

  private void switchView() {
    if (model.canShowMatrix()) {
      model.matrixShownProperty().set(!model.matrixShownProperty().get());
    }
  }

  @Override
  public Map<String, String> settings() {
    return model.memory().settings();
  }

  @Override
  public void restore(Map<String, String> settings) {
    model.memory().recall(settings);
  }

  @Override
  public void shown() {
    parts.focus();
  }

  @Override
  public Node content() {
    fillFrame();
    SamplingSession session = model.sampling().session();
    session.stateProperty().addListener((property, was, is) -> refresh());
    session.previewProperty().addListener((property, was, is) -> refresh());
    session.traceProperty().addListener((property, was, is) -> refresh());
    model.gallery().imagesProperty().addListener((property, was, is) -> refresh());
    model.sampling().obstacleProperty().addListener((property, was, is) -> refresh());
    model.sampling().models().pickedProperty().addListener((property, was, is) -> refresh());
    model.sampling().models().loadedProperty().addListener((property, was, is) -> refresh());
    model.matrixShownProperty().addListener((property, was, is) -> refresh());
    model.axes().acrossProperty().addListener((property, was, is) -> refresh());
    model.axes().upProperty().addListener((property, was, is) -> refresh());
    model.axes().sideProperty().addListener((property, was, is) -> refresh());
    model.settings().productProperty().addListener((property, was, is) -> refresh());
    formula.textProperty().bind(model.formulaProperty());
    model.formulaProperty().addListener((property, was, is) -> refresh());
    model.busyProperty().addListener((property, was, is) -> refresh());
    model.sampling().findModels();
    refresh();
    return parts.frame().root();
  }

  private void fillFrame() {
    Button saveSweep = parts.sweepButton(messages.text("compose.sweep.hint"));
    saveSweep.disableProperty().bind(model.gallery().imagesProperty().isNull());
    Node panel =
        Controls.sidePanel(
            parts.model(),
            new AttributeSection(messages, model).node(),
            parts.runs(),
            parts.look(),
            parts.export(saveSweep));
    SegmentedChoice<Boolean> view =
        Controls.eitherOr(
            "compose-view",
            messages.text("compose.view.grid"),
            messages.text("compose.view.matrix"),
            model.matrixShownProperty());
    view.setAccessibleText(messages.text("compose.view"));
    Tooltip.install(view, new Tooltip(messages.text("compose.view.hint")));
    view.disableProperty()
        .bind(
            Bindings.createBooleanBinding(
                () -> !model.canShowMatrix(), model.settings().attributesProperty()));
    header.getChildren().add(view);
    fillAxes();
    parts
        .frame()
        .fill(
            panel,
            WorkspaceFrame.stagePane(
                new VBox(header, axes), parts.gallery().node(), formulaPane()));
  }

  private void fillAxes() {
    SegmentedChoice<Integer> side =
        new SegmentedChoice<>("matrix-side", size -> messages.text("compose.side", size));
    side.setItems(List.of(3, 5, 7));
    side.valueProperty().set(model.axes().sideProperty().get());
    side.valueProperty()
        .addListener(
            (property, was, is) -> {
              if (is != null) {
                model.axes().sideProperty().set(is);
              }
            });
    model
        .axes()
        .sideProperty()
        .addListener((property, was, is) -> side.valueProperty().set(is.intValue()));
    side.setAccessibleText(messages.text("compose.side.name"));
    Button take =
        Controls.button("take-cell", BootstrapIcons.CHECK2, messages.text("compose.take"));
    take.setTooltip(new Tooltip(messages.text("compose.take.hint")));
    take.setOnAction(event -> model.takeCell());
    take.disableProperty().bind(model.gallery().imagesProperty().isNull());
    ComboBox<Attribute> across =
        axis("matrix-across", "compose.across", model.axes().acrossProperty());
    ComboBox<Attribute> up = axis("matrix-up", "compose.up", model.axes().upProperty());
    axes.getChildren()
        .addAll(
            Controls.caption(messages.text("compose.across"), across),
            across,
            Controls.caption(messages.text("compose.up"), up),
            up,
            side,
            Controls.spacer(),
            take);
    axes.setAlignment(Pos.CENTER_LEFT);
    axes.getStyleClass().add("plot-bar");
  }

  private ComboBox<Attribute> axis(
      String id, String name, ObjectProperty<@Nullable Attribute> value) {
    ComboBox<Attribute> combo = new ComboBox<>();
    combo.setId(id);
    combo.setAccessibleText(messages.text(name));
    combo.setConverter(Controls.names(Attribute::name));
    combo.getItems().setAll(model.settings().attributesProperty().get());
    model
        .settings()
        .attributesProperty()
        .addListener((property, was, is) -> combo.getItems().setAll(is));
    combo.valueProperty().bindBidirectional(value);
    return combo;
  }

  private Node formulaPane() {
    formula.setId("formula");
    formula.getStyleClass().add("formula");
    formula.setWrapText(true);
    formula.setMinHeight(Label.USE_PREF_SIZE);
    formulaName.setId("formula-name");
    formulaName.getStyleClass().add("hint");
    formulaName.setWrapText(true);
    VBox pane = new VBox(formula, formulaName);
    pane.getStyleClass().add("formula-pane");
    return pane;
  }

  private void refresh() {
    boolean matrix = model.matrixShownProperty().get();
    Controls.show(axes, matrix);
    parts.gallery().grid().setAxes(model.axisLabels());
    parts.gallery().grid().setCaptions(model.captions());
    showHeader(matrix);
    String obstacle = model.sampling().obstacleProperty().get();
    boolean loaded = model.sampling().models().loadedProperty().get() != null;
    formulaName.setText(
        !loaded
            ? messages.text("compose.formula.none")
            : model.impossibleProperty().get()
                ? obstacle
                : messages.text(
                    model.formulaProperty().get().isEmpty()
                        ? "compose.formula.empty"
                        : model.settings().productProperty().get()
                            ? "compose.formula.product"
                            : "compose.formula.composition"));
    Controls.show(formula, !model.formulaProperty().get().isEmpty());
    ModelChoice picked = model.sampling().models().pickedProperty().get();
    boolean waits =
        model.sampling().session().stateProperty().get() == SamplingSession.State.WAITING;
    boolean missing = picked == null && model.sampling().models().listedProperty().get();
    parts.showNothing(
        picked == null || matrix ? null : picked.picture(),
        !obstacle.isEmpty()
            ? missing ? messages.text("compose.no-model.how") : obstacle
            : messages.text(
                waits
                    ? "generate.empty.waiting"
                    : matrix && model.busyProperty().get()
                        ? "compose.matrix.busy"
                        : "compose.empty.sample"));
  }

  private void showHeader(boolean matrix) {
    SamplingSession session = model.sampling().session();
    SamplingSession.Preview quick = session.previewProperty().get();
    Trace trace = session.traceProperty().get();
    // What is set then makes no pictures; those that are shown stay.
    boolean older = model.impossibleProperty().get();
    if (matrix) {
      header.show(
          messages.text("compose.matrix.title", model.subjectNumber()),
          messages.text("compose.matrix.facts"));
    } else if (quick != null) {
      header.show(
          messages.text("preview.title"),
          older
              ? messages.text("compose.older")
              : messages.text("preview.facts", quick.settings().langevinSteps()));
    } else if (trace == null) {
      header.show(messages.text("compose.title"), "");
    } else if (trace.result() == null) {
      header.show(
          messages.text("level.title", trace.levelOf(trace.newestStop())),
          messages.text(older ? "compose.older" : "compose.emerging"));
    } else {
      header.show(
          messages.text("level.result"),
          messages.text(older ? "compose.older" : "level.result.facts"));
    }
  }
}
