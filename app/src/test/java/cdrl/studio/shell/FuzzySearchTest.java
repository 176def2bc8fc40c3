package cdrl.studio.shell;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.OptionalInt;
import org.junit.jupiter.api.Test;

final class FuzzySearchTest {
  private static int score(String query, String text) {
    return FuzzySearch.score(query, text).orElse(-1);
  }

  @Test
  void lettersMustComeInTheirOrder() {
    assertEquals(OptionalInt.empty(), FuzzySearch.score("grids", "Save grid…"));
    assertEquals(OptionalInt.empty(), FuzzySearch.score("dirg", "Save grid…"));
    assertTrue(score("SAVE GRID", "Save grid…") > 0, "capitals and blanks do not matter");
    assertTrue(score("sg", "Save grid…") > 0, "first letters of words are enough");
    assertTrue(score("ümk", "Maske umkehren") < 0 && score("umk", "Maske umkehren") > 0);
  }

  @Test
  void whatFitsBetterScoresMore() {
    assertTrue(score("save", "Save grid…") > score("save", "Bring back the saved mask"));
    assertTrue(score("grid", "Save grid…") > score("grid", "Single ridge"));
  }

  @Test
  void lettersStrewnOverALongTextDoNotCount() {
    assertEquals(
        OptionalInt.empty(), FuzzySearch.score("grid", "Bigger views on iterations and so on"));
  }

  @Test
  void everythingFitsNoQuery() {
    assertEquals(OptionalInt.of(0), FuzzySearch.score(" ", "anything"));
  }
}
