package cdrl.studio.train;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import cdrl.studio.resources.Messages;
import cdrl.training.SettingField;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.Test;

final class NewRunTest {
  private static final String BATCH = "training.batch";
  private final NewRun form = make();

  private static NewRun make() {
    return new NewRun(new Messages(Locale.ENGLISH), name -> false);
  }

  private static void setBatch(NewRun form, String value) {
    SettingField field =
        form.draftProperty().get().fields().stream()
            .filter(each -> each.path().equals(BATCH))
            .findFirst()
            .orElseThrow();
    form.set(field, value);
  }

  private static String batch(NewRun form) {
    return form.draftProperty().get().text(BATCH);
  }

  @Test
  void whatWasMadeOfAPresetComesBackWithIt() {
    String usual = batch(form);
    setBatch(form, "77");
    form.nameProperty().set("mine");
    form.presetProperty().set(form.presets().get(1));
    assertFalse(batch(form).equals("77"));
    form.presetProperty().set(form.presets().get(0));
    assertEquals("77", batch(form));
    assertEquals("mine", form.nameProperty().get());
    assertFalse(usual.equals("77"));
  }

  @Test
  void theSettingsOfAnotherRunAreAPresetToo() {
    setBatch(form, "77");
    form.open("training:\n  batch: 33\n", "other");
    assertEquals("33", batch(form));
    assertEquals("other", form.nameProperty().get());
    setBatch(form, "34");
    form.presetProperty().set(form.presets().get(0));
    assertEquals("77", batch(form));
    form.presetProperty().set(form.presets().get(form.presets().size() - 1));
    assertEquals("34", batch(form));
    form.open("training:\n  batch: 33\n", "other");
    assertEquals("33", batch(form));
  }

  @Test
  void aHalfFilledFormComesBackAtTheNextStart() {
    form.presetProperty().set(form.presets().get(1));
    setBatch(form, "77");
    form.nameProperty().set("mine");
    form.open();
    NewRun next = make();
    next.recall(form.memory());
    assertEquals(form.presets().get(1), next.presetProperty().get());
    assertEquals("77", batch(next));
    assertEquals("mine", next.nameProperty().get());
    assertTrue(next.openProperty().get());
    assertEquals(form.memory(), next.memory());
  }

  @Test
  void whatIsNotValidComesBackAsText() {
    setBatch(form, "none");
    NewRun next = make();
    next.recall(form.memory());
    assertTrue(next.asTextProperty().get());
    assertTrue(next.textProperty().get().contains("batch: none"), next.textProperty().get());
  }

  @Test
  void aFormThatNobodyTouchedIsNotRemembered() {
    Map<String, String> memory = form.memory();
    assertEquals("", memory.get("form.text"));
    NewRun next = make();
    next.recall(memory);
    assertEquals(form.memory(), next.memory());
  }
}
