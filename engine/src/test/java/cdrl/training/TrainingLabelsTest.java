package cdrl.training;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import cdrl.data.Batch;
import cdrl.data.Batches;
import cdrl.data.ImageDataSet;
import cdrl.data.ImageSources;
import cdrl.runtime.CdrlException;
import cdrl.runtime.RandomNumbers;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TrainingLabelsTest {
  @TempDir Path folder;

  private static TrainingConfig config(String... overrides) {
    return ConfigFile.parse(
        """
        data: {path: pictures, resolution: 8, channels: 1}
        model: {initializer: {channels: 32, multipliers: [1], blocks: 1, attention: []}}
        training: {batch: 1000}
        """,
        "test",
        List.of(overrides));
  }

  private ImageDataSet open() {
    return new ImageSources(folder.resolve("cache")).open(folder.resolve("data"), 8, 1);
  }

  private void picture(String name) throws IOException {
    Path file = folder.resolve("data").resolve(name);
    Files.createDirectories(file.getParent());
    ImageIO.write(new BufferedImage(8, 8, BufferedImage.TYPE_BYTE_GRAY), "png", file.toFile());
  }

  private ImageDataSet animals() throws IOException {
    for (String name : List.of("cat/1", "cat/2", "dog/1", "fish/1")) {
      picture(name + ".png");
    }
    return open();
  }

  /** Four faces with all values of two attributes. */
  private ImageDataSet faces() throws IOException {
    StringBuilder list = new StringBuilder("4\nBald Male Smiling\n");
    for (int i = 0; i < 4; i++) {
      picture("img_align_celeba/" + i + ".png");
      list.append(i + ".png -1 " + (i % 2 * 2 - 1) + " " + (i / 2 * 2 - 1) + "\n");
    }
    Files.writeString(folder.resolve("data/list_attr_celeba.txt"), list);
    return open();
  }

  private static Batch batch(ImageDataSet data) {
    return new Batches(data, 1000, false, 1).batch(0);
  }

  @Test
  void withoutClassesNothingIsTold() throws IOException {
    ImageDataSet data = animals();
    TrainingLabels labels = TrainingLabels.of(config(), data);
    assertNull(labels.of(batch(data), new RandomNumbers(1), 0));
    assertEquals(List.of(), labels.classNames());
    assertEquals(0, config().model().classes());
  }

  @Test
  void classesOfTheDataAreToldAndSomeDropped() throws IOException {
    ImageDataSet data = animals();
    TrainingConfig config = config("labels.kind=classes", "labels.classes=3");
    assertEquals(3, config.model().classes());
    TrainingLabels labels = TrainingLabels.of(config, data);
    assertEquals(List.of("cat", "dog", "fish"), labels.classNames());
    assertEquals(List.of(), labels.attributeNames());
    Batch batch = batch(data);
    int[] told = labels.of(batch, new RandomNumbers(1), 0);
    int dropped = 0;
    for (int i = 0; i < told.length; i++) {
      if (told[i] == 0) {
        dropped++;
      } else {
        assertEquals(data.label(batch.indexes()[i]), told[i]);
      }
    }
    assertEquals(100, dropped, 30);
    assertArrayEquals(told, labels.of(batch, new RandomNumbers(1), 0));
    assertTrue(!java.util.Arrays.equals(told, labels.of(batch, new RandomNumbers(1), 1)));
    TrainingLabels whole =
        TrainingLabels.of(
            config(
                "labels.kind=classes",
                "labels.classes=3",
                "labels.dropping=0",
                "labels.names=[Katze, Hund, Fisch]"),
            data);
    assertArrayEquals(batch.labels(), whole.of(batch, new RandomNumbers(1), 0));
    assertEquals(List.of("Katze", "Hund", "Fisch"), whole.classNames());
  }

  @Test
  void eachValueOfAnAttributeIsAClassAndOneAttributeIsPicked() throws IOException {
    ImageDataSet data = faces();
    TrainingConfig config =
        config("labels.kind=attributes", "labels.attributes=[Smiling, Male]", "labels.dropping=0");
    assertEquals(4, config.model().classes());
    TrainingLabels labels = TrainingLabels.of(config, data);
    assertEquals(List.of("Smiling", "not Smiling", "Male", "not Male"), labels.classNames());
    assertEquals(List.of("Smiling", "Male"), labels.attributeNames());
    Batch batch = batch(data);
    int[] told = labels.of(batch, new RandomNumbers(1), 0);
    int smiling = 0;
    for (int i = 0; i < told.length; i++) {
      int face = batch.indexes()[i];
      if (told[i] <= 2) {
        smiling++;
        assertEquals(face / 2 == 1 ? 1 : 2, told[i]);
      } else {
        assertEquals(face % 2 == 1 ? 3 : 4, told[i]);
      }
    }
    assertEquals(500, smiling, 60);
  }

  @Test
  void dataWithoutTheClassesAreRefusedInASentence() throws IOException {
    ImageDataSet faces = faces();
    assertEquals(
        "The data (CelebA, 4 images) have no classes; set labels.kind to none, or use data with"
            + " labels.",
        problem(config("labels.kind=classes"), faces));
    assertEquals(
        "The data have no attribute 'Smilling', which labels.attributes names; did you mean"
            + " 'Smiling'?",
        problem(config("labels.kind=attributes", "labels.attributes=[Male, Smilling]"), faces));
  }

  @Test
  void dataWithOtherClassesAreRefusedInASentence() throws IOException {
    ImageDataSet animals = animals();
    assertTrue(
        problem(config("labels.kind=classes"), animals)
            .endsWith("have 3 classes, so labels.classes must be 3, not 10."));
    assertTrue(
        problem(config("labels.kind=attributes"), animals).contains("have no attributes; set"));
  }

  private static String problem(TrainingConfig config, ImageDataSet data) {
    return assertThrows(CdrlException.class, () -> Trainer.requireFitting(config, data))
        .getMessage();
  }
}
