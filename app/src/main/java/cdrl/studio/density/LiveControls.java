package cdrl.studio.density;

import cdrl.data.PlaneShape;
import cdrl.studio.raster.ColorMap;
import cdrl.studio.resources.Messages;
import cdrl.studio.shell.Command;
import cdrl.studio.widgets.Controls;
import cdrl.studio.widgets.Rasters;
import cdrl.studio.widgets.SegmentedChoice;
import java.util.ArrayList;
import java.util.List;
import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.control.TextField;
import javafx.scene.control.Tooltip;
import javafx.scene.image.ImageView;
import javafx.scene.input.KeyCode;
import javafx.scene.input.KeyCodeCombination;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;
import javafx.scene.layout.VBox;
import org.jspecify.annotations.Nullable;
import org.kordamp.ikonli.bootstrapicons.BootstrapIcons;
import org.kordamp.ikonli.javafx.FontIcon;

/** The controls of a drawing and of the training on it. */
final class LiveControls {
  private static final double THUMBNAIL = 28;

  private final Messages messages;
  private final LiveViewModel model;
  private final Button train;

  LiveControls(Messages messages, LiveViewModel model) {
    this.messages = messages;
    this.model = model;
    train = Controls.button("live-train", BootstrapIcons.PLAY_FILL, messages.text("live.train"));
  }

  /** Everything that can be done here. */
  List<Command> commands() {
    DrawingViewModel drawing = model.drawing();
    List<Command> all = new ArrayList<>();
    all.add(command("live.train.hint", "Shortcut+Enter", model::toggle));
    all.add(command("live.pause", "Esc", model::pause));
    all.add(command("live.step.hint", "Alt+Up", model::step));
    all.add(command("live.reset.hint", "Shortcut+R", model::reset));
    all.add(Command.of(messages.text("live.usual"), model.dials()::reset));
    all.add(command("live.keep.hint", "Shortcut+S", model::keep));
    all.add(command("live.paint.hint", "B", () -> drawing.erasingProperty().set(false)));
    all.add(command("live.erase.hint", "E", () -> drawing.erasingProperty().set(true)));
    all.add(
        new Command(
            messages.text("inpaint.brush.smaller"),
            new KeyCodeCombination(KeyCode.OPEN_BRACKET),
            () -> drawing.resize(-1)));
    all.add(
        new Command(
            messages.text("inpaint.brush.larger"),
            new KeyCodeCombination(KeyCode.CLOSE_BRACKET),
            () -> drawing.resize(1)));
    all.add(command("live.undo", "Shortcut+Z", drawing::undo));
    all.add(command("live.redo", "Shortcut+Shift+Z", drawing::redo));
    for (PlaneShape shape : PlaneShape.values()) {
      all.add(Command.of(messages.text("live.shape." + shape), () -> drawing.start(shape)));
    }
    all.add(Command.of(messages.text("live.shape.none"), () -> drawing.start(null)));
    return all;
  }

  private Command command(String name, String keys, Runnable action) {
    return Command.of(messages.text(name), keys, action);
  }

  void focus() {
    train.requestFocus();
  }

  /** What is drawn, and with what. */
  Node drawing() {
    HBox shapes = new HBox();
    shapes.getStyleClass().add("live-shapes");
    for (PlaneShape shape : PlaneShape.values()) {
      shapes.getChildren().add(shape(shape, messages.text("live.shape." + shape)));
    }
    shapes.getChildren().add(shape(null, messages.text("live.shape.none")));
    DrawingViewModel drawing = model.drawing();
    SegmentedChoice<Boolean> tool =
        Controls.eitherOr(
            "live-tool",
            messages.text("live.paint"),
            messages.text("live.erase"),
            drawing.erasingProperty());
    HBox.setHgrow(tool, Priority.ALWAYS);
    Button undo =
        Controls.iconButton(
            "live-undo", BootstrapIcons.ARROW_COUNTERCLOCKWISE, messages.text("live.undo"));
    undo.setOnAction(event -> drawing.undo());
    undo.disableProperty().bind(drawing.canUndoProperty().not());
    Button redo =
        Controls.iconButton(
            "live-redo", BootstrapIcons.ARROW_CLOCKWISE, messages.text("live.redo"));
    redo.setOnAction(event -> drawing.redo());
    redo.disableProperty().bind(drawing.canRedoProperty().not());
    HBox tools = new HBox(tool, undo, redo);
    tools.getStyleClass().add("row");
    HBox size =
        Controls.sliderRow(
            "live-brush",
            messages.text("live.brush"),
            drawing.radiusProperty(),
            DrawingViewModel.THINNEST,
            DrawingViewModel.THICKEST,
            value -> messages.number(value, 1));
    Label stale = new Label(messages.text("live.stale"));
    stale.setId("live-stale");
    stale.getStyleClass().add("hint");
    stale.setWrapText(true);
    stale.setMinHeight(Label.USE_PREF_SIZE);
    Controls.show(stale, model.staleProperty().get());
    model.staleProperty().addListener((property, before, after) -> Controls.show(stale, after));
    return Controls.section(messages.text("live.drawing.heading"), shapes, tools, size, stale);
  }

  private Button shape(@Nullable PlaneShape shape, String name) {
    Button button = new Button();
    button.setId("live-shape-" + (shape == null ? "none" : shape.title()));
    button.getStyleClass().add("live-shape");
    Region room = new Region(); // as large as the picture that is still to come
    room.setMinSize(THUMBNAIL, THUMBNAIL);
    button.setGraphic(room);
    Controls.explain(button, name);
    button.setOnAction(event -> model.drawing().start(shape));
    Runnable draw =
        () -> {
          ColorMap colors = model.appearance().colorMap();
          model.paint(
              shape,
              colors,
              painted -> {
                if (colors == model.appearance().colorMap()) { // the newest wish wins
                  ImageView picture = new ImageView(Rasters.image(painted));
                  picture.setFitWidth(THUMBNAIL);
                  picture.setFitHeight(THUMBNAIL);
                  button.setGraphic(picture);
                }
              });
        };
    draw.run();
    model.appearance().colorsProperty().addListener((property, before, after) -> draw.run());
    return button;
  }

  /** Starts, stops and changes the training. */
  Node training() {
    train.getStyleClass().add("accent");
    train.setMaxWidth(Double.MAX_VALUE);
    train.setTooltip(new Tooltip(messages.text("live.train.hint")));
    train.setOnAction(event -> model.toggle());
    HBox.setHgrow(train, Priority.ALWAYS);
    model
        .runningProperty()
        .addListener(
            (property, before, running) -> {
              train.setText(messages.text(running ? "live.pause" : "live.train"));
              train.setGraphic(
                  new FontIcon(running ? BootstrapIcons.PAUSE_FILL : BootstrapIcons.PLAY_FILL));
            });
    Button step =
        Controls.button("live-step", BootstrapIcons.SKIP_END_FILL, messages.text("live.step"));
    step.setTooltip(new Tooltip(messages.text("live.step.hint")));
    step.setMinWidth(Button.USE_PREF_SIZE);
    step.setOnAction(event -> model.step());
    HBox buttons = new HBox(train, step);
    buttons.getStyleClass().addAll("row", "main-buttons");
    Button reset =
        Controls.wideButton(
            "live-reset",
            BootstrapIcons.SKIP_START_FILL,
            messages.text("live.reset"),
            model::reset);
    reset.setTooltip(new Tooltip(messages.text("live.reset.hint")));
    reset.disableProperty().bind(model.begunProperty().not());
    Button usual =
        Controls.iconButton("live-usual", BootstrapIcons.SLIDERS, messages.text("live.usual"));
    usual.setOnAction(event -> model.dials().reset());
    HBox second = new HBox(reset, usual);
    second.getStyleClass().add("row");
    List<Node> all = new ArrayList<>();
    all.add(buttons);
    all.add(second);
    all.add(rate("live-energy-rate", "live.rate.energy", model.dials().energyRateProperty()));
    all.add(
        rate(
            "live-initializer-rate",
            "live.rate.initializer",
            model.dials().initializerRateProperty()));
    all.add(
        LivePane.whole(
            "live-steps",
            messages.text("live.steps"),
            model.dials().stepsProperty(),
            1,
            LiveDials.MOST_STEPS,
            1));
    all.add(
        Controls.sliderRow(
            "live-pace",
            messages.text("live.pace"),
            model.dials().paceProperty(),
            LiveDials.SLOWEST,
            LiveDials.FASTEST,
            this::pace));
    VBox section =
        Controls.section(messages.text("live.training.heading"), all.toArray(Node[]::new));
    section.getStyleClass().add("dials");
    return section;
  }

  private HBox rate(String id, String name, javafx.beans.property.DoubleProperty power) {
    return Controls.sliderRow(
        id,
        messages.text(name),
        power,
        LiveDials.LEAST_RATE,
        LiveDials.MOST_RATE,
        value -> messages.compact(Math.pow(10, value)));
  }

  private String pace(double power) {
    if (power >= LiveDials.FASTEST) {
      return messages.text("live.pace.full");
    }
    double perSecond = Math.pow(2, power);
    return messages.text("live.pace.value", messages.number(perSecond, perSecond < 3 ? 1 : 0));
  }

  /** Keeps what was learned. */
  Node keeping() {
    TextField name = new TextField();
    name.setId("live-name");
    name.textProperty().bindBidirectional(model.nameProperty());
    name.setAccessibleText(messages.text("live.name"));
    HBox.setHgrow(name, Priority.ALWAYS);
    Button keep = Controls.button("live-keep", BootstrapIcons.SAVE, messages.text("live.keep"));
    keep.setTooltip(new Tooltip(messages.text("live.keep.hint")));
    keep.setMinWidth(Button.USE_PREF_SIZE);
    keep.setOnAction(event -> model.keep());
    keep.disableProperty().bind(model.begunProperty().not());
    HBox row = new HBox(name, keep);
    row.getStyleClass().add("row");
    return Controls.section(
        messages.text("live.keep.heading"), Controls.field(messages.text("live.name"), name, row));
  }
}
