package cdrl.studio.density;

import cdrl.studio.raster.ColorMap;
import cdrl.studio.resources.Messages;
import cdrl.studio.shell.Command;
import cdrl.studio.widgets.Controls;
import cdrl.studio.widgets.SegmentedChoice;
import java.util.ArrayList;
import java.util.List;
import javafx.beans.property.BooleanProperty;
import javafx.scene.Node;
import javafx.scene.control.CheckBox;
import javafx.scene.control.Tooltip;
import javafx.scene.paint.Color;
import javafx.scene.shape.Circle;
import javafx.scene.shape.Line;
import javafx.scene.shape.Shape;

/** The controls of how planes are shown. */
final class PlaneSections {
  private static final double SWATCH = 4;
  private static final List<ColorMap> COLORS =
      List.of(ColorMap.VIRIDIS, ColorMap.MAGMA, ColorMap.CIVIDIS);

  private final Messages messages;
  private final PlaneAppearance appearance;
  private final String prefix;

  /**
   * @param prefix of the nodes' ids; may be empty
   */
  PlaneSections(Messages messages, PlaneAppearance appearance, String prefix) {
    this.messages = messages;
    this.appearance = appearance;
    this.prefix = prefix;
  }

  /** Everything that can be chosen here. */
  List<Command> commands() {
    List<Command> all = new ArrayList<>();
    all.add(flip("density.show.energy", appearance.energyProperty()));
    all.add(flip("density.show.scores", appearance.scoresProperty()));
    all.add(flip("density.show.proposals", appearance.proposalsProperty()));
    all.add(flip("density.show.refined", appearance.refinedProperty()));
    all.add(flip("density.show.strokes", appearance.strokesProperty()));
    for (boolean logarithmic : new boolean[] {false, true}) {
      all.add(
          choice(
              "density.scale",
              logarithmic ? "density.scale.log" : "density.scale.linear",
              () -> appearance.logarithmicProperty().set(logarithmic)));
    }
    for (ColorMap map : COLORS) {
      all.add(choice("colors", "colors." + map, () -> appearance.colorsProperty().set(map)));
    }
    return all;
  }

  /** Shows or hides something. */
  Command flip(String name, BooleanProperty value) {
    return Command.of(messages.text(name), () -> value.set(!value.get()));
  }

  private Command choice(String what, String value, Runnable action) {
    String name = messages.text("command.choice", messages.text(what), messages.text(value));
    return Command.of(name, action);
  }

  /**
   * What lies over the density.
   *
   * @param first comes first
   */
  Node samples(Node... first) {
    Circle proposalSwatch = new Circle(SWATCH);
    Line strokeSwatch = new Line(0, 0, 2 * SWATCH, 0);
    strokeSwatch.setStrokeWidth(2);
    Runnable tint =
        () -> {
          int rgb = appearance.colorMap().contrast();
          Color color = Color.rgb(rgb >> 16 & 255, rgb >> 8 & 255, rgb & 255);
          proposalSwatch.setFill(color);
          strokeSwatch.setStroke(color);
        };
    tint.run();
    appearance.colorsProperty().addListener((property, before, after) -> tint.run());
    List<Node> all = new ArrayList<>(List.of(first));
    all.add(
        check(
            "show-proposals",
            "density.show.proposals",
            appearance.proposalsProperty(),
            proposalSwatch));
    all.add(
        check(
            "show-refined",
            "density.show.refined",
            appearance.refinedProperty(),
            new Circle(SWATCH, Color.WHITE)));
    all.add(
        check("show-strokes", "density.show.strokes", appearance.strokesProperty(), strokeSwatch));
    return Controls.section(messages.text("density.points.heading"), all.toArray(Node[]::new));
  }

  /**
   * The density itself.
   *
   * @param further further things to show
   */
  Node density(Node... further) {
    SegmentedChoice<Boolean> scale =
        Controls.eitherOr(
            prefix + "scale",
            messages.text("density.scale.linear"),
            messages.text("density.scale.log"),
            appearance.logarithmicProperty());
    SegmentedChoice<ColorMap> colors =
        new SegmentedChoice<>(prefix + "colors", map -> messages.text("colors." + map));
    colors.setItems(COLORS);
    colors.valueProperty().bindBidirectional(appearance.colorsProperty());
    CheckBox energy = check("show-energy", "density.show.energy", appearance.energyProperty());
    CheckBox scores = check("show-scores", "density.show.scores", appearance.scoresProperty());
    scores.setTooltip(new Tooltip(messages.text("density.show.scores.hint")));
    List<Node> all = new ArrayList<>();
    all.add(Controls.field(messages.text("density.scale"), scale, scale));
    all.add(Controls.field(messages.text("colors"), colors, colors));
    all.add(energy);
    all.addAll(List.of(further));
    all.add(scores);
    return Controls.section(messages.text("density.heading"), all.toArray(Node[]::new));
  }

  /** A check box. */
  CheckBox check(String id, String name, BooleanProperty value) {
    CheckBox box = new CheckBox(messages.text(name));
    box.setId(prefix + id);
    box.selectedProperty().bindBidirectional(value);
    return box;
  }

  /** A check box with the colour of what it shows. */
  private CheckBox check(String id, String name, BooleanProperty value, Shape swatch) {
    CheckBox box = check(id, name, value);
    if (swatch instanceof Circle) {
      swatch.getStyleClass().add("swatch");
    }
    box.setGraphic(swatch);
    return box;
  }
}
