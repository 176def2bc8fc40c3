package cdrl.studio.shell;

import cdrl.runtime.AtomicFile;
import cdrl.runtime.CdrlException;
import cdrl.runtime.DeviceChoice;
import cdrl.sampling.LangevinKernels.Format;
import cdrl.studio.engine.ComputeChoice;
import java.io.IOException;
import java.io.Reader;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicReference;
import java.util.logging.Level;
import java.util.logging.Logger;
import javafx.beans.property.BooleanProperty;
import javafx.beans.property.ObjectProperty;
import javafx.beans.property.SimpleBooleanProperty;
import javafx.beans.property.SimpleObjectProperty;
import org.jspecify.annotations.Nullable;

/**
 * What the program remembers from one start to the next, in a small text file. Losing the file, or
 * not being able to write it, costs nothing but the memory.
 */
public final class Preferences {
  /**
   * Where the window was.
   *
   * @param x left edge in screen coordinates
   * @param y upper edge in screen coordinates
   * @param width of the window, at least 1
   * @param height of the window, at least 1
   * @param maximized whether it filled the screen
   */
  public record WindowPlace(double x, double y, double width, double height, boolean maximized) {}

  private static final Logger LOG = Logger.getLogger(Preferences.class.getName());

  private final @Nullable Path file;
  private final Properties values = new Properties();

  /** What the file is to hold, once it has been written. */
  private final AtomicReference<@Nullable String> unsaved = new AtomicReference<>();

  private final ObjectProperty<ThemeChoice> theme = new SimpleObjectProperty<>(ThemeChoice.SYSTEM);
  private final ObjectProperty<Accent> accent = new SimpleObjectProperty<>(Accent.BLUE);
  private final BooleanProperty brushKeepsSize = new SimpleBooleanProperty();

  private Preferences(@Nullable Path file) {
    this.file = file;
  }

  /** Preferences that are forgotten at the end. */
  public static Preferences inMemory() {
    return new Preferences(null);
  }

  /** Reads preferences; what is missing or makes no sense gets its default. */
  public static Preferences load(Path file) {
    Preferences preferences = new Preferences(file);
    if (Files.isRegularFile(file)) {
      try (Reader reader = Files.newBufferedReader(file, StandardCharsets.UTF_8)) {
        preferences.values.load(reader);
      } catch (IOException | IllegalArgumentException e) {
        LOG.log(Level.FINE, "preferences not read", e);
        preferences.values.clear();
      }
    }
    preferences.theme.set(
        preferences.constant("theme", ThemeChoice.class).orElse(ThemeChoice.SYSTEM));
    preferences.accent.set(preferences.constant("accent", Accent.class).orElse(Accent.BLUE));
    preferences.brushKeepsSize.set(
        preferences.word("brush.keeps-size").filter("true"::equals).isPresent());
    return preferences;
  }

  /** The file of this user on this kind of system. */
  public static Path usualFile() {
    String set = System.getProperty("cdrl.preferences");
    if (set != null) {
      return Path.of(set);
    }
    String system = System.getProperty("os.name", "").toLowerCase(Locale.ROOT);
    Path home = Path.of(System.getProperty("user.home", "."));
    String roaming = System.getenv("APPDATA");
    String configuration = System.getenv("XDG_CONFIG_HOME");
    Path folder;
    if (system.contains("win") && roaming != null) {
      folder = Path.of(roaming, "CDRL Studio");
    } else if (system.contains("mac")) {
      folder = home.resolve("Library/Application Support/CDRL Studio");
    } else if (configuration != null && configuration.startsWith("/")) {
      folder = Path.of(configuration, "cdrl-studio");
    } else {
      folder = home.resolve(".config/cdrl-studio");
    }
    return folder.resolve("preferences.properties");
  }

  /** The theme. */
  public ObjectProperty<ThemeChoice> themeProperty() {
    return theme;
  }

  /** The accent colour. */
  public ObjectProperty<Accent> accentProperty() {
    return accent;
  }

  /** Whether a brush keeps its size on the screen, rather than in the picture, when one zooms. */
  public BooleanProperty brushKeepsSizeProperty() {
    return brushKeepsSize;
  }

  /** The language of the texts; another one is used from the next start on. */
  public Language language() {
    return constant("language", Language.class).orElse(Language.SYSTEM);
  }

  /** How to compute; another choice is used from the next start on. */
  public ComputeChoice compute() {
    return new ComputeChoice(
        word("device").flatMap(Preferences::device).orElse(DeviceChoice.AUTO),
        word("threads").filter(text -> text.matches("\\d{1,4}")).map(Integer::valueOf).orElse(0),
        constant("precision", Format.class).orElse(Format.AUTO));
  }

  /** Langevin steps per level of a preview. More than one can hardly be seen, and is waited for. */
  public int previewSteps() {
    return word("preview.steps")
        .filter(text -> text.matches("[124]"))
        .map(Integer::valueOf)
        .orElse(1);
  }

  private static Optional<DeviceChoice> device(String text) {
    try {
      return Optional.of(DeviceChoice.parse(text));
    } catch (CdrlException e) {
      return Optional.empty();
    }
  }

  /** All remembered words whose key begins so, by the rest of their keys. */
  public Map<String, String> wordsOf(String start) {
    Map<String, String> words = new TreeMap<>();
    for (String key : values.stringPropertyNames()) {
      if (key.startsWith(start)) {
        words.put(key.substring(start.length()), values.getProperty(key));
      }
    }
    return words;
  }

  /** Where the window was when it was closed last. */
  public Optional<WindowPlace> window() {
    try {
      String[] parts = values.getProperty("window", "").split(" ", -1);
      if (parts.length != 5) {
        return Optional.empty();
      }
      WindowPlace place =
          new WindowPlace(
              Double.parseDouble(parts[0]),
              Double.parseDouble(parts[1]),
              Double.parseDouble(parts[2]),
              Double.parseDouble(parts[3]),
              Boolean.parseBoolean(parts[4]));
      boolean sound =
          Double.isFinite(place.x + place.y)
              && place.width >= 200
              && place.height >= 200
              && place.width < 20_000
              && place.height < 20_000;
      return sound ? Optional.of(place) : Optional.empty();
    } catch (NumberFormatException e) {
      return Optional.empty();
    }
  }

  /** Remembers where the window is. */
  public void setWindow(WindowPlace place) {
    values.setProperty(
        "window",
        place.x + " " + place.y + " " + place.width + " " + place.height + " " + place.maximized);
  }

  /** The folder that was used last for a purpose, when it is still there. */
  public Optional<Path> folder(String purpose) {
    String text = values.getProperty("folder." + purpose);
    try {
      return Optional.ofNullable(text).map(Path::of).filter(Files::isDirectory);
    } catch (InvalidPathException e) {
      return Optional.empty();
    }
  }

  /**
   * The folder of a person's own models; another one is used from the next start on.
   *
   * @param usual where they go when no other folder was chosen, or it is gone
   */
  public Path modelFolder(Path usual) {
    return folder(PreferencesPane.MODELS).orElse(usual);
  }

  /** Remembers the folder for a purpose. */
  public void setFolder(String purpose, Path folder) {
    values.setProperty("folder." + purpose, folder.toString());
  }

  /** A remembered word. */
  public Optional<String> word(String key) {
    return Optional.ofNullable(values.getProperty(key));
  }

  /** Remembers a word. */
  public void setWord(String key, String value) {
    values.setProperty(key, value);
  }

  /** A remembered choice, when it is one of the constants. */
  public <E extends Enum<E>> Optional<E> constant(String key, Class<E> type) {
    String text = values.getProperty(key);
    for (E candidate : type.getEnumConstants()) {
      if (candidate.name().equalsIgnoreCase(text)) {
        return Optional.of(candidate);
      }
    }
    return Optional.empty();
  }

  /**
   * Writes the file in the background, which takes a while on some disks; of several states that
   * wait, the newest is written. A failure is only logged.
   */
  public void save() {
    if (file == null) {
      return;
    }
    values.setProperty("theme", theme.get().name().toLowerCase(Locale.ROOT));
    values.setProperty("accent", accent.get().name().toLowerCase(Locale.ROOT));
    values.setProperty("brush.keeps-size", String.valueOf(brushKeepsSize.get()));
    unsaved.set(text());
    CompletableFuture.runAsync(this::finishSaving);
  }

  private String text() {
    StringWriter text = new StringWriter();
    try {
      values.store(text, "CDRL Studio");
    } catch (IOException e) {
      throw new UncheckedIOException(e); // memory takes everything
    }
    return text.toString();
  }

  /** Returns when everything that was {@linkplain #save saved} is in the file. */
  public synchronized void finishSaving() {
    String text = unsaved.getAndSet(null);
    if (file == null || text == null) {
      return;
    }
    try {
      Path folder = file.toAbsolutePath().getParent();
      if (folder != null) {
        Files.createDirectories(folder);
        AtomicFile.writeText(file, text);
      }
    } catch (IOException | CdrlException e) {
      LOG.log(Level.FINE, "preferences not written", e);
    }
  }
}
