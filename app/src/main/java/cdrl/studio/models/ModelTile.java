package cdrl.studio.models;

import cdrl.model.ImageModelSpec;
import cdrl.model.ModelDescription;
import cdrl.model.ModelSpec;
import cdrl.model.Provenance;
import cdrl.studio.engine.LoadedModel;
import cdrl.studio.resources.Messages;
import cdrl.studio.widgets.Controls;
import cdrl.studio.widgets.ModelDetails;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javafx.geometry.Pos;
import javafx.scene.AccessibleRole;
import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.control.MenuButton;
import javafx.scene.control.MenuItem;
import javafx.scene.image.Image;
import javafx.scene.image.ImageView;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;
import javafx.scene.layout.StackPane;
import javafx.scene.layout.VBox;
import org.kordamp.ikonli.bootstrapicons.BootstrapIcons;

/** A model as a card. */
final class ModelTile extends VBox {
  private static final double PICTURE_WIDTH = 238;
  private static final double PICTURE_HEIGHT = 190;

  /** What the buttons of a card do. */
  interface Actions {
    /** Opens the model where it can be used. */
    void use(ModelCard card);

    /** Reads it again. */
    void check(ModelCard card);

    /** Draws its picture. */
    void draw(ModelCard card);

    /** Shows the folder it is in. */
    void reveal(ModelCard card);

    /** Asks for another name. */
    void rename(ModelCard card);

    /** Asks whether to remove it. */
    void remove(ModelCard card);
  }

  private final Messages messages;
  private final ModelCard card;
  private final Actions actions;
  private final MenuButton more = new MenuButton("", Controls.icon(BootstrapIcons.THREE_DOTS));

  ModelTile(Messages messages, ModelCard card, Actions actions) {
    this.messages = messages;
    this.card = card;
    this.actions = actions;
    setId("model-card-" + card.name());
    getStyleClass().add("model-card");
    setAccessibleRole(AccessibleRole.PARENT);
    setAccessibleText(card.name());
    getChildren().addAll(picture(), words(), buttons());
  }

  /** The name of the model. */
  String name() {
    return card.name();
  }

  /** Gives the keyboard to a button, or to the last one where that cannot be pressed now. */
  void focus(String button) {
    lookupAll(".button").stream()
        .filter(node -> button.equals(node.getId()) && !node.isDisabled())
        .findFirst()
        .orElse(more)
        .requestFocus();
  }

  private Node picture() {
    StackPane frame = new StackPane();
    frame.getStyleClass().add("model-picture");
    frame.setMinHeight(PICTURE_HEIGHT);
    frame.setMaxHeight(PICTURE_HEIGHT);
    if (card.picture().isEmpty()) {
      Label none = new Label(messages.text("models.no-picture"));
      none.getStyleClass().add("muted");
      VBox empty = new VBox(Controls.icon(BootstrapIcons.IMAGE), none);
      empty.getStyleClass().add("model-no-picture");
      empty.setAlignment(Pos.CENTER);
      frame.getChildren().add(empty);
    } else {
      ImageView view = new ImageView(new Image(card.picture(), true));
      view.setPreserveRatio(true);
      view.setFitWidth(PICTURE_WIDTH);
      view.setFitHeight(PICTURE_HEIGHT);
      view.setAccessibleText(messages.text("models.picture", card.name()));
      frame.getChildren().add(view);
    }
    return frame;
  }

  private Node words() {
    Label name = new Label(card.name());
    name.getStyleClass().add("model-name");
    name.setMaxWidth(Double.MAX_VALUE);
    HBox.setHgrow(name, Priority.ALWAYS);
    Label badge = new Label(messages.text(card.ships() ? "models.ships" : "models.own"));
    badge.getStyleClass().add("badge");
    badge.setMinWidth(Region.USE_PREF_SIZE);
    HBox top = new HBox(name, badge);
    top.getStyleClass().add("row");
    top.setAlignment(Pos.CENTER_LEFT);
    VBox box = new VBox(top);
    box.getStyleClass().add("model-words");
    VBox.setVgrow(box, Priority.ALWAYS);
    ModelCard.Facts facts = card.facts();
    if (facts != null) {
      for (String line : lines(facts)) {
        Label label = new Label(line);
        label.getStyleClass().add("hint");
        label.setWrapText(true);
        box.getChildren().add(label);
      }
    }
    box.getChildren().add(verdict());
    return box;
  }

  private List<String> lines(ModelCard.Facts facts) {
    ModelDescription description = facts.description();
    Provenance provenance = description.provenance();
    List<String> lines = new ArrayList<>();
    lines.add(what(description.spec()) + "  ·  " + size(facts.bytes()));
    lines.add(
        messages.text(
            "models.parameters", millions(facts.energy()), millions(facts.initializer())));
    lines.add(
        messages.text(
            "models.levels",
            description.schedule().levels(),
            description.langevinSteps(),
            messages.grouped(provenance.allIterations(), 0)));
    String from =
        Stream.of(provenance.data(), provenance.program(), day(provenance.created()))
            .filter(part -> !part.isBlank())
            .collect(Collectors.joining("  ·  "));
    if (!from.isEmpty()) {
      lines.add(from);
    }
    return lines;
  }

  private String what(ModelSpec spec) {
    if (spec instanceof ImageModelSpec images) {
      return messages.text(
          images.imageChannels() == 3 ? "model.images.colour" : "model.images.grey",
          images.resolution());
    }
    return messages.text("model.points");
  }

  private String size(long bytes) {
    return bytes < 1_000_000
        ? messages.text("models.kilobytes", messages.number(bytes / 1e3, 0))
        : messages.text("models.megabytes", messages.number(bytes / 1e6, bytes < 1e8 ? 1 : 0));
  }

  private String millions(long count) {
    return count < 100_000
        ? messages.grouped(count, 0)
        : messages.text("models.millions", messages.number(count / 1e6, count < 1e7 ? 2 : 1));
  }

  /** A time without the time of day. */
  private static String day(String created) {
    return created.matches("\\d{4}-\\d{2}-\\d{2}T.*") ? created.substring(0, 10) : created;
  }

  private Node verdict() {
    boolean bad = !card.problem().isEmpty();
    boolean read = card.facts() != null;
    Label text =
        new Label(bad ? card.problem() : messages.text(read ? "models.sound" : "models.checking"));
    text.setId("verdict-" + card.name());
    text.setWrapText(true);
    text.setMinHeight(Region.USE_PREF_SIZE);
    HBox line =
        new HBox(
            Controls.icon(
                bad
                    ? BootstrapIcons.EXCLAMATION_TRIANGLE_FILL
                    : read ? BootstrapIcons.CHECK_CIRCLE_FILL : BootstrapIcons.HOURGLASS_SPLIT),
            text);
    line.getStyleClass().addAll("verdict", bad ? "verdict-bad" : read ? "verdict-good" : "muted");
    line.setAlignment(Pos.TOP_LEFT);
    return line;
  }

  private Node buttons() {
    boolean usable = card.facts() != null;
    Button use =
        Controls.button(
            "use-" + card.name(), BootstrapIcons.BOX_ARROW_UP_RIGHT, messages.text("models.use"));
    use.getStyleClass().add("accent");
    use.setDisable(!usable);
    use.setOnAction(event -> actions.use(card));
    Button info =
        Controls.iconButton(
            "details-" + card.name(), BootstrapIcons.INFO_CIRCLE, messages.text("model.details"));
    info.setDisable(!usable);
    ModelDetails details = new ModelDetails(messages);
    info.setOnAction(
        event -> {
          ModelCard.Facts facts = Objects.requireNonNull(card.facts());
          details.toggle(
              info,
              new LoadedModel(card.reference(), facts.description(), facts.checksum()),
              prose(card.card()));
        });
    more.setId("more-" + card.name());
    more.getStyleClass().addAll("flat", "no-arrow");
    Controls.explain(more, messages.text("models.more", card.name()));
    more.getItems()
        .addAll(
            item("check", "models.check", false, () -> actions.check(card)),
            item("draw", "models.draw", card.ships() || !usable, () -> actions.draw(card)),
            item("reveal", "show.folder", card.ships(), () -> actions.reveal(card)),
            item("rename", "models.rename", card.ships(), () -> actions.rename(card)),
            item("remove", "models.remove", card.ships(), () -> actions.remove(card)));
    HBox row = new HBox(use, Controls.spacer(), info, more);
    row.getStyleClass().add("row");
    row.setAlignment(Pos.CENTER_LEFT);
    return row;
  }

  private MenuItem item(String id, String text, boolean disabled, Runnable action) {
    MenuItem item = new MenuItem(messages.text(text));
    item.setId(id + "-" + card.name());
    item.setDisable(disabled);
    item.setOnAction(event -> action.run());
    return item;
  }

  /** The sentences of a model card, without its headings and tables. */
  private static String prose(String card) {
    return card.lines()
        .filter(line -> !line.startsWith("#") && !line.startsWith("|"))
        .map(line -> line.isBlank() ? "\n\n" : line + " ")
        .collect(Collectors.joining())
        .replace("**", "")
        .replace("`", "")
        .replaceAll("\n{3,}", "\n\n")
        .strip();
  }
}
