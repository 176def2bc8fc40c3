package cdrl.studio.workspace;

import cdrl.studio.raster.Raster;
import cdrl.studio.resources.Messages;
import cdrl.studio.shell.Command;
import cdrl.studio.shell.FileDialogs;
import cdrl.studio.shell.KeyNames;
import cdrl.studio.widgets.Controls;
import cdrl.studio.widgets.EnlargedPicture;
import cdrl.studio.widgets.Rasters;
import cdrl.studio.widgets.SampleGrid;
import cdrl.studio.widgets.SegmentedChoice;
import java.util.ArrayList;
import java.util.List;
import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.control.ContextMenu;
import javafx.scene.control.MenuItem;
import javafx.scene.control.Tooltip;
import javafx.scene.input.Clipboard;
import javafx.scene.input.ClipboardContent;
import javafx.scene.input.KeyCombination;
import javafx.scene.layout.StackPane;
import org.jspecify.annotations.Nullable;
import org.kordamp.ikonli.Ikon;
import org.kordamp.ikonli.bootstrapicons.BootstrapIcons;

/** Shows a gallery, and offers what can be done with its pictures. */
public final class GalleryPane {
  /** Something that can be done with the selected picture or all of them. */
  private record Deed(
      String id, Ikon icon, String name, String keys, boolean one, Runnable action) {}

  private final Messages messages;
  private final Gallery gallery;
  private final FileDialogs dialogs;
  private final List<PictureReceiver> receivers;
  private final SampleGrid grid;
  private final EnlargedPicture enlarged;
  private final StackPane node;
  private @Nullable GalleryPane beside;

  /**
   * @param id begins the ids of the nodes; may be empty
   * @param receivers workspaces that take a picture
   * @param beneath seen where there are no pictures
   */
  public GalleryPane(
      String id,
      Messages messages,
      Gallery gallery,
      FileDialogs dialogs,
      List<PictureReceiver> receivers,
      Node... beneath) {
    this.messages = messages;
    this.gallery = gallery;
    this.dialogs = dialogs;
    this.receivers = List.copyOf(receivers);
    grid = new SampleGrid(gallery::caption);
    grid.setId(id + "grid");
    grid.setOnOpen(() -> gallery.enlargedProperty().set(true));
    grid.offerOpening(messages.text("gallery.enlarge"));
    grid.setMenu(menu());
    grid.selectedProperty().bindBidirectional(gallery.selectedProperty());
    grid.smoothProperty().bind(gallery.smoothProperty());
    enlarged = new EnlargedPicture(id, messages, gallery::moveSelection, this::reduce);
    enlarged.smoothProperty().bind(gallery.smoothProperty());
    node = new StackPane(grid);
    node.getChildren().addAll(beneath);
    node.getChildren().add(enlarged);
    node.getStyleClass().add("stage");
    gallery.imagesProperty().addListener((property, before, after) -> refresh());
    gallery.enlargedProperty().addListener((property, before, after) -> refresh());
    gallery.selectedProperty().addListener((property, before, after) -> refresh());
    refresh();
  }

  /** The node. */
  public StackPane node() {
    return node;
  }

  /** The pictures side by side. */
  public SampleGrid grid() {
    return grid;
  }

  /** Lets the keys that do something with pictures do it there while the focus is there. */
  public void setBeside(GalleryPane other) {
    beside = other;
  }

  private GalleryPane focused() {
    return beside != null && beside.node.isFocusWithin() ? beside : this;
  }

  /** Closes the enlarged picture, if there is one. */
  public boolean reduce() {
    return beside != null && focused() == beside
        ? beside.reduce() || close()
        : close() || (beside != null && beside.reduce());
  }

  private boolean close() {
    boolean large = gallery.enlargedProperty().get();
    gallery.enlargedProperty().set(false);
    if (large) {
      grid.requestFocus();
    }
    return large;
  }

  private void refresh() {
    grid.setImages(gallery.imagesProperty().get());
    boolean large = gallery.enlargedProperty().get();
    grid.setVisible(!large && gallery.count() > 0);
    enlarged.show(large ? gallery.selectedRaster() : null, gallery.caption(gallery.index()));
  }

  private List<Deed> deeds() {
    List<Deed> deeds = new ArrayList<>();
    deeds.add(
        new Deed(
            "save-grid",
            BootstrapIcons.GRID_3X3_GAP,
            messages.text("save.grid"),
            "Shortcut+S",
            false,
            this::saveGrid));
    deeds.addAll(deedsOfOne());
    return deeds;
  }

  private List<Deed> deedsOfOne() {
    List<Deed> deeds = new ArrayList<>();
    deeds.add(
        new Deed(
            "save-image",
            BootstrapIcons.IMAGE,
            messages.text("save.image"),
            "Shortcut+Shift+S",
            true,
            this::saveImage));
    deeds.add(
        new Deed(
            "copy-image",
            BootstrapIcons.CLIPBOARD,
            messages.text("generate.copy"),
            "Shortcut+C",
            true,
            this::copy));
    for (PictureReceiver receiver : receivers) {
      deeds.add(
          new Deed(
              "send-" + receiver.id(),
              receiver.icon(),
              receiver.name(),
              receiver.keys(),
              true,
              () -> send(receiver)));
    }
    return deeds;
  }

  /** The commands with their keys. */
  public List<Command> commands() {
    List<Command> commands = new ArrayList<>();
    for (Deed deed : deeds()) {
      commands.add(Command.of(deed.name(), deed.keys(), () -> focused().perform(deed.id())));
    }
    return commands;
  }

  private void perform(String id) {
    deeds().stream().filter(deed -> deed.id().equals(id)).forEach(deed -> deed.action().run());
  }

  /** Buttons for the panel at the left. */
  public List<Node> buttons() {
    List<Node> buttons = new ArrayList<>();
    for (Deed deed : deeds()) {
      Button button = Controls.wideButton(deed.id(), deed.icon(), deed.name(), deed.action());
      button.setTooltip(
          new Tooltip(
              messages.text(
                  "gallery.keys",
                  deed.name(),
                  new KeyNames(messages).text(KeyCombination.valueOf(deed.keys())))));
      button
          .disableProperty()
          .bind(deed.one() ? gallery.thereProperty().not() : gallery.imagesProperty().isNull());
      buttons.add(button);
    }
    return buttons;
  }

  /** The choice how enlarged pixels look. */
  public Node pixels() {
    SegmentedChoice<Boolean> pixels =
        Controls.eitherOr(
            "pixels",
            messages.text("pixels.crisp"),
            messages.text("pixels.smooth"),
            gallery.smoothProperty());
    return Controls.field(messages.text("pixels"), pixels, pixels);
  }

  private ContextMenu menu() {
    ContextMenu menu = new ContextMenu();
    MenuItem enlarge =
        new MenuItem(messages.text("gallery.enlarge"), Controls.icon(BootstrapIcons.ZOOM_IN));
    enlarge.setId("menu-enlarge");
    enlarge.setOnAction(event -> gallery.enlargedProperty().set(true));
    menu.getItems().add(enlarge);
    for (Deed deed : deedsOfOne()) {
      MenuItem item = new MenuItem(deed.name(), Controls.icon(deed.icon()));
      item.setId("menu-" + deed.id());
      item.setAccelerator(KeyCombination.valueOf(deed.keys()));
      item.setOnAction(event -> deed.action().run());
      item.disableProperty().bind(gallery.thereProperty().not());
      menu.getItems().add(item);
    }
    return menu;
  }

  /** The selected picture; where there is none, people are told. */
  private @Nullable Raster taken() {
    if (!gallery.thereProperty().get()) {
      gallery.missing();
      return null;
    }
    return gallery.selectedRaster();
  }

  private void copy() {
    Raster picture = taken();
    if (picture != null) {
      ClipboardContent content = new ClipboardContent();
      content.putImage(Rasters.image(picture));
      Clipboard.getSystemClipboard().setContent(content);
      gallery.copied();
    }
  }

  private void send(PictureReceiver receiver) {
    Raster picture = taken();
    if (picture != null) {
      receiver.open().accept(gallery.selectedName(), picture);
    }
  }

  private void saveGrid() {
    if (gallery.count() == 0) {
      gallery.missing();
      return;
    }
    dialogs
        .savePng(node.getScene().getWindow(), gallery.gridFileName())
        .ifPresent(gallery::saveGrid);
  }

  private void saveImage() {
    if (taken() != null) {
      dialogs
          .savePng(node.getScene().getWindow(), gallery.imageFileName())
          .ifPresent(gallery::saveImage);
    }
  }
}
