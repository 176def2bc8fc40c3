package cdrl.runtime;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import java.util.List;
import org.junit.jupiter.api.Test;

class SuggestionsTest {
  private static final List<String> KNOWN = List.of("checkerboard", "faces", "iterations");

  @Test
  void countsEdits() {
    assertEquals(0, Suggestions.distance("abc", "abc"));
    assertEquals(3, Suggestions.distance("", "abc"));
    assertEquals(1, Suggestions.distance("abc", "acb"));
    assertEquals(3, Suggestions.distance("kitten", "sitting"));
  }

  @Test
  void findsTheNearestName() {
    assertEquals("faces", Suggestions.nearest("Face", KNOWN));
    assertEquals("iterations", Suggestions.nearest("itertaions", KNOWN));
    assertEquals("checkerboard", Suggestions.nearest("chekerbord", KNOWN));
  }

  @Test
  void staysSilentWhenNothingIsNear() {
    assertNull(Suggestions.nearest("cifar10", KNOWN));
    assertNull(Suggestions.nearest("faces", List.of()));
  }

  @Test
  void endsASentence() {
    assertEquals("; did you mean 'faces'?", Suggestions.sentenceEnd("fces", KNOWN).toString());
    assertEquals(
        "; known are checkerboard, faces and iterations.",
        Suggestions.sentenceEnd("zzz", KNOWN).toString());
    assertEquals(".", Suggestions.sentenceEnd("zzz", List.of()).toString());
  }
}
