package cdrl.studio;

import static org.junit.jupiter.api.Assertions.assertEquals;

import cdrl.studio.engine.FakeEngine;
import cdrl.studio.workspace.FakeWindow;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;

final class FileDropsTest {
  private final FakeEngine engine = new FakeEngine();
  private String happened = "";
  private final FileDrops drops =
      new FileDrops(
          new FakeWindow().context(),
          engine,
          new FileDrops.Receivers(
              file -> happened = "model " + file,
              file -> happened = "picture " + file,
              (workspace, notes) -> happened = "settings of " + workspace));

  private String drop(String file, Map<String, String> notes) {
    engine.metadata.put(Path.of(file), notes);
    drops.take(Path.of(file));
    return happened;
  }

  @Test
  void filesGoWhereTheyBelong() {
    assertEquals("model faces.safetensors", drop("faces.safetensors", Map.of()));
    assertEquals("picture face.png", drop("face.png", Map.of()));
    Map<String, String> notes = Map.of("cdrl.model", "faces", "cdrl.seed", "1");
    assertEquals("settings of generate", drop("grid.png", notes));
  }

  @Test
  void chartsAndPlanesAreNoPicturesOfTheWorld() {
    Map<String, String> charts = Map.of("cdrl.model", "faces", "cdrl.workspace", "detect");
    assertEquals("settings of detect", drop("charts.png", charts));
    assertEquals("settings of density", drop("drawn.png", Map.of("cdrl.workspace", "density")));
    assertEquals("settings of train", drop("curves.png", Map.of("cdrl.workspace", "train")));
    assertEquals(
        "picture kept.png",
        drop("kept.png", Map.of("cdrl.model", "faces", "cdrl.workspace", "inpaint")));
  }
}
