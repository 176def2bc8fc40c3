package cdrl.store;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import cdrl.model.ImageModelSpec;
import cdrl.model.ModelDescription;
import cdrl.model.ModelSpec;
import cdrl.model.PointModelSpec;
import cdrl.model.Prediction;
import cdrl.model.Provenance;
import cdrl.runtime.CdrlException;
import cdrl.runtime.HostTensor;
import cdrl.schedule.ScheduleSpec;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ModelFileTest {
  static final Map<String, HostTensor> WEIGHTS =
      Map.of("energy.stem.weight", new HostTensor(new long[] {2, 1}, new float[] {1, -3}));

  @TempDir Path folder;

  /** A description drawn from all that can be described. */
  static ModelDescription randomDescription(Random random) {
    int classes = random.nextBoolean() ? 0 : 1 + random.nextInt(12);
    boolean image = random.nextInt(3) > 0;
    ModelSpec spec =
        image
            ? new ImageModelSpec(
                List.of(28, 32, 64).get(random.nextInt(3)),
                random.nextBoolean() ? 1 : 3,
                classes,
                random.nextBoolean(),
                new ImageModelSpec.Energy(
                    2 * (2 + random.nextInt(50)), numbers(random, 5), 1 + random.nextInt(8)),
                new ImageModelSpec.Unet(
                    32 * (1 + random.nextInt(4)),
                    numbers(random, 3),
                    1 + random.nextInt(3),
                    random.nextBoolean() ? List.of() : List.of(8, 16),
                    random.nextDouble()))
            : new PointModelSpec(
                2 * (2 + random.nextInt(100)),
                numbers(random, 5),
                64,
                2 + 2 * (1 + random.nextInt(60)));
    ScheduleSpec schedule =
        random.nextBoolean()
            ? ScheduleSpec.cosine(1 + random.nextInt(20))
            : new ScheduleSpec(ScheduleSpec.Kind.DRL, 6, 9.8, -5.1 - random.nextDouble());
    return new ModelDescription(
        text(random),
        spec,
        schedule,
        1 + random.nextInt(30),
        Prediction.values()[random.nextInt(Prediction.values().length)],
        names(random, image && random.nextBoolean() ? classes : 0),
        names(random, random.nextInt(4)),
        randomProvenance(random, random.nextInt(10)));
  }

  private static Provenance randomProvenance(Random random, int origins) {
    Provenance provenance =
        new Provenance(
            text(random),
            "2025-01-01T00:00:00Z",
            text(random),
            "",
            random.nextInt(1_000_000),
            random.nextLong(),
            text(random),
            Map.of(text(random), text(random)));
    return origins == 0
        ? provenance
        : provenance.startedFrom(text(random), text(random), randomProvenance(random, origins - 1));
  }

  @Test
  void originsAreKeptInTheirOrder() {
    Random random = new Random(3);
    Provenance provenance = randomProvenance(random, 2);
    assertEquals(2, provenance.origins().size());
    for (Provenance.Origin origin : provenance.origins()) {
      assertTrue(origin.provenance().origins().isEmpty());
    }
    Provenance later = provenance.after(7, Map.of("a", "b"));
    assertEquals(provenance.origins(), later.origins());
    assertEquals(7, later.iterations());
    long before =
        later.origins().stream().mapToLong(origin -> origin.provenance().iterations()).sum();
    assertEquals(7 + before, later.allIterations());
    assertEquals(Map.of("a", "b"), later.settings());
    String text = DescriptionMetadata.provenanceText(provenance);
    assertEquals(provenance, DescriptionMetadata.provenance(text, "p"));
    String wrong = text.replace("\"checksum\"", "\"sum\"");
    assertTrue(
        assertThrows(CdrlException.class, () -> DescriptionMetadata.provenance(wrong, "p"))
            .getMessage()
            .contains("origins.checksum"));
  }

  private static List<Integer> numbers(Random random, int most) {
    List<Integer> numbers = new ArrayList<>();
    for (int left = 1 + random.nextInt(most); left > 0; left--) {
      numbers.add(1 + random.nextInt(4));
    }
    return numbers;
  }

  private static List<String> names(Random random, int count) {
    List<String> names = new ArrayList<>();
    while (names.size() < count) {
      names.add(text(random));
    }
    return names;
  }

  private static String text(Random random) {
    String letters = "aé\"\\\n\t<&∇😀 {}[]:,'";
    StringBuilder text = new StringBuilder();
    int[] points = letters.codePoints().toArray();
    for (int left = random.nextInt(12); left > 0; left--) {
      text.appendCodePoint(points[random.nextInt(points.length)]);
    }
    return text.toString();
  }

  private ModelDescription good() {
    return randomDescription(new Random(7));
  }

  @Test
  void everyDescriptionComesBack() {
    Random random = new Random(1);
    for (int trial = 0; trial < 200; trial++) {
      ModelDescription description = randomDescription(random);
      assertEquals(
          description,
          DescriptionMetadata.decode(
              "cdrl-model", DescriptionMetadata.encode("cdrl-model", description), "m"));
    }
  }

  @Test
  void aModelComesBackWithItsChecksum() {
    Path path = folder.resolve("m.safetensors");
    String checksum = ModelFile.write(path, good(), WEIGHTS);
    assertEquals(new StoredModel(good(), WEIGHTS, checksum), ModelFile.read(path));
    assertTrue(checksum.matches("[0-9a-f]{64}"));
  }

  @Test
  void filesThatDoNotSayWhatIsPredictedComeFromATimeOfOneWay() {
    Map<String, String> metadata =
        new LinkedHashMap<>(DescriptionMetadata.encode("cdrl-model", good()));
    metadata.remove("prediction");
    assertEquals(
        Prediction.NEXT, DescriptionMetadata.decode("cdrl-model", metadata, "m").prediction());
    refused("the field 'prediction' is 'future'", Map.of("prediction", "next=>future"));
  }

  private void refused(String reason, Map<String, String> changes) {
    ImageModelSpec spec =
        new ImageModelSpec(
            32,
            3,
            2,
            false,
            new ImageModelSpec.Energy(32, List.of(1, 2), 1),
            new ImageModelSpec.Unet(32, List.of(1, 1), 1, List.of(16), 0.1));
    ModelDescription description =
        new ModelDescription(
            "m",
            spec,
            ScheduleSpec.PAPER,
            15,
            List.of("a", "b"),
            List.of(),
            new Provenance("p", "c", "d", "", 1, 2, "x", Map.of()));
    Map<String, String> metadata =
        new LinkedHashMap<>(DescriptionMetadata.encode("cdrl-model", description));
    changes.forEach(
        (key, change) -> {
          int arrow = change.indexOf("=>");
          if (arrow < 0) {
            metadata.remove(key);
          } else {
            String from = change.substring(0, arrow);
            String value = String.valueOf(metadata.get(key));
            assertTrue(value.contains(from), value);
            metadata.put(key, value.replace(from, change.substring(arrow + 2)));
          }
        });
    Path path = folder.resolve("changed.safetensors");
    SafeTensors.write(path, new TensorFile(metadata, WEIGHTS));
    String sentence = assertThrows(CdrlException.class, () -> ModelFile.read(path)).getMessage();
    assertTrue(sentence.contains(reason), sentence);
    assertTrue(sentence.contains("changed.safetensors"), sentence);
  }

  @Test
  void wrongFieldsAreNamed() {
    refused("of another program", Map.of("format", ""));
    refused("is a 'cdrl-checkpoint'", Map.of("format", "model=>checkpoint"));
    refused("format version '2'", Map.of("format_version", "1=>2"));
    refused("the field 'spec' is missing", Map.of("spec", ""));
    refused("the field 'spec' is not strict JSON", Map.of("spec", "}=>"));
    refused(
        "the field 'spec' is not strict JSON", Map.of("spec", "{\"kind\"=>{\"kind\":1,\"kind\""));
    refused("'spec.kind' is 'sound'", Map.of("spec", "\"image\"=>\"sound\""));
    refused("'spec.energy.channels' must be a whole number", Map.of("spec", "32=>32.5"));
    refused(
        "'spec.energy.channel' is not known",
        Map.of(
            "spec",
            "\"channels\":32,\"multipliers\":[1,2]=>\"channel\":1,\"channels\":32,\"multipliers\":[1,2]"));
    refused(
        "'spec.energy.blocks' is missing",
        Map.of("spec", "\"blocks\":1},\"initializer\"=>\"block\":1},\"initializer\""));
    refused(
        "energy.channels must be between 4 and 1024, not 3",
        Map.of(
            "spec", "\"channels\":32,\"multipliers\":[1,2]=>\"channels\":3,\"multipliers\":[1,2]"));
    refused("'spec' is out of range", Map.of("spec", "\"resolution\":32=>\"resolution\":31"));
    refused("must be true or false", Map.of("spec", "false=>0"));
    refused("'schedule.kind' is 'linear'", Map.of("schedule", "cosine=>linear"));
    refused("'schedule' is out of range", Map.of("schedule", "\"levels\":6=>\"levels\":0"));
    refused("'schedule.max_log_snr' must be a finite number", Map.of("schedule", "9.8=>1e999"));
    refused("'langevin_steps' must be a whole number", Map.of("langevin_steps", "15=>x"));
    refused("'langevin_steps' is out of range", Map.of("langevin_steps", "15=>0"));
    refused("'class_names' has 3 names for 2 classes", Map.of("class_names", "]=>,\"c\"]"));
    refused("'class_names' must be text", Map.of("class_names", "\"a\"=>1"));
    refused("'attribute_names' must be a list", Map.of("attribute_names", "[]=>{}"));
    refused(
        "'provenance.seed' must be a whole number",
        Map.of("provenance", "\"seed\":2=>\"seed\":\"2\""));
    refused(
        "'provenance' is not strict JSON",
        Map.of("provenance", "{\"program\"=>" + "[".repeat(9999)));
  }
}
