package cdrl.studio.models;

import cdrl.data.Progress;
import cdrl.model.ModelDescription;
import cdrl.runtime.AtomicFile;
import cdrl.runtime.Cancellation;
import cdrl.runtime.CdrlException;
import cdrl.runtime.HostTensor;
import cdrl.runtime.ProgramVersion;
import cdrl.store.CheckpointImporter;
import cdrl.store.ModelFile;
import cdrl.store.ModelLibrary;
import cdrl.store.ShippedModel;
import cdrl.store.StoredModel;
import cdrl.studio.engine.TranslatedException;
import cdrl.studio.resources.Messages;
import cdrl.studio.shell.Trash;
import java.io.IOException;
import java.net.MalformedURLException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The models that ship, and a folder of a person's own. Safe to use from every thread. */
public final class ModelShelf {
  private static final String ENDING = ".safetensors";
  private static final String PICTURE = ".png";
  private static final String TRASH = ".trash";

  private final ModelLibrary library;
  private final Path folder;
  private final Messages messages;

  /** What was read of files, by their path, size and time. */
  private final Map<String, ModelCard.Facts> known = new ConcurrentHashMap<>();

  /**
   * @param folder holds model files with pictures beside them; need not exist yet
   * @param messages the texts
   */
  public ModelShelf(ModelLibrary library, Path folder, Messages messages) {
    this.library = library;
    this.folder = folder.toAbsolutePath();
    this.messages = messages;
  }

  /** The folder of the person's own models. */
  public Path folder() {
    return folder;
  }

  /** Whether a model is one of the person's own. */
  public boolean isOwn(Path file) {
    return folder.equals(file.toAbsolutePath().getParent());
  }

  /** All models, not yet read unless they were before: those that ship, then the others by name. */
  public List<ModelCard> list() {
    List<ModelCard> cards = new ArrayList<>();
    for (ShippedModel model : library.shipped()) {
      String picture = model.picture() == null ? "" : model.picture().toExternalForm();
      cards.add(
          new ModelCard(
              model.name(),
              model.name(),
              null,
              picture,
              model.card(),
              known.get(model.name()),
              ""));
    }
    if (Files.isDirectory(folder)) {
      try (Stream<Path> files = Files.list(folder)) {
        files
            .filter(file -> file.getFileName().toString().endsWith(ENDING))
            .filter(file -> !file.getFileName().toString().startsWith("."))
            .sorted()
            .forEach(file -> cards.add(own(file)));
      } catch (IOException e) {
        throw new TranslatedException(e, "fault.read", folder);
      }
    }
    return cards;
  }

  private ModelCard own(Path file) {
    Path picture = beside(file, PICTURE);
    return new ModelCard(
        file.toString(),
        stem(file),
        file,
        Files.exists(picture) ? address(picture) : "",
        "",
        known.get(key(file)),
        "");
  }

  /** With the time of the file, so that a new picture is not taken for the old one. */
  private static String address(Path picture) {
    try {
      return picture.toUri().toURL().toExternalForm() + "?" + picture.toFile().lastModified();
    } catch (MalformedURLException e) {
      throw new IllegalStateException(e);
    }
  }

  private static String key(Path file) {
    return file + " " + file.toFile().length() + " " + file.toFile().lastModified();
  }

  private static String stem(Path file) {
    String name = String.valueOf(file.getFileName());
    return name.endsWith(ENDING) ? name.substring(0, name.length() - ENDING.length()) : name;
  }

  private static Path beside(Path file, String ending) {
    return file.resolveSibling(stem(file) + ending);
  }

  /** Reads and checks a model in full, also when it was read before. */
  public ModelCard check(ModelCard card) {
    String key = card.file() == null ? card.reference() : key(card.file());
    try {
      StoredModel model = library.open(card.reference());
      long bytes =
          card.file() == null ? library.bytes(card.reference()) : card.file().toFile().length();
      ModelCard.Facts facts =
          new ModelCard.Facts(
              model.description(),
              bytes,
              model.parameters("energy"),
              model.parameters("initializer"),
              model.checksum());
      known.put(key, facts);
      return card.with(facts, "");
    } catch (CdrlException e) {
      known.remove(key);
      return card.with(null, TranslatedException.sentence(e, messages));
    }
  }

  /** Why a model of one's own cannot have a name; empty when it can. */
  public Optional<Obstacle> obstacle(String name) {
    if (!name.matches("[\\p{L}\\p{N}][\\p{L}\\p{N} ._()-]{0,99}") || name.endsWith(".")) {
      return Optional.of(Obstacle.INVALID);
    }
    return Files.exists(file(name)) ? Optional.of(Obstacle.TAKEN) : Optional.empty();
  }

  /** What may be wrong with a name. */
  public enum Obstacle {
    /** It cannot be the name of a file everywhere. */
    INVALID,
    /** There is such a model. */
    TAKEN
  }

  /** A name that can be had, from one that may be taken or impossible. */
  public String free(String wish) {
    String stem =
        wish.replaceAll("[^\\p{L}\\p{N} ._()-]+", "-").replaceFirst("^[^\\p{L}\\p{N}]+", "");
    String base = stem.isBlank() ? "model" : stem;
    String name = base;
    for (int number = 2; obstacle(name).isPresent() && number < 10_000; number++) {
      name = base + " (" + number + ")";
    }
    return name;
  }

  private Path file(String name) {
    return folder.resolve(name + ENDING);
  }

  /** Where the picture of a model of one's own belongs. */
  public Path pictureFile(ModelCard card) {
    if (card.file() == null) {
      throw new IllegalArgumentException(card.name() + " ships with its picture");
    }
    return beside(card.file(), PICTURE);
  }

  /**
   * Gives a model of one's own another name.
   *
   * @return the file with that name
   */
  public Path rename(ModelCard card, String name) {
    Path file = require(card);
    Path target = file(name);
    if (Files.exists(target)) {
      throw new TranslatedException(null, "fault.model.taken", name);
    }
    try {
      Path picture = beside(file, PICTURE);
      Path stray = beside(target, PICTURE);
      if (Files.exists(stray)) {
        Trash.take(stray, folder.resolve(TRASH)); // it shows what no model makes
      }
      Files.move(file, target);
      if (Files.exists(picture)) {
        Files.move(picture, stray);
      }
      return target;
    } catch (IOException e) {
      throw new TranslatedException(
          e, "fault.model.rename", card.name(), String.valueOf(e.getMessage()));
    }
  }

  /**
   * Moves a model of one's own to the trash.
   *
   * @return where it is now, when that is not the desktop's trash
   */
  public Optional<Path> remove(ModelCard card) {
    Path file = require(card);
    Path picture = beside(file, PICTURE);
    Optional<Path> place = Trash.take(file, folder.resolve(TRASH));
    if (Files.exists(picture)) {
      Trash.take(picture, folder.resolve(TRASH));
    }
    return place;
  }

  private static Path require(ModelCard card) {
    if (card.file() == null) {
      throw new TranslatedException(null, "fault.model.ships", card.name());
    }
    return card.file();
  }

  /**
   * Turns a checkpoint of the published implementation into a model of one's own.
   *
   * @param settings what its weights do not tell; its name becomes that of the file
   * @return the new file
   */
  public Path importCheckpoint(
      Path checkpoint,
      CheckpointImporter.Settings settings,
      Progress progress,
      Cancellation cancellation) {
    StoredModel model =
        new CheckpointImporter("cdrl " + ProgramVersion.text(), Clock.systemUTC())
            .read(checkpoint, settings, progress, cancellation);
    cancellation.throwIfCancelled();
    Path target = makeRoom(settings.name());
    ModelFile.write(target, model.description(), model.weights());
    return target;
  }

  /**
   * Copies a model file among one's own.
   *
   * @param picture of what it makes, or null
   * @return the new file
   * @throws CdrlException when the file is no sound model
   */
  public Path add(Path source, String name, @Nullable Path picture, Cancellation cancellation) {
    cancellation.throwIfCancelled();
    ModelFile.read(source);
    cancellation.throwIfCancelled();
    Path target = makeRoom(free(name));
    copy(source, target);
    if (picture != null && Files.exists(picture)) {
      copy(picture, beside(target, PICTURE));
    }
    return target;
  }

  /**
   * Stores a model among one's own.
   *
   * @param name what to call the file; another one where it is taken or impossible
   * @return the new file
   */
  public Path save(String name, ModelDescription description, Map<String, HostTensor> weights) {
    Path target = makeRoom(free(name));
    ModelFile.write(target, description, weights);
    return target;
  }

  /** Where the picture of a model file belongs. */
  public static Path pictureBeside(Path model) {
    return beside(model, PICTURE);
  }

  private Path makeRoom(String name) {
    try {
      Files.createDirectories(folder);
    } catch (IOException e) {
      throw new TranslatedException(e, "fault.models", folder);
    }
    Path target = file(name);
    if (Files.exists(target)) {
      throw new TranslatedException(null, "fault.model.taken", name);
    }
    return target;
  }

  private static void copy(Path source, Path target) {
    AtomicFile.write(target, out -> Files.copy(source, out));
  }
}
