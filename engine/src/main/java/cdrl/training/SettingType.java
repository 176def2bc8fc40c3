package cdrl.training;

import cdrl.runtime.Sentence;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;
import org.snakeyaml.engine.v2.common.ScalarStyle;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.SequenceNode;

/** What a setting may hold: reads, checks and writes values. */
interface SettingType<T> {
  /** What is asked for. */
  Sentence demand();

  /** The value of a node, or nothing when it is not what {@link #demand()} asks for. */
  Optional<T> read(Node node);

  /** The value as YAML that {@link #read} understands. */
  String write(T value);

  /** Whether every text is taken as it is, so that it needs no quotes on the command line. */
  default boolean takesAnyText() {
    return false;
  }

  /** All values it may hold as texts, when they are a few; else none. */
  default List<String> alternatives() {
    return List.of();
  }

  /** A whole number from {@code least} to {@code most}. */
  static SettingType<Integer> integer(int least, int most) {
    return scalar(
        new Sentence("a whole number from {0} to {1}", least, most),
        text ->
            wholeNumber(text)
                .filter(value -> value >= least && value <= most)
                .map(Math::toIntExact),
        value -> Integer.toString(value));
  }

  /** A whole number from {@code least} on. */
  static SettingType<Long> longInteger(long least) {
    return scalar(
        new Sentence("a whole number of at least {0}", least),
        text -> wholeNumber(text).filter(value -> value >= least),
        value -> Long.toString(value));
  }

  /** A finite number within bounds, both of which are allowed. */
  static SettingType<Double> number(double least, double most) {
    return scalar(
        new Sentence("a number from {0} to {1}", plain(least), plain(most)),
        text -> finiteNumber(text).filter(value -> value >= least && value <= most),
        SettingType::plain);
  }

  /** A number of at least 0 and below 1. */
  static SettingType<Double> share() {
    return scalar(
        new Sentence("a number of at least 0 and below 1"),
        text -> finiteNumber(text).filter(value -> value >= 0 && value < 1),
        SettingType::plain);
  }

  /** True or false. */
  static SettingType<Boolean> flag() {
    return scalar(
        new Sentence("true or false"),
        text ->
            switch (text) {
              case "true" -> Optional.of(true);
              case "false" -> Optional.of(false);
              default -> Optional.empty();
            },
        value -> Boolean.toString(value),
        List.of("false", "true"));
  }

  /** One of the constants of an enumeration, in lower case. */
  static <E extends Enum<E>> SettingType<E> choice(Class<E> type) {
    return choice(Arrays.asList(type.getEnumConstants()));
  }

  /** One of the constants of an enumeration but the given one, in lower case. */
  static <E extends Enum<E>> SettingType<E> choice(Class<E> type, E excluded) {
    return choice(Arrays.stream(type.getEnumConstants()).filter(each -> each != excluded).toList());
  }

  private static <E extends Enum<E>> SettingType<E> choice(List<E> constants) {
    return scalar(
        new Sentence(
            "one of {0}",
            constants.stream().map(SettingType::word).collect(Collectors.joining(", "))),
        text -> constants.stream().filter(constant -> word(constant).equals(text)).findFirst(),
        SettingType::word,
        constants.stream().map(SettingType::word).toList());
  }

  /** Any text of one line, up to 1000 characters. */
  static SettingType<String> text() {
    return new SettingType<>() {
      @Override
      public Sentence demand() {
        return new Sentence("a text of one line and at most 1000 characters");
      }

      @Override
      public Optional<String> read(Node node) {
        return node instanceof ScalarNode scalar
            ? Optional.of(scalar.getValue())
                .filter(text -> text.length() <= 1000)
                .filter(text -> text.chars().noneMatch(Character::isISOControl))
            : Optional.empty();
      }

      @Override
      public String write(String value) {
        return "\"" + value.replace("\\", "\\\\").replace("\"", "\\\"") + "\"";
      }

      @Override
      public boolean takesAnyText() {
        return true;
      }
    };
  }

  /** A list of whole numbers. */
  static SettingType<List<Integer>> integers(int shortest, int longest, int least, int most) {
    SettingType<Integer> entry = integer(least, most);
    return new SettingType<>() {
      @Override
      public Sentence demand() {
        return new Sentence(
            "a list of {0} to {1} whole numbers from {2} to {3}, such as [1, 2, 2]",
            shortest, longest, least, most);
      }

      @Override
      public Optional<List<Integer>> read(Node node) {
        if (!(node instanceof SequenceNode sequence)) {
          return Optional.empty();
        }
        List<Integer> values = new ArrayList<>();
        for (Node item : sequence.getValue()) {
          entry.read(item).ifPresent(values::add);
        }
        boolean complete = values.size() == sequence.getValue().size();
        return complete && values.size() >= shortest && values.size() <= longest
            ? Optional.of(List.copyOf(values))
            : Optional.empty();
      }

      @Override
      public String write(List<Integer> value) {
        return value.toString();
      }
    };
  }

  /** A list of texts, none of which is empty or there twice. */
  static SettingType<List<String>> texts(String example) {
    SettingType<String> entry = text();
    return new SettingType<>() {
      @Override
      public Sentence demand() {
        return new Sentence("a list of different texts, such as {0}", example);
      }

      @Override
      public Optional<List<String>> read(Node node) {
        if (!(node instanceof SequenceNode sequence)) {
          return Optional.empty();
        }
        List<String> values = new ArrayList<>();
        for (Node item : sequence.getValue()) {
          entry
              .read(item)
              .map(String::strip)
              .filter(text -> !text.isEmpty())
              .ifPresent(values::add);
        }
        boolean complete = values.stream().distinct().count() == sequence.getValue().size();
        return complete ? Optional.of(List.copyOf(values)) : Optional.empty();
      }

      @Override
      public String write(List<String> value) {
        return value.stream().map(entry::write).collect(Collectors.joining(", ", "[", "]"));
      }
    };
  }

  /** Reads the text of a value written without quotes. */
  @FunctionalInterface
  interface Reader<T> {
    /** The value, or nothing when the text is not one. */
    Optional<T> read(String text);
  }

  /** Writes a value. */
  @FunctionalInterface
  interface Writer<T> {
    /** The value as YAML. */
    String write(T value);
  }

  private static <T> SettingType<T> scalar(Sentence demand, Reader<T> reader, Writer<T> writer) {
    return scalar(demand, reader, writer, List.of());
  }

  private static <T> SettingType<T> scalar(
      Sentence demand, Reader<T> reader, Writer<T> writer, List<String> alternatives) {
    return new SettingType<>() {
      @Override
      public Sentence demand() {
        return demand;
      }

      @Override
      public Optional<T> read(Node node) {
        // A quoted value is a text, and a text is not a number.
        return node instanceof ScalarNode scalar && scalar.getScalarStyle() == ScalarStyle.PLAIN
            ? reader.read(scalar.getValue())
            : Optional.empty();
      }

      @Override
      public String write(T value) {
        return writer.write(value);
      }

      @Override
      public List<String> alternatives() {
        return alternatives;
      }
    };
  }

  private static Optional<Long> wholeNumber(String text) {
    return text.matches("[+-]?[0-9]{1,18}") ? Optional.of(Long.parseLong(text)) : Optional.empty();
  }

  private static Optional<Double> finiteNumber(String text) {
    // Double.parseDouble alone would also take hexadecimal numbers, NaN and a trailing "d".
    return text.matches("[+-]?([0-9]+\\.?[0-9]*|\\.[0-9]+)([eE][+-]?[0-9]{1,3})?")
        ? Optional.of(Double.parseDouble(text)).filter(Double::isFinite)
        : Optional.empty();
  }

  private static String word(Enum<?> constant) {
    return constant.name().toLowerCase(Locale.ROOT);
  }

  private static String plain(double value) {
    String text = Double.toString(value);
    return text.endsWith(".0") ? text.substring(0, text.length() - 2) : text.replace("E", "e");
  }
}
