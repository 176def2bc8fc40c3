package cdrl.studio.models;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

final class ModelFilesTest {
  private static List<Path> paths(String... names) {
    return Stream.of(names).map(Path::of).toList();
  }

  @Test
  void allModelsAndCheckpointsAreTaken() {
    ModelFiles found =
        ModelFiles.among(
            paths("a.safetensors", "b.png", "c.pth.tar", "d.SAFETENSORS", "e.pt", "f.pth"));
    assertEquals(paths("a.safetensors", "d.SAFETENSORS"), found.models());
    assertEquals(paths("c.pth.tar", "e.pt", "f.pth"), found.checkpoints());
  }

  @Test
  void picturesAreLeftToOthers() {
    assertTrue(ModelFiles.among(paths("faces.png", "photo.jpg", "notes")).isEmpty());
  }
}
