package cdrl.store;

import cdrl.runtime.CdrlException;
import cdrl.runtime.Suggestions;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Models by name or path: those that ship on the class path, listed by {@code
 * cdrl/samples/models/index.txt} with one name per line, and files.
 */
public final class ModelLibrary {
  private static final String FOLDER = "cdrl/samples/models/";
  private static final String EXTENSION = ".safetensors";

  private final ClassLoader classPath;

  /**
   * @param classPath where to look for models that ship
   */
  public ModelLibrary(ClassLoader classPath) {
    this.classPath = classPath;
  }

  /** The names of the models that ship, in the order of the index; empty when none do. */
  public List<String> names() {
    byte[] index = resource("index.txt");
    return index == null
        ? List.of()
        : new String(index, StandardCharsets.UTF_8)
            .lines()
            .map(String::strip)
            .filter(line -> line.matches("[A-Za-z0-9][A-Za-z0-9._-]*"))
            .toList();
  }

  /** The models that ship, without their weights. */
  public List<ShippedModel> shipped() {
    return names().stream().map(this::entry).toList();
  }

  private ShippedModel entry(String name) {
    byte[] card = resource(name + ".md");
    return new ShippedModel(
        name,
        card == null ? "" : new String(card, StandardCharsets.UTF_8),
        classPath.getResource(FOLDER + name + ".png"));
  }

  /**
   * Opens a model.
   *
   * @param nameOrPath the name of a model that ships, or else the path of a model file or of a run
   *     folder
   * @throws CdrlException when there is none or it is damaged
   */
  public StoredModel open(String nameOrPath) {
    List<String> names = names();
    if (names.contains(nameOrPath)) {
      byte[] bytes = resource(nameOrPath + EXTENSION);
      if (bytes == null) {
        throw new CdrlException(
            "The model '{0}' is listed but missing from this installation; install the program"
                + " again.",
            nameOrPath);
      }
      return ModelFile.read(bytes, nameOrPath + EXTENSION);
    }
    Path path = path(nameOrPath);
    if (path != null && Files.isDirectory(path)) {
      Path inside = path.resolve(RunFolder.MODEL);
      if (!Files.exists(inside)) {
        throw new CdrlException(
            "The folder '{0}' holds no {1}; name a model file or the folder of a run that has"
                + " written one.",
            Sentences.shown(nameOrPath), RunFolder.MODEL);
      }
      return ModelFile.read(inside);
    }
    if (path != null && Files.exists(path)) {
      return ModelFile.read(path);
    }
    throw new CdrlException(
        "There is no model file '{0}' and no model of that name{1}",
        Sentences.shown(nameOrPath), Suggestions.sentenceEnd(nameOrPath, names));
  }

  /** The size of the file of a model that ships, in bytes; 0 when it is missing. */
  public long bytes(String name) {
    byte[] bytes = resource(name + EXTENSION);
    return bytes == null ? 0 : bytes.length;
  }

  private static @Nullable Path path(String text) {
    try {
      return text.isBlank() ? null : Path.of(text);
    } catch (InvalidPathException e) {
      return null;
    }
  }

  private byte @Nullable [] resource(String name) {
    try (InputStream in = classPath.getResourceAsStream(FOLDER + name)) {
      return in == null ? null : in.readAllBytes();
    } catch (IOException e) {
      throw new CdrlException(
          e,
          "The file '{0}' of this installation could not be read; install the program again.",
          name);
    }
  }
}
