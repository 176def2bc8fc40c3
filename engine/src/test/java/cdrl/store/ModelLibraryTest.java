package cdrl.store;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import cdrl.model.ModelDescription;
import cdrl.runtime.CdrlException;
import java.io.IOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ModelLibraryTest {
  private static final ModelDescription DESCRIPTION =
      ModelFileTest.randomDescription(new Random(3));

  @TempDir Path folder;

  private ModelLibrary library() throws IOException {
    Path models = Files.createDirectories(folder.resolve("classes/cdrl/samples/models"));
    Files.writeString(models.resolve("index.txt"), "faces\n\ncheckerboard\n../escape\n");
    ModelFile.write(models.resolve("faces.safetensors"), DESCRIPTION, ModelFileTest.WEIGHTS);
    Files.writeString(models.resolve("faces.md"), "# Faces\n");
    Files.write(models.resolve("faces.png"), new byte[] {1});
    return new ModelLibrary(
        new URLClassLoader(new URL[] {folder.resolve("classes").toUri().toURL()}, null));
  }

  private static String sentence(ModelLibrary library, String name) {
    return assertThrows(CdrlException.class, () -> library.open(name)).getMessage();
  }

  @Test
  void listsWhatShips() throws IOException {
    List<ShippedModel> shipped = library().shipped();
    assertEquals(
        List.of("faces", "checkerboard"), shipped.stream().map(ShippedModel::name).toList());
    assertEquals("# Faces\n", shipped.get(0).card());
    assertNotNull(shipped.get(0).picture());
    assertNull(shipped.get(1).picture());
  }

  @Test
  void opensByNamePathOrRunFolder() throws IOException {
    ModelLibrary library = library();
    assertEquals(DESCRIPTION, library.open("faces").description());
    Path file = folder.resolve("mine.safetensors");
    ModelFile.write(file, DESCRIPTION, ModelFileTest.WEIGHTS);
    assertEquals(library.open(file.toString()).checksum(), library.open("faces").checksum());
    Path run = Files.createDirectory(folder.resolve("run"));
    assertTrue(sentence(library, run.toString()).contains("holds no model.safetensors"));
    Files.copy(file, run.resolve("model.safetensors"));
    assertEquals(DESCRIPTION, library.open(run.toString()).description());
  }

  @Test
  void saysWhatWasMeant() throws IOException {
    ModelLibrary library = library();
    assertTrue(sentence(library, "facse").endsWith("; did you mean 'faces'?"));
    assertTrue(sentence(library, "xyz").endsWith("; known are faces and checkerboard."));
    assertTrue(sentence(library, "checkerboard").contains("missing from this installation"));
    assertTrue(sentence(library, "").contains("There is no model file"));
    assertTrue(sentence(library, "a\0b").contains("There is no model file"));
  }

  @Test
  void worksWithoutAnyModel() {
    ModelLibrary empty = new ModelLibrary(new URLClassLoader(new URL[0], null));
    assertEquals(List.of(), empty.shipped());
    assertTrue(sentence(empty, "faces").endsWith("no model of that name."));
  }
}
