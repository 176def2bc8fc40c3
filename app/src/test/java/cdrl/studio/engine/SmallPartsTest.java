package cdrl.studio.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

final class SmallPartsTest {
  @Test
  void seedsAreWholeNumbers() {
    assertEquals(OptionalLong.of(42), SeedText.parse(" 42 "));
    assertEquals(OptionalLong.of(Long.MAX_VALUE), SeedText.parse("9223372036854775807"));
    for (String text : List.of("", " ", "-1", "1.5", "9223372036854775808", "٣", "abc")) {
      assertTrue(SeedText.parse(text).isEmpty(), text);
    }
  }

  @Test
  void fewerStepsThanTheModelHasAreOffered() {
    assertEquals(List.of(15, 8, 5, 3), LangevinChoices.of(15));
    assertEquals(List.of(30, 15, 8, 5, 3), LangevinChoices.of(30));
    assertEquals(List.of(5, 3), LangevinChoices.of(5));
    assertEquals(List.of(2), LangevinChoices.of(2));
  }
}
