package cdrl.training;

import cdrl.runtime.CdrlException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The training presets that ship with the program, read from the class path. */
public final class Presets {
  private static final String FOLDER = "/cdrl/samples/presets/";

  /**
   * A preset.
   *
   * @param name what to call it on the command line
   * @param description one line for people: the first comment of its file
   * @param text its YAML
   */
  public record Preset(String name, String description, String text) {
    /**
     * The configuration that the preset describes.
     *
     * @param overrides settings that replace those of the preset, each as {@code path=value}
     * @throws CdrlException when a setting is wrong, or missing for this preset
     */
    public TrainingConfig config(List<String> overrides) {
      return ConfigFile.parse(text, "preset " + name, overrides);
    }
  }

  private Presets() {}

  /**
   * All presets, in the order in which they are to be shown.
   *
   * @throws CdrlException when the samples are not on the class path
   */
  public static List<Preset> all() {
    List<Preset> presets = new ArrayList<>();
    for (String name : read("index.txt").lines().filter(line -> !line.isBlank()).toList()) {
      String text = read(name + ".yaml");
      String first = text.lines().findFirst().orElse("");
      presets.add(new Preset(name, first.startsWith("# ") ? first.substring(2) : name, text));
    }
    return presets;
  }

  /** The preset of that name. */
  public static Optional<Preset> find(String name) {
    return all().stream().filter(preset -> preset.name().equals(name)).findFirst();
  }

  private static String read(String file) {
    try (InputStream stream = Presets.class.getResourceAsStream(FOLDER + file)) {
      if (stream == null) {
        throw new CdrlException(
            "The presets are not part of this installation ({0}{1} is missing).", FOLDER, file);
      }
      return new String(stream.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new CdrlException(e, "The preset file {0} cannot be read.", file);
    }
  }
}
