package cdrl.studio.workspace;

import cdrl.studio.engine.SamplingSession;
import cdrl.studio.resources.Messages;
import cdrl.studio.shell.Command;
import cdrl.studio.shell.FileDialogs;
import cdrl.studio.widgets.ContactSheet;
import cdrl.studio.widgets.Controls;
import cdrl.studio.widgets.EmptyState;
import cdrl.studio.widgets.SamplingSection;
import java.net.URL;
import java.util.ArrayList;
import java.util.List;
import javafx.beans.binding.Bindings;
import javafx.beans.value.ObservableBooleanValue;
import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.control.Tooltip;
import javafx.scene.layout.VBox;
import org.jspecify.annotations.Nullable;
import org.kordamp.ikonli.Ikon;
import org.kordamp.ikonli.bootstrapicons.BootstrapIcons;

/**
 * The parts that workspaces share whose runs fill a gallery: the frame, the controls of the runs,
 * the gallery, and the ways out of it.
 */
public final class GalleryWorkspace {
  /** What such a workspace knows and does. */
  public interface Model {
    /** The model, the settings that all workspaces have, and the runs. */
    SamplingSetup sampling();

    /** The images that are shown. */
    Gallery gallery();

    /** Saves the way of a slider as an animation. */
    SweepExport sweep();

    /** Whether something is being drawn that {@link #cancel} stops. */
    default ObservableBooleanValue busyProperty() {
      SamplingSession session = sampling().session();
      return Bindings.createBooleanBinding(session::isBusy, session.stateProperty());
    }

    /** Starts to sample. */
    default void sample() {
      sampling().sample();
    }

    /** Stops what is being drawn. */
    default void cancel() {
      sampling().cancel();
    }
  }

  private final Messages messages;
  private final Model model;
  private final FileDialogs dialogs;
  private final WorkspaceFrame frame;
  private final SamplingControls controls;
  private final List<PictureReceiver> receivers;
  private final ContactSheet sheet;
  private final EmptyState empty;
  private final GalleryPane gallery;

  /**
   * @param id the workspace; its texts begin with it
   * @param icon the workspace's
   * @param dialogs ask for files
   * @param receivers workspaces that take a picture
   */
  public GalleryWorkspace(
      Messages messages,
      String id,
      Ikon icon,
      Model model,
      FileDialogs dialogs,
      List<PictureReceiver> receivers) {
    this.messages = messages;
    this.model = model;
    this.dialogs = dialogs;
    this.receivers = List.copyOf(receivers);
    frame = new WorkspaceFrame(messages, id);
    controls =
        new SamplingControls(
            messages,
            frame,
            dialogs,
            model.sampling(),
            new SamplingSection.Actions(model::sample, model::cancel, model.busyProperty()));
    sheet = new ContactSheet(messages.text("generate.sheet"));
    empty = new EmptyState(id + "-empty", icon, messages.text(id + ".empty"));
    gallery = new GalleryPane("", messages, model.gallery(), dialogs, receivers, sheet, empty);
  }

  /** The outer frame. */
  public WorkspaceFrame frame() {
    return frame;
  }

  /** The pictures side by side. */
  public GalleryPane gallery() {
    return gallery;
  }

  /**
   * Other pictures beside those, with which the same can be done.
   *
   * @param id begins the ids of the nodes
   */
  public GalleryPane beside(String id, Gallery others) {
    GalleryPane pane = new GalleryPane(id, messages, others, dialogs, receivers);
    gallery.setBeside(pane);
    return pane;
  }

  /**
   * Says what to see or to do where there are no pictures.
   *
   * @param picture shown in place of the words
   */
  public void showNothing(@Nullable URL picture, String words) {
    boolean nothing = model.gallery().imagesProperty().get() == null;
    sheet.show(nothing ? picture : null);
    Controls.show(empty, nothing && picture == null);
    empty.setText(words);
  }

  /** Moves the keyboard's focus to the button that starts a run. */
  public void focus() {
    controls.focus();
  }

  /** The common keys and a workspace's own. */
  public List<Command> commands(List<Command> own) {
    List<Command> all = new ArrayList<>(gallery.commands());
    all.add(Command.of(messages.text("cancel"), "Esc", this::escape));
    all.addAll(own);
    all.add(Command.of(messages.text("sweep.save"), "Shortcut+Shift+G", this::askForSweep));
    return controls.commands(all);
  }

  /** Leaves what is in front, or stops what runs. */
  private void escape() {
    if (!frame.dismissQuestion() && !gallery.reduce()) {
      model.cancel();
    }
  }

  /** Where the model is picked. */
  public Node model() {
    return controls.model();
  }

  /** Where runs are set and started, with settings of the workspace's own. */
  public Node runs(Node... further) {
    return controls.runs(
        SamplingSection.Words.sample(messages, messages.text("generate.count")),
        Gallery.MOST_IMAGES,
        1,
        further);
  }

  /** How the pictures are shown. */
  public Node look() {
    return Controls.section(messages.text("view.heading"), gallery.pixels());
  }

  /** The ways out of the gallery, and further ones. */
  public Node export(Node... further) {
    VBox export = Controls.section(messages.text("save.heading"));
    export.getChildren().addAll(gallery.buttons());
    export.getChildren().addAll(further);
    return export;
  }

  /**
   * Saves the way of a slider.
   *
   * @param hint what that is
   */
  public Button sweepButton(String hint) {
    Button button =
        Controls.wideButton(
            "save-sweep", BootstrapIcons.SLIDERS, messages.text("sweep.save"), this::askForSweep);
    button.setTooltip(new Tooltip(hint));
    return button;
  }

  private void askForSweep() {
    SweepExport sweep = model.sweep();
    if (!sweep.sliders().isEmpty() && model.gallery().count() > 0 && !frame.question().isOpen()) {
      new SweepQuestion(messages, frame.question(), sweep.sliders())
          .ask(
              wish ->
                  dialogs
                      .saveGif(frame.window(), sweep.fileName(wish.slider()))
                      .ifPresent(file -> sweep.save(file, wish)));
    }
  }
}
