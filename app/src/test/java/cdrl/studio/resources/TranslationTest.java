package cdrl.studio.resources;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import cdrl.studio.resources.EngineSentences.Saying;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.text.MessageFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The window says the same in every language. */
final class TranslationTest {
  private static final Pattern PLACEHOLDER = Pattern.compile("\\{(\\d+)");

  /** What the engine says in English, so that the English bundle need not. */
  private static final List<String> ENGINE = List.of("setting.", "preset.");

  /** Its sentences, which the German bundle has by what they say in English. */
  private static final List<Saying> SAYINGS = EngineSentences.find();

  private final Map<String, String> english = Bundle.of(Locale.ENGLISH);
  private final Map<String, String> german = Bundle.of(Locale.GERMAN);

  @Test
  void noTextIsMissingAndNoneIsLeftOver() {
    Set<String> translated =
        german.keySet().stream()
            .filter(key -> ENGINE.stream().noneMatch(key::startsWith))
            .filter(key -> !sentences().contains(key))
            .collect(Collectors.toCollection(TreeSet::new));
    Set<String> missing = new TreeSet<>(english.keySet());
    missing.removeAll(translated);
    assertEquals(Set.of(), missing, "not translated");
    translated.removeAll(english.keySet());
    assertEquals(Set.of(), translated, "translated, but in no use");
  }

  @Test
  void everyTextHasTheSamePlaceholders() {
    english.forEach(
        (key, text) ->
            assertEquals(
                placeholders(text), placeholders(german.getOrDefault(key, "")), "in " + key));
  }

  @Test
  void theEngineSpeaksInConstantPatterns() {
    assertTrue(SAYINGS.size() > 300, SAYINGS.size() + " found");
    for (Saying saying : SAYINGS) {
      assertFalse(
          saying.patterns().isEmpty(), saying.place() + " is no constant; use {0}, {1} and so on");
      Set<String> filled = new TreeSet<>();
      for (int i = 0; i < saying.arguments(); i++) {
        filled.add(Integer.toString(i));
      }
      Set<String> places =
          saying.patterns().stream()
              .flatMap(pattern -> placeholders(pattern).stream())
              .collect(Collectors.toCollection(TreeSet::new));
      if (!filled.isEmpty()) { // without arguments, braces are just braces
        assertEquals(filled, places, saying.place());
      }
    }
  }

  @Test
  void everySentenceOfTheEngineIsTranslated() {
    Set<String> missing = new TreeSet<>(sentences());
    missing.removeAll(german.keySet());
    assertEquals(Set.of(), missing, "not translated: " + String.join("\n", missing));
    for (String pattern : sentences()) {
      assertEquals(
          placeholders(pattern), placeholders(german.getOrDefault(pattern, "")), "in " + pattern);
      assertFalse(english.containsKey(pattern), "two meanings: " + pattern);
    }
  }

  /** What the engine says in the window; punctuation but quotes is the same in all languages. */
  private static Set<String> sentences() {
    return SAYINGS.stream()
        .filter(saying -> !saying.isOfCommandLine())
        .flatMap(saying -> saying.patterns().stream())
        .filter(pattern -> pattern.chars().anyMatch(c -> Character.isLetter(c) || c == '\''))
        .collect(Collectors.toSet());
  }

  @Test
  void noTextIsEmpty() {
    german.forEach((key, text) -> assertFalse(text.isBlank(), key));
    english.forEach((key, text) -> assertFalse(text.isBlank(), key));
  }

  @ParameterizedTest
  @ValueSource(strings = {"en", "de"})
  void everyPlaceholderIsFilledIn(String language) {
    Bundle.of(Locale.forLanguageTag(language))
        .forEach(
            (key, text) -> {
              Set<String> wanted = placeholders(text);
              if (!wanted.isEmpty() && !sentences().contains(key)) {
                // An apostrophe that is not doubled would keep what follows from being filled in.
                MessageFormat format = new MessageFormat(text, Locale.GERMAN);
                Object[] numbers = {1, 1, 1, 1, 1, 1};
                assertEquals(
                    Set.of(), placeholders(format.format(numbers)), "not filled in: " + key);
              }
            });
  }

  @ParameterizedTest
  @ValueSource(strings = {"messages.properties", "messages_de.properties"})
  void noKeyStandsThereTwice(String file) throws IOException {
    Set<String> seen = new TreeSet<>();
    try (BufferedReader reader =
        new BufferedReader(
            new InputStreamReader(
                Objects.requireNonNull(Messages.class.getResourceAsStream(file)),
                StandardCharsets.UTF_8))) {
      for (String line : reader.lines().toList()) {
        String key = line.split("(?<!\\\\)=", 2)[0];
        if (!line.isEmpty() && !line.startsWith("#")) {
          assertTrue(seen.add(key), line);
        }
      }
    }
  }

  @Test
  void germanIsSpokenWithItsOwnNumbers() {
    Messages messages = new Messages(Locale.GERMANY);
    assertNotEquals("Sample", messages.text("sample"));
    assertEquals("1.234,5", messages.grouped(1234.5, 1));
    assertEquals("0,8 s", messages.duration(0.81));
  }

  private static Set<String> placeholders(String text) {
    Set<String> found = new TreeSet<>();
    Matcher matcher = PLACEHOLDER.matcher(text);
    while (matcher.find()) {
      found.add(matcher.group(1));
    }
    return found;
  }
}
