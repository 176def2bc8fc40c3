package cdrl.studio.inpaint;

import cdrl.studio.engine.PictureService;
import cdrl.studio.engine.SeedText;
import cdrl.studio.workspace.ChartNotes;
import cdrl.studio.workspace.WorkspaceContext;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
import java.util.function.BiConsumer;

/** Takes dropped files, and what a saved picture tells about how it was filled. */
final class InpaintDrops {
  private final WorkspaceContext context;
  private final PictureService pictures;
  private final InpaintDocument document;
  private final Filling filling;
  private final MaskTools tools;
  private final PictureOpener opener;

  InpaintDrops(
      WorkspaceContext context,
      PictureService pictures,
      InpaintDocument document,
      Filling filling,
      MaskTools tools,
      PictureOpener opener) {
    this.context = context;
    this.pictures = pictures;
    this.document = document;
    this.filling = filling;
    this.tools = tools;
    this.opener = opener;
  }

  /**
   * A model is opened; a picture that was filled here brings back what it was made from; any other
   * picture is opened, unless it shows charts.
   *
   * @param charts is given the workspace of such a picture, and what it tells
   */
  void drop(Path file, BiConsumer<String, Map<String, String>> charts) {
    context.problems().dismiss();
    if (file.toString().toLowerCase(Locale.ROOT).endsWith(".safetensors")) {
      filling.sampling().models().open(file);
      return;
    }
    opener.inBackground(
        () -> pictures.readNotes(file),
        notes -> {
          if (InpaintNotes.original(notes).isPresent()) {
            restore(notes);
          } else if (ChartNotes.tells(notes)) {
            charts.accept(ChartNotes.workspace(notes), notes);
          } else {
            opener.open(file);
          }
        });
  }

  /** Takes model, picture, mask and settings. */
  void restore(Map<String, String> notes) {
    filling.sampling().restore(notes, model -> restorePicture(notes));
  }

  private void restorePicture(Map<String, String> notes) {
    String name = notes.getOrDefault("cdrl.picture", "");
    InpaintNotes.original(notes)
        .ifPresent(
            image -> opener.open(() -> SourcePicture.of(name, image), () -> restoreMask(notes)));
    filling.roundsProperty().set(InpaintNotes.rounds(notes));
    SeedText.parse(notes.getOrDefault("cdrl.start-level", ""))
        .ifPresent(
            level ->
                filling
                    .strengthProperty()
                    .set((int) Math.max(1, Math.min(filling.levels(), level))));
  }

  private void restoreMask(Map<String, String> notes) {
    tools.toolProperty().set(Tool.BRUSH);
    PaintedMask mask = document.maskProperty().get();
    if (mask != null) {
      InpaintNotes.mask(notes, mask.resolution() * mask.resolution())
          .ifPresent(pixels -> document.act(painted -> painted.set(pixels)));
    }
    context.jobs().tell(context.messages().text("inpaint.restored"));
  }
}
