package cdrl.studio.inpaint;

import cdrl.studio.engine.SamplingSession;
import cdrl.studio.resources.Messages;
import cdrl.studio.shell.Command;
import cdrl.studio.shell.FileDialogs;
import cdrl.studio.shell.Workspace;
import cdrl.studio.widgets.Controls;
import cdrl.studio.widgets.EmptyState;
import cdrl.studio.widgets.LevelHeader;
import cdrl.studio.widgets.SegmentedChoice;
import cdrl.studio.workspace.SamplingControls;
import cdrl.studio.workspace.WorkspaceFrame;
import java.util.List;
import java.util.Map;
import java.util.function.BiConsumer;
import javafx.beans.binding.Bindings;
import javafx.beans.property.BooleanProperty;
import javafx.geometry.Pos;
import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.control.ProgressIndicator;
import javafx.scene.control.ToggleButton;
import javafx.scene.input.KeyCode;
import javafx.scene.input.KeyCodeCombination;
import javafx.scene.input.KeyCombination;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.StackPane;
import javafx.scene.layout.VBox;
import org.jspecify.annotations.Nullable;
import org.kordamp.ikonli.Ikon;
import org.kordamp.ikonli.bootstrapicons.BootstrapIcons;

/** The Inpaint workspace: paint over a part of a picture and let a model fill it. */
public final class InpaintView implements Workspace {
  private static final double LEAST_CANDIDATES = 290;
  private static final double MOST_CANDIDATES = 620;
  private static final double CANDIDATES_SHARE = 0.27;

  private final Messages messages;
  private final InpaintViewModel model;
  private final WorkspaceFrame outer;
  private final SamplingControls controls;
  private final InpaintFiles files;
  private final StackPane stage = new StackPane();
  private final MaskEditor editor;
  private final FrameEditor frame;
  private final EmptyState empty;
  private final VBox emptyBox;
  private final Label status = new Label();
  private final HBox zoom = new HBox();
  private final LevelHeader header = new LevelHeader();

  /**
   * @param dialogs ask for files
   * @param charts is given the workspace of a dropped picture of charts, and what it tells
   */
  public InpaintView(
      Messages messages,
      InpaintViewModel model,
      FileDialogs dialogs,
      BiConsumer<String, Map<String, String>> charts) {
    this.messages = messages;
    this.model = model;
    outer = new WorkspaceFrame(messages, id());
    controls = new SamplingControls(messages, outer, dialogs, model.sampling());
    files = new InpaintFiles(messages, model, dialogs, outer, charts);
    editor = new MaskEditor(messages, model);
    frame = new FrameEditor(messages, model);
    empty = new EmptyState("inpaint-empty", BootstrapIcons.BRUSH, messages.text("inpaint.empty"));
    emptyBox = new VBox(empty, emptyButtons());
  }

  @Override
  public String id() {
    return "inpaint";
  }

  @Override
  public String name() {
    return messages.text("workspace.inpaint");
  }

  @Override
  public Ikon icon() {
    return BootstrapIcons.BRUSH;
  }

  @Override
  public List<Command> commands() {
    return controls.commands(
        List.of(
            command("cancel", "Esc", this::escape),
            command("inpaint.open.hint", "Shortcut+Shift+O", files::openPicture),
            command("inpaint.paste.hint", "Shortcut+V", files::paste),
            command("inpaint.draw.hint", "Shortcut+Shift+D", model.opener()::draw),
            command("inpaint.tool.BRUSH", "B", () -> model.tools().toolProperty().set(Tool.BRUSH)),
            command(
                "inpaint.tool.ERASER", "E", () -> model.tools().toolProperty().set(Tool.ERASER)),
            command(
                "inpaint.tool.RECTANGLE",
                "R",
                () -> model.tools().toolProperty().set(Tool.RECTANGLE)),
            command("inpaint.tool.LASSO", "L", () -> model.tools().toolProperty().set(Tool.LASSO)),
            command("inpaint.tool.FRAME", "F", () -> model.tools().toolProperty().set(Tool.FRAME)),
            command(
                "inpaint.brush.smaller",
                new KeyCodeCombination(KeyCode.OPEN_BRACKET),
                () -> model.tools().growBrush(-1)),
            command(
                "inpaint.brush.larger",
                new KeyCodeCombination(KeyCode.CLOSE_BRACKET),
                () -> model.tools().growBrush(1)),
            command(
                "inpaint.brush.softer",
                new KeyCodeCombination(KeyCode.OPEN_BRACKET, KeyCombination.SHIFT_DOWN),
                () -> model.tools().hardenBrush(-1)),
            command(
                "inpaint.brush.harder",
                new KeyCodeCombination(KeyCode.CLOSE_BRACKET, KeyCombination.SHIFT_DOWN),
                () -> model.tools().hardenBrush(1)),
            command("inpaint.mask.undo", "Shortcut+Z", model.document()::undo),
            command("inpaint.mask.redo", "Shortcut+Shift+Z", model.document()::redo),
            command("inpaint.mask.redo", "Shortcut+Y", model.document()::redo),
            command("inpaint.mask.fill", "Shortcut+A", model.tools()::fill),
            command("inpaint.mask.invert", "Shortcut+I", model.tools()::invert),
            command("inpaint.mask.feather", "Shortcut+Shift+F", model.tools()::feather),
            command("inpaint.mask.clear", "Delete", model.tools()::clear),
            command("inpaint.mask.last", "Shortcut+Shift+M", model::lastMask),
            command("inpaint.mask.visible", "M", () -> flip(model.tools().maskVisibleProperty())),
            command("inpaint.look", "V", () -> flip(model.filling().candidateShownProperty())),
            command("inpaint.compare", "C", model.filling()::compare),
            command("inpaint.zoom.fit", "Shortcut+0", editor::fit),
            command("inpaint.zoom.in", "Shortcut+Plus", () -> editor.zoom(1)),
            command("inpaint.zoom.in", "Shortcut+Equals", () -> editor.zoom(1)),
            command("inpaint.zoom.out", "Shortcut+Minus", () -> editor.zoom(-1)),
            command("inpaint.keep.hint", "Shortcut+Shift+Enter", model.filling()::keep),
            command("inpaint.save", "Shortcut+S", files::savePicture),
            command("inpaint.save.candidate", "Shortcut+Shift+S", files::saveCandidate),
            Command.of(messages.text("inpaint.save.mask"), files::saveMask),
            command("timeline.back", "Alt+Left", () -> model.filling().moveStop(-1)),
            command("timeline.forth", "Alt+Right", () -> model.filling().moveStop(1))));
  }

  /** What is being painted is given up first. */
  private void escape() {
    if (!editor.abandon()) {
      model.cancel();
    }
  }

  private Command command(String name, String keys, Runnable action) {
    return Command.of(messages.text(name), keys, action);
  }

  private Command command(String name, KeyCombination keys, Runnable action) {
    return new Command(messages.text(name), keys, action);
  }

  private static void flip(BooleanProperty property) {
    property.set(!property.get());
  }

  @Override
  public Map<String, String> settings() {
    return InpaintMemory.of(model);
  }

  @Override
  public void restore(Map<String, String> settings) {
    InpaintMemory.restore(model, settings);
  }

  @Override
  public void shown() {
    if (model.document().pictureProperty().get() != null) {
      editor.requestFocus();
    }
  }

  @Override
  public Node content() {
    outer.fill(new InpaintPanel(messages, model, controls, files).node(), stagePane());
    InpaintDocument document = model.document();
    document.sourceProperty().addListener((property, was, is) -> refresh());
    document.pictureProperty().addListener((property, was, is) -> refresh());
    document.filledCountProperty().addListener((property, was, is) -> refresh());
    model.tools().toolProperty().addListener((property, was, is) -> toolChanged());
    model.sceneProperty().addListener((property, was, is) -> refresh());
    model.opener().openingProperty().addListener((property, was, is) -> refresh());
    model.sampling().obstacleProperty().addListener((property, was, is) -> refresh());
    model.sampling().models().loadedProperty().addListener((property, was, is) -> refresh());
    model.sampling().session().stateProperty().addListener((property, was, is) -> refresh());
    model.sampling().findModels();
    toolChanged();
    return outer.root();
  }

  private Node stagePane() {
    SegmentedChoice<Boolean> look =
        Controls.eitherOr(
            "look",
            messages.text("inpaint.look.picture"),
            messages.text("inpaint.look.candidate"),
            model.filling().candidateShownProperty());
    look.disableProperty().bind(model.filling().candidatesProperty().isNull());
    look.setAccessibleText(messages.text("inpaint.look"));
    header.getChildren().add(look);

    ProgressIndicator reading = new ProgressIndicator();
    reading.setId("reading");
    reading.getStyleClass().add("reading");
    reading.setAccessibleText(messages.text("inpaint.reading"));
    reading.visibleProperty().bind(model.opener().openingProperty());
    stage.getChildren().addAll(editor, frame, emptyBox, reading);
    stage.getStyleClass().add("editor-stage");
    emptyBox.setAlignment(Pos.CENTER);
    emptyBox.getStyleClass().add("inpaint-empty-box");

    status.setId("mask-status");
    status.getStyleClass().add("readout");
    status.setMinWidth(0);
    Button out = zoomButton("zoom-out", BootstrapIcons.ZOOM_OUT, () -> editor.zoom(-1));
    Button in = zoomButton("zoom-in", BootstrapIcons.ZOOM_IN, () -> editor.zoom(1));
    Button fit = zoomButton("zoom-fit", BootstrapIcons.ARROWS_FULLSCREEN, editor::fit);
    ToggleButton smooth = new ToggleButton("", Controls.icon(BootstrapIcons.DROPLET));
    smooth.setId("smooth");
    smooth.getStyleClass().addAll("tool-button", "small");
    Controls.explain(smooth, messages.text("inpaint.smooth"));
    smooth.selectedProperty().bindBidirectional(model.smoothProperty());
    zoom.getChildren().addAll(smooth, out, in, fit);
    zoom.setAlignment(Pos.CENTER_RIGHT);
    HBox line = new HBox(status, Controls.spacer(), zoom);
    line.getStyleClass().add("editor-line");
    line.setAlignment(Pos.CENTER_LEFT);

    VBox editing = new VBox(new ToolOptions(messages, model), stage, line);
    VBox.setVgrow(stage, Priority.ALWAYS);
    HBox.setHgrow(editing, Priority.ALWAYS);
    editing.setMinWidth(0);
    CandidatesPane candidates = new CandidatesPane(messages, model);
    candidates.minWidthProperty().bind(candidates.prefWidthProperty());
    candidates
        .prefWidthProperty()
        .bind(
            Bindings.createDoubleBinding(
                () ->
                    Math.floor(
                        Math.max(
                            LEAST_CANDIDATES,
                            Math.min(MOST_CANDIDATES, CANDIDATES_SHARE * outer.root().getWidth()))),
                outer.root().widthProperty()));
    HBox row = new HBox(new ToolStrip(messages, model), editing, candidates);
    row.setFillHeight(true);
    VBox pane = WorkspaceFrame.stagePane(header, row);
    files.acceptDrops(pane, stage);
    return pane;
  }

  private Button zoomButton(String id, Ikon icon, Runnable action) {
    Button button = Controls.iconButton(id, icon, messages.text("inpaint." + id.replace('-', '.')));
    button.getStyleClass().add("small");
    button.setOnAction(event -> action.run());
    return button;
  }

  private Node emptyButtons() {
    Button open =
        Controls.button(
            "empty-open", BootstrapIcons.FOLDER2_OPEN, messages.text("inpaint.open.short"));
    open.setOnAction(event -> files.openPicture());
    Button draw =
        Controls.button("empty-draw", BootstrapIcons.STARS, messages.text("inpaint.draw"));
    draw.getStyleClass().add("accent");
    draw.setOnAction(event -> model.opener().draw());
    draw.disableProperty().bind(model.sampling().models().pickedProperty().isNull());
    HBox row = new HBox(draw, open);
    row.getStyleClass().add("empty-buttons");
    return row;
  }

  private void toolChanged() {
    boolean framing = model.tools().toolProperty().get() == Tool.FRAME;
    frame.setVisible(framing && model.document().sourceProperty().get() != null);
    editor.setVisible(!frame.isVisible());
    if (model.document().sourceProperty().get() != null) {
      (frame.isVisible() ? frame : editor).requestFocus();
    }
    refresh();
  }

  private void refresh() {
    SourcePicture source = model.document().sourceProperty().get();
    WorkingPicture picture = model.document().pictureProperty().get();
    boolean nothing = source == null && model.sceneProperty().get() == null;
    Controls.show(emptyBox, nothing && !model.opener().openingProperty().get());
    boolean framing = model.tools().toolProperty().get() == Tool.FRAME && source != null;
    frame.setVisible(framing && !model.opener().isDrawing());
    editor.setVisible(!nothing && !frame.isVisible());
    zoom.setVisible(editor.isVisible());
    empty.setText(emptyText());
    if (source == null || picture == null) {
      header.show(
          messages.text("inpaint.title"),
          model.opener().isDrawing() ? messages.text("inpaint.drawing") : "");
    } else {
      header.show(
          source.name(),
          messages.text(
              "inpaint.size",
              source.raster().width(),
              source.raster().height(),
              picture.resolution()));
    }
    status.setText(statusText(picture));
  }

  private String emptyText() {
    boolean noModel = model.sampling().models().pickedProperty().get() == null;
    return noModel
        ? model.sampling().obstacleProperty().get()
        : messages.text(
            model.opener().isDrawing() ? "inpaint.empty.waiting" : "inpaint.empty.open");
  }

  private String statusText(@Nullable WorkingPicture picture) {
    if (model.opener().isDrawing()) {
      return messages.text("inpaint.drawing");
    }
    if (picture == null) {
      return "";
    }
    if (model.tools().toolProperty().get() == Tool.FRAME) {
      return messages.text("inpaint.status.frame");
    }
    Filling.Comparing compared = model.filling().comparingProperty().get();
    if (compared != null && compared.split() >= 1) {
      return messages.text("inpaint.status.opened");
    }
    boolean busy =
        model.sampling().session().stateProperty().get() == SamplingSession.State.RUNNING;
    int filled = model.document().filledCountProperty().get();
    int all = picture.resolution() * picture.resolution();
    return filled == 0 && !busy
        ? messages.text("inpaint.status.none")
        : messages.text("inpaint.status", filled, all);
  }
}
