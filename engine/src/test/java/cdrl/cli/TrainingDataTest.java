package cdrl.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import cdrl.data.DataSet;
import cdrl.data.Pictures;
import cdrl.runtime.Cancellation;
import cdrl.runtime.CdrlException;
import cdrl.runtime.HostTensor;
import cdrl.training.ConfigFile;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TrainingDataTest {
  private static final String CONFIG =
      """
      name: images
      data: {kind: images, path: PATH, resolution: 8, channels: 1}LABELS
      model:
        energy: {channels: 4, multipliers: [1], blocks: 1}
        initializer: {channels: 32, multipliers: [1], blocks: 1, attention: []}
      """;

  @TempDir Path folder;

  private final StringWriter said = new StringWriter();

  private DataSet open(String attribute) {
    String labels =
        attribute.isEmpty() ? "" : "\nlabels: {kind: attributes, attributes: [" + attribute + "]}";
    String text = CONFIG.replace("PATH", "'" + folder + "'").replace("LABELS", labels);
    PrintWriter messages = new PrintWriter(said);
    return new TrainingData(messages)
        .open(
            ConfigFile.parse(text, "c.yaml", List.of()),
            new ProgressBar(messages, false, ""),
            new Cancellation());
  }

  private String refusal(String attribute) {
    return assertThrows(CdrlException.class, () -> open(attribute)).getMessage();
  }

  /** There is no picture that could be read, so the sentence must come before any is. */
  @Test
  void unknownAttributesAreNamedBeforeImagesAreRead() throws IOException {
    Files.createDirectory(folder.resolve("img_align_celeba"));
    Path list = folder.resolve("list_attr_celeba.txt");
    Files.writeString(list, "1\r\nMale Smiling \r\n");
    assertEquals(
        "The data have no attribute 'Smilin', which labels.attributes names; did you mean"
            + " 'Smiling'?",
        refusal("Smilin"));
    assertTrue(refusal("Hat").endsWith("; known are Male and Smiling."), refusal("Hat"));
    assertTrue(refusal("Male").startsWith("There are no pictures in"), refusal("Male"));
    Files.delete(list);
    assertTrue(refusal("Male").contains("have no attributes"), refusal("Male"));
  }

  @Test
  void whatWasLeftOutIsSaidOnce() throws IOException {
    Pictures.write(
        folder.resolve("a.png"), new HostTensor(new long[] {1, 8, 8}, new float[64]), Map.of());
    Files.write(folder.resolve("broken.png"), new byte[3]);
    assertEquals(1, open("").size());
    List<String> lines = said.toString().lines().toList();
    assertEquals(1, lines.size(), said.toString());
    assertTrue(lines.get(0).startsWith("1 of 2 pictures were left out: broken.png ("));
    assertFalse(lines.get(0).contains("for example"));
  }
}
