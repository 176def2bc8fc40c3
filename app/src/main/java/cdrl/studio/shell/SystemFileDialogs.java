package cdrl.studio.shell;

import cdrl.studio.resources.Messages;
import java.io.File;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import javafx.stage.DirectoryChooser;
import javafx.stage.FileChooser;
import javafx.stage.Window;
import org.jspecify.annotations.Nullable;

/** The desktop's own dialogs; they open in the folder that was used last. */
public final class SystemFileDialogs implements FileDialogs {
  private static final String MODELS = "models";
  private static final String PICTURES = "pictures";
  private static final String CHECKPOINTS = "checkpoints";
  private static final String TABLES = "tables";
  private static final String DATA = "data";

  private final Messages messages;
  private final Preferences preferences;

  /**
   * @param messages the texts
   * @param preferences remember the folders
   */
  public SystemFileDialogs(Messages messages, Preferences preferences) {
    this.messages = messages;
    this.preferences = preferences;
  }

  @Override
  public Optional<Path> openModel(Window owner) {
    FileChooser chooser = chooser("dialog.model.title", MODELS);
    chooser
        .getExtensionFilters()
        .addAll(
            new FileChooser.ExtensionFilter(messages.text("dialog.model.type"), "*.safetensors"),
            new FileChooser.ExtensionFilter(messages.text("dialog.all"), "*"));
    return remembered(chooser.showOpenDialog(owner), MODELS);
  }

  @Override
  public Optional<Path> openCheckpoint(Window owner) {
    FileChooser chooser = chooser("dialog.checkpoint.title", CHECKPOINTS);
    chooser
        .getExtensionFilters()
        .addAll(
            new FileChooser.ExtensionFilter(
                messages.text("dialog.checkpoint.type"), "*.tar", "*.pth", "*.pt"),
            new FileChooser.ExtensionFilter(messages.text("dialog.all"), "*"));
    return remembered(chooser.showOpenDialog(owner), CHECKPOINTS);
  }

  @Override
  public Optional<Path> openPicture(Window owner) {
    return remembered(pictures().showOpenDialog(owner), PICTURES);
  }

  @Override
  public List<Path> openPictures(Window owner) {
    List<File> chosen = pictures().showOpenMultipleDialog(owner);
    if (chosen == null || chosen.isEmpty()) {
      return List.of();
    }
    remembered(chosen.get(0), PICTURES);
    return chosen.stream().map(file -> file.toPath().toAbsolutePath()).toList();
  }

  private FileChooser pictures() {
    FileChooser chooser = chooser("dialog.picture.title", PICTURES);
    chooser
        .getExtensionFilters()
        .addAll(
            new FileChooser.ExtensionFilter(
                messages.text("dialog.picture.type"),
                "*.png",
                "*.jpg",
                "*.jpeg",
                "*.gif",
                "*.bmp",
                "*.PNG",
                "*.JPG",
                "*.JPEG"),
            new FileChooser.ExtensionFilter(messages.text("dialog.all"), "*"));
    return chooser;
  }

  @Override
  public Optional<Path> openImageData(Window owner) {
    FileChooser chooser = chooser("dialog.data.title", DATA);
    chooser
        .getExtensionFilters()
        .addAll(
            new FileChooser.ExtensionFilter(messages.text("dialog.all"), "*"),
            new FileChooser.ExtensionFilter(
                messages.text("dialog.data.type"), "*.bin", "*-ubyte", "*-ubyte.gz"));
    return remembered(chooser.showOpenDialog(owner), DATA);
  }

  @Override
  public Optional<Path> savePng(Window owner, String suggestion) {
    return save(owner, "png", PICTURES, suggestion);
  }

  @Override
  public Optional<Path> saveGif(Window owner, String suggestion) {
    return save(owner, "gif", PICTURES, suggestion);
  }

  @Override
  public Optional<Path> saveCsv(Window owner, String suggestion) {
    return save(owner, "csv", TABLES, suggestion);
  }

  private Optional<Path> save(Window owner, String type, String purpose, String suggestion) {
    FileChooser chooser = chooser("dialog." + type + ".title", purpose);
    chooser
        .getExtensionFilters()
        .add(
            new FileChooser.ExtensionFilter(
                messages.text("dialog." + type + ".type"), "*." + type));
    chooser.setInitialFileName(suggestion);
    return remembered(chooser.showSaveDialog(owner), purpose)
        .map(file -> withEnding(file, "." + type));
  }

  @Override
  public Optional<Path> chooseFolder(Window owner, String purpose) {
    DirectoryChooser chooser = new DirectoryChooser();
    chooser.setTitle(messages.text("dialog.folder." + purpose));
    preferences.folder(purpose).map(Path::toFile).ifPresent(chooser::setInitialDirectory);
    File chosen = chooser.showDialog(owner);
    if (chosen == null) {
      return Optional.empty();
    }
    preferences.setFolder(purpose, chosen.toPath().toAbsolutePath());
    preferences.save();
    return Optional.of(chosen.toPath().toAbsolutePath());
  }

  private FileChooser chooser(String title, String purpose) {
    FileChooser chooser = new FileChooser();
    chooser.setTitle(messages.text(title));
    preferences.folder(purpose).map(Path::toFile).ifPresent(chooser::setInitialDirectory);
    return chooser;
  }

  private Optional<Path> remembered(@Nullable File chosen, String purpose) {
    if (chosen == null) {
      return Optional.empty();
    }
    Path file = chosen.toPath().toAbsolutePath();
    Path folder = file.getParent();
    if (folder != null) {
      preferences.setFolder(purpose, folder);
      preferences.save();
    }
    return Optional.of(file);
  }

  private static Path withEnding(Path file, String ending) {
    String name = String.valueOf(file.getFileName());
    return name.toLowerCase(Locale.ROOT).endsWith(ending)
        ? file
        : file.resolveSibling(name + ending);
  }
}
