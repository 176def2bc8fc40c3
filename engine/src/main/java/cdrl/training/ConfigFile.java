package cdrl.training;

import cdrl.runtime.CdrlException;
import cdrl.runtime.Sentence;
import java.io.File;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Compose;
import org.snakeyaml.engine.v2.common.ScalarStyle;
import org.snakeyaml.engine.v2.exceptions.Mark;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.NodeTuple;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.Tag;

/**
 * Reads and writes training configurations as YAML. A file may leave out what it does not want to
 * change, but it may not hold anything that {@link Settings} does not know: every problem is
 * reported with the file, the line and the setting, before anything else happens.
 */
public final class ConfigFile {
  private static final int LARGEST_FILE = 1 << 20;
  private static final Set<Tag> PLAIN_TAGS =
      Set.of(Tag.STR, Tag.INT, Tag.FLOAT, Tag.BOOL, Tag.NULL, Tag.SEQ, Tag.MAP);

  private ConfigFile() {}

  /**
   * Reads a file.
   *
   * @param overrides settings that replace those of the file, each as {@code path=value}
   * @throws CdrlException when the file cannot be read or holds anything but valid settings
   */
  public static TrainingConfig read(Path file, List<String> overrides) {
    try {
      if (Files.size(file) > LARGEST_FILE) {
        throw new CdrlException(
            "{0} is larger than 1 MiB, so it is no training configuration.", file);
      }
      return parse(Files.readString(file, StandardCharsets.UTF_8), file.toString(), overrides);
    } catch (NoSuchFileException e) {
      throw new CdrlException(e, "There is no file {0}; 'cdrl presets' lists presets.", file);
    } catch (CharacterCodingException e) {
      throw new CdrlException(e, "{0} is not a text file in UTF-8.", file);
    } catch (IOException e) {
      throw new CdrlException(e, "{0} cannot be read ({1}).", file, e);
    }
  }

  /**
   * Reads a text.
   *
   * @param source what to call the text in messages
   * @param overrides settings that replace those of the text, each as {@code path=value}
   * @throws CdrlException when the text holds anything but valid settings
   */
  public static TrainingConfig parse(String text, String source, List<String> overrides) {
    SettingValues values = values(text, source);
    for (String override : overrides) {
      readOverride(override, values);
    }
    try {
      return Settings.assemble(values);
    } catch (IllegalArgumentException e) {
      throw new CdrlException(e, "{0}: {1}.", source, e);
    }
  }

  /** Reads the values of a text, each of which is valid, whether they fit each other or not. */
  static SettingValues values(String text, String source) {
    SettingValues values = new SettingValues();
    Optional<Node> root = compose(text, source);
    if (root.isPresent()) {
      if (!(root.get() instanceof MappingNode mapping)) {
        throw new CdrlException(
            "{0} does not hold settings in the form 'name: value'; see 'cdrl presets smoke'.",
            source);
      }
      readSection(mapping, "", source, values);
    }
    return values;
  }

  /**
   * The value that a setting is given by a text, or nothing when the text makes no sense for it.
   */
  static <T> Optional<T> value(Setting<T> setting, String text) {
    try {
      return valueNode(setting, text).flatMap(setting.type()::read);
    } catch (CdrlException e) { // no YAML
      return Optional.empty();
    }
  }

  private static Optional<Node> valueNode(Setting<?> setting, String text) {
    return setting.type().takesAnyText()
        ? Optional.of(new ScalarNode(Tag.STR, text, ScalarStyle.PLAIN))
        : compose(text, "--set " + setting.path());
  }

  /** Writes a configuration with all its settings, each under its explanation. */
  public static String write(TrainingConfig config) {
    return write(DataSettings.DATA_KIND.getter().apply(config), setting -> setting.written(config));
  }

  /**
   * Writes all settings for a kind of data.
   *
   * @param values the value of a setting as YAML
   */
  static String write(DataSettings.DataKind kind, Function<Setting<?>, String> values) {
    StringBuilder text =
        new StringBuilder("# All settings of a training run, those left at their default too.\n");
    List<String> open = List.of();
    for (Setting<?> setting : Settings.all()) {
      if (!setting.scope().covers(kind)) {
        continue;
      }
      List<String> parts = List.of(setting.path().split("\\."));
      List<String> sections = parts.subList(0, parts.size() - 1);
      int common = 0;
      while (common < Math.min(open.size(), sections.size())
          && open.get(common).equals(sections.get(common))) {
        common++;
      }
      for (int depth = common; depth < sections.size(); depth++) {
        text.append(depth == 0 ? "\n" : "");
        text.append("  ".repeat(depth)).append(sections.get(depth)).append(":\n");
      }
      open = sections;
      String indent = "  ".repeat(sections.size());
      String comment =
          setting.comment() + " " + capitalized(setting.type().demand().toString()) + ".";
      for (String line : wrap(comment, 96 - indent.length())) {
        text.append(indent).append("# ").append(line).append('\n');
      }
      text.append(indent)
          .append(parts.get(parts.size() - 1))
          .append(": ")
          .append(values.apply(setting))
          .append('\n');
    }
    return text.toString();
  }

  /**
   * All settings of a configuration by their names, as they would be written, except that of a path
   * only the last name stays: it tells about the data, the rest about somebody's machine.
   */
  public static Map<String, String> settings(TrainingConfig config) {
    DataSettings.DataKind kind = DataSettings.DATA_KIND.getter().apply(config);
    Map<String, String> settings = new LinkedHashMap<>();
    for (Setting<?> setting : Settings.all()) {
      Optional<Path> path = DataSettings.path(config.data());
      if (setting.equals(DataSettings.DATA_PATH) && path.isPresent()) {
        settings.put(setting.path(), String.valueOf(path.get().getFileName()));
      } else if (setting.equals(LearningSettings.START)) {
        String start = config.training().start();
        settings.put(setting.path(), start.substring(start.lastIndexOf(File.separatorChar) + 1));
      } else if (setting.scope().covers(kind)) {
        settings.put(setting.path(), setting.written(config));
      }
    }
    return settings;
  }

  private static Optional<Node> compose(String text, String source) {
    try {
      LoadSettings settings =
          LoadSettings.builder().setLabel(source).setCodePointLimit(LARGEST_FILE).build();
      return new Compose(settings).composeString(text);
    } catch (MarkedYamlEngineException e) {
      throw new CdrlException(
          e, "{0}: this is not YAML ({1}).", place(source, e.getProblemMark()), e.getProblem());
    } catch (YamlEngineException e) {
      throw new CdrlException(e, "{0} is not YAML ({1}).", source, firstLine(e.getMessage()));
    }
  }

  private static void readSection(
      MappingNode section, String prefix, String source, SettingValues values) {
    Set<String> seen = new HashSet<>();
    for (NodeTuple entry : section.getValue()) {
      Node key = entry.getKeyNode();
      Sentence where = place(source, key.getStartMark());
      if (!(key instanceof ScalarNode name)) {
        throw new CdrlException("{0}: a setting must have a plain name.", where);
      }
      String path = prefix + name.getValue();
      if (!seen.add(path)) {
        throw new CdrlException("{0}: '{1}' stands there twice; remove one.", where, path);
      }
      if (!PLAIN_TAGS.contains(entry.getValueNode().getTag())) {
        throw new CdrlException(
            "{0}: '{1}' has the type {2}, but only plain values are allowed.",
            where, path, entry.getValueNode().getTag().getValue());
      }
      Optional<Setting<?>> setting = find(path);
      if (setting.isPresent()) {
        readValue(setting.get(), entry.getValueNode(), where, values);
      } else if (!isSection(path)) {
        throw new CdrlException("{0}: {1}", where, unknown(path));
      } else if (entry.getValueNode() instanceof MappingNode inner) {
        readSection(inner, path + ".", source, values);
      } else if (!entry.getValueNode().getTag().equals(Tag.NULL)) { // an empty section is fine
        throw new CdrlException(
            "{0}: '{1}' is a section; its settings stand below it, indented.", where, path);
      }
    }
  }

  private static void readOverride(String override, SettingValues values) {
    int equals = override.indexOf('=');
    if (equals < 1) {
      throw new CdrlException(
          "--set needs the form NAME=VALUE, such as training.batch=64, not '{0}'.", override);
    }
    String path = override.substring(0, equals).strip();
    String text = override.substring(equals + 1).strip();
    Setting<?> setting =
        find(path).orElseThrow(() -> new CdrlException("--set: {0}", unknown(path)));
    Node node =
        valueNode(setting, text)
            .orElseThrow(
                () -> new CdrlException("--set: {0} must have a value behind the '='.", path));
    readValue(setting, node, new Sentence("--set"), values);
  }

  private static <T> void readValue(
      Setting<T> setting, Node node, Sentence where, SettingValues values) {
    Optional<T> value =
        node.getTag().equals(Tag.NULL) ? Optional.empty() : setting.type().read(node);
    values.put(
        setting,
        value.orElseThrow(
            () ->
                new CdrlException(
                    "{0}: {1} must be {2}, not {3}.",
                    where, setting.path(), setting.type().demand(), shown(node))));
  }

  private static Optional<Setting<?>> find(String path) {
    for (Setting<?> setting : Settings.all()) {
      if (setting.path().equals(path)) {
        return Optional.of(setting);
      }
    }
    return Optional.empty();
  }

  private static boolean isSection(String path) {
    return Settings.all().stream().anyMatch(setting -> setting.path().startsWith(path + "."));
  }

  private static Sentence unknown(String path) {
    Set<String> known = new HashSet<>();
    for (Setting<?> setting : Settings.all()) {
      for (int dot = setting.path().indexOf('.');
          dot > 0;
          dot = setting.path().indexOf('.', dot + 1)) {
        known.add(setting.path().substring(0, dot));
      }
      known.add(setting.path());
    }
    String nearest =
        known.stream()
            .min(
                Comparator.<String>comparingDouble(candidate -> distance(path, candidate))
                    .thenComparing(Comparator.naturalOrder()))
            .orElseThrow();
    boolean near = distance(path, nearest) <= Math.max(2, path.length() / 3.0);
    return near
        ? new Sentence("'{0}' is not a setting; did you mean '{1}'?", path, nearest)
        : new Sentence(
            "'{0}' is not a setting; 'cdrl presets smoke' shows settings with their explanations.",
            path);
  }

  /** Letters to change, or those of the last name alone for a setting in the wrong section. */
  private static double distance(String path, String candidate) {
    String name = path.substring(path.lastIndexOf('.') + 1);
    String candidateName = candidate.substring(candidate.lastIndexOf('.') + 1);
    return Math.min(edits(path, candidate), edits(name, candidateName) + 0.5);
  }

  /** The number of letters to insert, delete or replace to make one word of the other. */
  private static int edits(String from, String to) {
    int[] row = new int[to.length() + 1];
    for (int j = 0; j <= to.length(); j++) {
      row[j] = j;
    }
    for (int i = 1; i <= from.length(); i++) {
      int diagonal = row[0];
      row[0] = i;
      for (int j = 1; j <= to.length(); j++) {
        int replaced = diagonal + (from.charAt(i - 1) == to.charAt(j - 1) ? 0 : 1);
        diagonal = row[j];
        row[j] = Math.min(replaced, 1 + Math.min(row[j], row[j - 1]));
      }
    }
    return row[to.length()];
  }

  private static Sentence place(String source, Optional<Mark> mark) {
    return mark.map(known -> new Sentence("{0}, line {1}", source, known.getLine() + 1))
        .orElse(new Sentence("{0}", source));
  }

  private static Sentence shown(Node node) {
    if (node instanceof ScalarNode scalar) {
      if (node.getTag().equals(Tag.NULL)) {
        return new Sentence("empty");
      }
      String text = scalar.getValue().lines().findFirst().orElse("");
      return new Sentence("'{0}'", text.length() > 60 ? text.substring(0, 60) + "…" : text);
    }
    return new Sentence(node instanceof MappingNode ? "a section" : "this list");
  }

  private static List<String> wrap(String text, int width) {
    List<String> lines = new ArrayList<>();
    StringBuilder line = new StringBuilder();
    for (String word : text.split(" ")) {
      if (line.length() > 0 && line.length() + 1 + word.length() > width) {
        lines.add(line.toString());
        line.setLength(0);
      }
      line.append(line.length() == 0 ? "" : " ").append(word);
    }
    lines.add(line.toString());
    return lines;
  }

  private static String capitalized(String text) {
    return Character.toUpperCase(text.charAt(0)) + text.substring(1);
  }

  private static String firstLine(@Nullable String text) {
    return text == null ? "unknown reason" : text.lines().findFirst().orElse("");
  }
}
