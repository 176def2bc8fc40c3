package cdrl.studio.shell;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import cdrl.runtime.DeviceChoice;
import cdrl.sampling.LangevinKernels.Format;
import cdrl.studio.engine.ComputeChoice;
import cdrl.studio.raster.ColorMap;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
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
    first.finishSaving();
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
  void whatIsChosenForTheWholeProgramIsRemembered() {
    Path file = folder.resolve("preferences.properties");
    Preferences first = Preferences.load(file);
    assertEquals(ComputeChoice.AUTO, first.compute());
    assertEquals(Language.SYSTEM, first.language());
    first.accentProperty().set(Accent.GREEN);
    first.brushKeepsSizeProperty().set(true);
    first.setWord("device", "gpu:1");
    first.setWord("threads", "3");
    first.setWord("precision", "float32");
    first.setWord("language", "german");
    first.setFolder("own-models", folder);
    first.setWord("session.generate.seed", "7");
    first.setWord("session.generate.count", "9");
    first.save();
    first.finishSaving();
    Preferences second = Preferences.load(file);
    assertEquals(Accent.GREEN, second.accentProperty().get());
    assertTrue(second.brushKeepsSizeProperty().get());
    assertEquals(
        new ComputeChoice(new DeviceChoice(DeviceChoice.Kind.GPU, 1), 3, Format.FLOAT32),
        second.compute());
    assertEquals(Locale.GERMAN, second.language().locale());
    assertEquals(folder, second.modelFolder(Path.of("elsewhere")));
    assertEquals(Map.of("seed", "7", "count", "9"), second.wordsOf("session.generate."));
  }

  @Test
  void nonsenseAboutComputingIsLeftToTheEngine() throws IOException {
    Path file = folder.resolve("p");
    Files.writeString(file, "device=toaster\nthreads=-1\nprecision=7\nlanguage=?\naccent=beige\n");
    Preferences preferences = Preferences.load(file);
    assertEquals(ComputeChoice.AUTO, preferences.compute());
    assertEquals(Language.SYSTEM, preferences.language());
    assertEquals(Accent.BLUE, preferences.accentProperty().get());
    assertEquals(Path.of("usual"), preferences.modelFolder(Path.of("usual")));
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
    preferences.finishSaving();
    assertEquals(Optional.of("b"), preferences.word("a"));
  }
}
