package cdrl.studio.workspace;

import cdrl.runtime.HostTensor;
import cdrl.studio.raster.Raster;
import cdrl.studio.shell.Preferences;
import java.nio.file.Path;
import java.util.Map;
import javafx.beans.property.BooleanProperty;
import javafx.beans.property.IntegerProperty;
import javafx.beans.property.ReadOnlyBooleanProperty;
import javafx.beans.property.ReadOnlyBooleanWrapper;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;
import javafx.beans.property.SimpleBooleanProperty;
import javafx.beans.property.SimpleIntegerProperty;
import org.jspecify.annotations.Nullable;

/**
 * Pictures side by side, one of them selected, and what can be done with them. Use it on the user
 * interface's thread.
 */
public final class Gallery {
  /** The most images of one run. */
  public static final int MOST_IMAGES = 64;

  private static final int SHEET_GAP = 2;
  private static final int WHITE = 0xffffff;

  /** Where the pictures come from; asked only while there are some. */
  public interface Origin {
    /** The beginning of a file's name. */
    String fileStem();

    /** What people call one of them elsewhere. */
    String name(int index);

    /** What people call one of them here. */
    String caption(int index);

    /**
     * Everything that is needed to make one of them again.
     *
     * @param index which one; −1 for all
     */
    Map<String, String> notes(int index);

    /** Whether there is a picture at a place, and not only the space for one. */
    default boolean has(int index) {
      return true;
    }
  }

  private final WorkspaceContext context;
  private final PictureExport export;
  private final Origin origin;
  private final ReadOnlyObjectWrapper<@Nullable HostTensor> images = new ReadOnlyObjectWrapper<>();
  private final IntegerProperty selected = new SimpleIntegerProperty();
  private final BooleanProperty smooth = new SimpleBooleanProperty();
  private final BooleanProperty enlarged = new SimpleBooleanProperty();
  private final ReadOnlyBooleanWrapper there = new ReadOnlyBooleanWrapper();

  /**
   * @param id the workspace; its preferences begin with it
   */
  public Gallery(WorkspaceContext context, PictureExport export, String id, Origin origin) {
    this.context = context;
    this.export = export;
    this.origin = origin;
    Preferences preferences = context.preferences();
    smooth.set(preferences.word(id + ".pixels").filter("smooth"::equals).isPresent());
    smooth.addListener(
        (property, before, after) ->
            preferences.setWord(id + ".pixels", after ? "smooth" : "crisp"));
    selected.addListener((property, before, after) -> there.set(hasSelected()));
  }

  /** The pictures, (count, channels, height, width) in [−1, 1], or null. */
  public ReadOnlyObjectProperty<@Nullable HostTensor> imagesProperty() {
    return images.getReadOnlyProperty();
  }

  /** Shows other pictures, or none. */
  public void show(@Nullable HostTensor batch) {
    if (batch == null) {
      enlarged.set(false);
    }
    images.set(batch);
    there.set(hasSelected());
  }

  /** Whether the selected picture can be taken out: saved, copied or sent. */
  public ReadOnlyBooleanProperty thereProperty() {
    return there.getReadOnlyProperty();
  }

  private boolean hasSelected() {
    return images.get() != null && origin.has(index());
  }

  /** Tells that there is no picture where one is selected. */
  public void missing() {
    context.jobs().tell(context.messages().text(count() == 0 ? "gallery.none" : "gallery.missing"));
  }

  /** Which picture is selected, from 0; may be beyond the last one. */
  public IntegerProperty selectedProperty() {
    return selected;
  }

  /** Whether enlarged pixels are blurred into each other. */
  public BooleanProperty smoothProperty() {
    return smooth;
  }

  /** Whether the selected picture is shown in place of all. */
  public BooleanProperty enlargedProperty() {
    return enlarged;
  }

  /** The selected picture's number, from 0. */
  public int index() {
    HostTensor batch = images.get();
    return batch == null ? 0 : Math.max(0, Math.min(selected.get(), batch.count() - 1));
  }

  /** How many there are. */
  public int count() {
    HostTensor batch = images.get();
    return batch == null ? 0 : batch.count();
  }

  /** Selects the next picture, or the one before; at the ends nothing happens. */
  public void moveSelection(int by) {
    selected.set(Math.max(0, Math.min(count() - 1, index() + by)));
  }

  /** The selected picture as it is shown, or null. */
  public @Nullable Raster selectedRaster() {
    HostTensor batch = images.get();
    return batch == null ? null : Raster.of(batch, index());
  }

  /** What people call a picture here. */
  public String caption(int index) {
    return images.get() == null ? "" : origin.caption(index);
  }

  /** What people call the selected picture elsewhere. */
  public String selectedName() {
    return images.get() == null ? "" : origin.name(index());
  }

  /** Tells that the selected picture is on the clipboard. */
  public void copied() {
    context.jobs().tell(context.messages().text("generate.copied", index() + 1));
  }

  /** A name for the file of all pictures. */
  public String gridFileName() {
    return images.get() == null ? "" : origin.fileStem() + ".png";
  }

  /** A name for the file of the selected picture. */
  public String imageFileName() {
    return there.get() ? origin.fileStem() + "-image-" + (index() + 1) + ".png" : "";
  }

  /** Saves all pictures as they are shown, in their own pixels. */
  public void saveGrid(Path file) {
    HostTensor batch = images.get();
    if (batch != null) {
      export.save(file, sheet(batch), origin.notes(-1));
    }
  }

  /** Saves the selected picture as it is shown, in its own pixels. */
  public void saveImage(Path file) {
    Raster picture = selectedRaster();
    if (picture != null && there.get()) {
      export.save(file, picture, origin.notes(index()));
    }
  }

  /** Pictures in rows, about as many rows as columns. */
  public static Raster sheet(HostTensor batch) {
    return Raster.sheet(batch, (int) Math.ceil(Math.sqrt(batch.count())), SHEET_GAP, WHITE);
  }
}
