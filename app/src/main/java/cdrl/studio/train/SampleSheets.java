package cdrl.studio.train;

import cdrl.data.Pictures;
import cdrl.store.RunSnapshot;
import cdrl.studio.engine.PictureService;
import cdrl.studio.raster.Raster;
import cdrl.studio.workspace.PictureExport;
import cdrl.studio.workspace.WorkspaceContext;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import javafx.beans.property.BooleanProperty;
import javafx.beans.property.IntegerProperty;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;
import javafx.beans.property.SimpleBooleanProperty;
import javafx.beans.property.SimpleIntegerProperty;
import org.jspecify.annotations.Nullable;

/** The sample sheets of the selected run over time. Use it on the user interface's thread. */
public final class SampleSheets {
  private final WorkspaceContext context;
  private final PictureExport export;
  private final BooleanProperty perLevel = new SimpleBooleanProperty();
  private final IntegerProperty index = new SimpleIntegerProperty(-1);
  private final ReadOnlyObjectWrapper<List<Long>> iterations =
      new ReadOnlyObjectWrapper<>(List.of());
  private final ReadOnlyObjectWrapper<@Nullable Raster> picture = new ReadOnlyObjectWrapper<>();
  private @Nullable RunSnapshot snapshot;
  private Optional<Path> pictured = Optional.empty();
  private OptionalLong sought = OptionalLong.empty();
  private boolean following = true;
  private boolean moving;

  SampleSheets(WorkspaceContext context, PictureService pictures) {
    this.context = context;
    export = new PictureExport(context, pictures);
    index.addListener((property, before, after) -> indexChanged(after.intValue()));
    perLevel.addListener((property, before, after) -> begin(snapshot));
  }

  /** Looks at another run, at its newest sheet. */
  void begin(@Nullable RunSnapshot of) {
    following = true;
    sought = OptionalLong.empty();
    iterations.set(List.of());
    show(of);
  }

  /** Shows what the run has come to; the newest sheet goes on being looked at. */
  void show(@Nullable RunSnapshot now) {
    snapshot = now;
    List<Long> made = now == null ? List.of() : perLevel.get() ? now.levelSheets() : now.sheets();
    if (!made.equals(iterations.get())) {
      moving = true;
      iterations.set(made);
      if (following || index.get() >= made.size()) {
        index.set(made.size() - 1);
      }
      moving = false;
      find();
    }
    showPicture();
  }

  /** Looks at the sheet of an iteration as soon as it is known of. */
  void seek(long iteration) {
    sought = OptionalLong.of(iteration);
    find();
  }

  private void find() {
    int at = sought.isEmpty() ? -1 : iterations.get().indexOf(sought.getAsLong());
    if (at >= 0) {
      sought = OptionalLong.empty();
      index.set(at);
    }
  }

  private void indexChanged(int now) {
    if (!moving) {
      following = now >= iterations.get().size() - 1;
    }
    showPicture();
  }

  private Optional<Path> file() {
    RunSnapshot of = snapshot;
    int at = index.get();
    if (of == null || at < 0 || at >= iterations.get().size()) {
      return Optional.empty();
    }
    long iteration = iterations.get().get(at);
    return Optional.of(perLevel.get() ? of.levelSheet(iteration) : of.sheet(iteration));
  }

  private void showPicture() {
    Optional<Path> file = file();
    if (file.equals(pictured)) {
      return;
    }
    pictured = file;
    if (file.isEmpty()) {
      picture.set(null);
      return;
    }
    context.inBackground(
        () -> Raster.of(Pictures.read(file.get(), 3)),
        read -> {
          if (file.equals(pictured)) { // the newest wish wins
            picture.set(read);
          }
        });
  }

  /** The iterations that there are sheets of. */
  public ReadOnlyObjectProperty<List<Long>> iterationsProperty() {
    return iterations.getReadOnlyProperty();
  }

  /** Whether pictures of all noise levels are looked at instead of samples. */
  public BooleanProperty perLevelProperty() {
    return perLevel;
  }

  /** Which sheet is looked at, from 0; −1 where there are none. */
  public IntegerProperty indexProperty() {
    return index;
  }

  /** Moves to an earlier or later sheet. */
  public void move(int by) {
    int last = iterations.get().size() - 1;
    if (last >= 0) {
      index.set(Math.max(0, Math.min(last, index.get() + by)));
    }
  }

  /** The sheet that is looked at, as soon as it is read; null where there is none. */
  public ReadOnlyObjectProperty<@Nullable Raster> pictureProperty() {
    return picture.getReadOnlyProperty();
  }

  /** A name for a file of the sheet that is looked at, without its extension. */
  public String fileStem() {
    RunSnapshot of = snapshot;
    String run = of == null ? "run" : String.valueOf(of.folder().getFileName());
    return run + (perLevel.get() ? "-levels-" : "-samples-") + iteration();
  }

  private long iteration() {
    int at = index.get();
    return at < 0 || at >= iterations.get().size() ? 0 : iterations.get().get(at);
  }

  /** Saves the sheet that is looked at. */
  public void save(Path to) {
    Raster sheet = picture.get();
    RunSnapshot of = snapshot;
    if (sheet != null && of != null) {
      export.save(
          to,
          sheet,
          Map.of(
              "cdrl.workspace",
              "train",
              RunNotes.RUN,
              String.valueOf(of.folder().getFileName()),
              "cdrl.levels",
              String.valueOf(perLevel.get()),
              RunNotes.ITERATION,
              Long.toString(iteration())));
    }
  }

  /** Tells that the sheet is in the clipboard. */
  public void copied() {
    String made = context.messages().grouped(iteration(), 0);
    context.jobs().tell(context.messages().text("sheet.copied", made));
  }

  /** Tells that there is nothing to save or copy. */
  public void missing() {
    context.jobs().tell(context.messages().text("train.sheet.none"));
  }
}
