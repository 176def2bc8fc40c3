package cdrl.cli;

import cdrl.model.ImageModelSpec;
import cdrl.model.ModelSpec;
import cdrl.model.PointModelSpec;
import cdrl.runtime.CdrlException;
import cdrl.runtime.Sentence;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Networks in one word, such as {@code image-32:channels=32,blocks=2,multipliers=1-2-2-2}, {@code
 * points:width=64} or {@code cifar10}.
 */
final class NetworkSpec {
  private static final Pattern IMAGE = Pattern.compile("image-(\\d{1,4})");
  private static final List<String> IMAGE_KEYS =
      List.of("channels", "blocks", "multipliers", "colors", "initializer", "initializer-blocks");
  private static final List<String> POINT_KEYS = List.of("width", "multipliers", "initializer");

  private NetworkSpec() {}

  /**
   * Reads a word.
   *
   * @throws CdrlException when it is none
   */
  static ModelSpec parse(String word) {
    if (word.equals("cifar10")) {
      return parse("image-32:channels=128,blocks=8,initializer=64,initializer-blocks=3");
    }
    int colon = word.indexOf(':');
    String kind = colon < 0 ? word : word.substring(0, colon);
    Matcher image = IMAGE.matcher(kind);
    boolean images = image.matches();
    if (!images && !kind.equals("points")) {
      throw refused(word, "it begins with neither 'image-SIZE' nor 'points'");
    }
    Map<String, List<Integer>> given = new LinkedHashMap<>();
    if (colon >= 0) {
      for (String entry : word.substring(colon + 1).split(",", -1)) {
        readEntry(word, entry, images ? IMAGE_KEYS : POINT_KEYS, given);
      }
    }
    List<Integer> multipliers = given.getOrDefault("multipliers", List.of(1, 2, 2, 2));
    try {
      if (!images) {
        return new PointModelSpec(
            single(given, "width", 128), multipliers, single(given, "initializer", 64), 128);
      }
      int resolution = Integer.parseInt(image.group(1));
      return new ImageModelSpec(
          resolution,
          single(given, "colors", 3),
          0,
          false,
          new ImageModelSpec.Energy(
              single(given, "channels", 32), multipliers, single(given, "blocks", 1)),
          new ImageModelSpec.Unet(
              single(given, "initializer", 32),
              List.of(1, 1, 1),
              single(given, "initializer-blocks", 1),
              List.of(16, 8),
              0.1));
    } catch (IllegalArgumentException e) {
      throw refused(word, "{0}", e);
    }
  }

  private static void readEntry(
      String word, String entry, List<String> keys, Map<String, List<Integer>> given) {
    int equals = entry.indexOf('=');
    String key = equals < 0 ? entry : entry.substring(0, equals);
    if (!keys.contains(key)) {
      throw refused(word, "'{0}' is none of {1}", key, String.join(", ", keys));
    }
    List<Integer> numbers = new ArrayList<>();
    for (String number : entry.substring(equals + 1).split("-", -1)) {
      if (equals < 0 || !number.matches("\\d{1,6}")) {
        throw refused(word, "'{0}' needs the form {1}=NUMBER", entry, key);
      }
      numbers.add(Integer.parseInt(number));
    }
    if (numbers.size() > 1 && !key.equals("multipliers")) {
      throw refused(word, "'{0}' takes a single number", key);
    }
    if (given.put(key, numbers) != null) {
      throw refused(word, "'{0}' stands there twice", key);
    }
  }

  private static int single(Map<String, List<Integer>> given, String key, int fallback) {
    return given.getOrDefault(key, List.of(fallback)).get(0);
  }

  private static CdrlException refused(String word, String pattern, Object... arguments) {
    return new CdrlException(
        "The networks '{0}' cannot be built: {1}.", word, new Sentence(pattern, arguments));
  }
}
