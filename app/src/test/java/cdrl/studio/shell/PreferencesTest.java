package cdrl.studio.shell;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import cdrl.studio.raster.ColorMap;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class PreferencesTest {
  @TempDir private Path folder;

  @Test
  void everythingIsRemembered() throws IOException {
    Path file = folder.resolve("deep/preferences.properties");
    Preferences first = Preferences.load(file);
    first.themeProperty().set(ThemeChoice.DARK);
    first.setWindow(new Preferences.WindowPlace(10, -20.5, 1300, 900, true));
    first.setFolder("pictures", folder);
    first.setWord("workspace", "density");
    first.setWord("colors", "MAGMA");
    first.save();
    Preferences second = Preferences.load(file);
    assertEquals(ThemeChoice.DARK, second.themeProperty().get());
    assertEquals(
        Optional.of(new Preferences.WindowPlace(10, -20.5, 1300, 900, true)), second.window());
    assertEquals(Optional.of(folder), second.folder("pictures"));
    assertEquals(Optional.of("density"), second.word("workspace"));
    assertEquals(Optional.of(ColorMap.MAGMA), second.constant("colors", ColorMap.class));
    try (Stream<Path> files = Files.list(file.getParent())) {
      assertEquals(1, files.count());
    }
  }

  @Test
  void nonsenseBecomesDefaults() throws IOException {
    Path file = folder.resolve("p");
    Files.writeString(
        file, "theme=purple\nwindow=1 2 NaN 4 true\nfolder.pictures=/no/such/folder\n");
    Preferences preferences = Preferences.load(file);
    assertEquals(ThemeChoice.SYSTEM, preferences.themeProperty().get());
    assertTrue(preferences.window().isEmpty());
    assertTrue(preferences.folder("pictures").isEmpty());
    assertTrue(preferences.constant("colors", ColorMap.class).isEmpty());
    Files.write(file, new byte[] {(byte) 0xff, (byte) 0xfe, '\\', 'u', 'z'});
    assertEquals(ThemeChoice.SYSTEM, Preferences.load(file).themeProperty().get());
  }

  @Test
  void aFolderThatCannotBeWrittenCostsNothing() throws IOException {
    Path occupied = folder.resolve("file");
    Files.writeString(occupied, "");
    Preferences preferences = Preferences.load(occupied.resolve("preferences.properties"));
    preferences.setWord("a", "b");
    preferences.save();
    assertEquals(Optional.of("b"), preferences.word("a"));
  }
}
