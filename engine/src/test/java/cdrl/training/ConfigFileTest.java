package cdrl.training;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import cdrl.model.ImageModelSpec;
import cdrl.model.PointModelSpec;
import cdrl.model.Prediction;
import cdrl.runtime.CdrlException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ConfigFileTest {
  private static final String POINTS = "data: {kind: checkerboard}\n";

  private static TrainingConfig parse(String text, String... overrides) {
    return ConfigFile.parse(text, "c.yaml", List.of(overrides));
  }

  private static String problem(String text, String... overrides) {
    return assertThrows(CdrlException.class, () -> parse(text, overrides)).getMessage();
  }

  @Test
  void readsEverySectionAndFillsInDefaults() {
    TrainingConfig config =
        parse(
            """
            name: trial
            data: {kind: images, path: pictures, resolution: 28, channels: 1, flip: false}
            model:
              energy: {channels: 16, multipliers: [1, 2, 2], blocks: 2}
              initializer: {channels: 32, multipliers: [1, 2], blocks: 1, attention: [14]}
            schedule: {levels: 4}
            langevin: {steps: 10}
            training: {batch: 7, energyRate: 2e-4, seed: 5}
            """);
    assertEquals("trial", config.name());
    TrainingConfig.Images data = (TrainingConfig.Images) config.data();
    assertEquals(Path.of("pictures").toAbsolutePath(), data.path());
    assertEquals(
        new ImageModelSpec(
            28,
            1,
            0,
            false,
            new ImageModelSpec.Energy(16, List.of(1, 2, 2), 2),
            new ImageModelSpec.Unet(32, List.of(1, 2), 1, List.of(14), 0.1)),
        config.model());
    assertEquals(4, config.schedule().levels());
    assertEquals(10, config.langevinSteps());
    assertEquals(7, config.training().batch());
    assertEquals(2e-4, config.training().energyRate().peak());
    assertEquals(5, config.training().seed());
    assertEquals(0.9999, config.training().averageDecay());
  }

  @Test
  void classesMakeTheNetworksConditional() {
    String images = "data: {path: pictures}\n";
    TrainingConfig config =
        parse(
            images
                + "labels: {kind: attributes, attributes: [Bald, Young], dropping: 0.2}\n"
                + "model: {initializer: {conditional: true}}");
    ImageModelSpec spec = (ImageModelSpec) config.model();
    assertEquals(4, spec.classes());
    assertTrue(spec.conditionalInitializer());
    assertEquals(config, parse(ConfigFile.write(config)));
    TrainingConfig named = parse(images, "labels.kind=classes", "labels.classes=2");
    assertEquals(2, named.model().classes());
    assertEquals(
        List.of("T-shirt: \"top\"", "bag"),
        ((TrainingConfig.Images)
                parse(
                        ConfigFile.write(
                            parse(
                                images,
                                "labels.kind=classes",
                                "labels.classes=2",
                                "labels.names=['T-shirt: \"top\"', bag]")))
                    .data())
            .labels()
            .names());
  }

  @Test
  void theWaysOfTheAblationsAreSettings() {
    assertEquals(Prediction.NEXT, parse(POINTS).prediction());
    TrainingConfig alone = parse(POINTS, "training.cooperative=false", "langevin.steps=30");
    assertEquals(Prediction.NONE, alone.prediction());
    assertEquals(alone, parse(ConfigFile.write(alone)));
    TrainingConfig noise =
        parse(
            POINTS,
            "model.initializer.predicts=noise",
            "training.initializerLearnsFrom=data",
            "schedule.kind=drl",
            "schedule.levels=8");
    assertEquals(Prediction.NOISE, noise.prediction());
    assertEquals(TrainingConfig.Teacher.DATA, noise.training().teacher());
    assertEquals(noise, parse(ConfigFile.write(noise)));
  }

  @Test
  void waysThatContradictEachOtherAreRefused() {
    for (String setting :
        List.of(
            "model.initializer.predicts=clean",
            "training.initializerLearnsFrom=data",
            "model.initializer.conditional=true")) {
      String problem =
          problem(
              "data: {path: pictures}",
              setting,
              "labels.kind=classes",
              "training.cooperative=false");
      assertEquals(
          "c.yaml: "
              + setting.replaceFirst("=.*", "")
              + " is about the initializer, which training.cooperative: false leaves out; remove"
              + " one of them.",
          problem);
    }
    assertTrue(
        problem(POINTS, "model.initializer.predicts=none").contains("one of next, clean, noise"));
  }

  @Test
  void classesThatMakeNoSenseAreRefused() {
    String images = "data: {path: pictures}\n";
    assertEquals(
        "c.yaml: model.initializer.conditional needs classes; set labels.kind to classes or"
            + " attributes.",
        problem(images, "model.initializer.conditional=true"));
    assertEquals(
        "c.yaml: labels.names has 2 names where labels.classes is 10.",
        problem(images, "labels.kind=classes", "labels.names=[a, b]"));
    assertEquals(
        "c.yaml: labels.attributes must name at least one attribute of the data.",
        problem(images, "labels.kind=attributes", "labels.attributes=[]"));
    assertTrue(
        problem(images, "labels.attributes=[Male, Male]").contains("a list of different texts"));
    assertTrue(problem(POINTS, "labels.kind=classes").contains("does not apply to points"));
  }

  @Test
  void theDefaultsForPointsAreThePublishedNetworks() {
    assertEquals(PointModelSpec.PAPER, parse(POINTS).model());
  }

  @Test
  void overridesReplaceWhatTheFileSays() {
    TrainingConfig config =
        parse(
            POINTS + "training: {batch: 10}",
            "training.batch=20",
            "model.energy.multipliers=[1, 3]",
            "name=a: b # c");
    assertEquals(20, config.training().batch());
    assertEquals(List.of(1, 3), ((PointModelSpec) config.model()).multipliers());
    assertEquals("a: b # c", config.name());
  }

  @Test
  void learningRatesWarmUp() {
    TrainingConfig.Training training = parse(POINTS).training();
    assertEquals(0, training.energyRate().at(0));
    assertEquals(0.5e-4, training.energyRate().at(5_000), 1e-12);
    assertEquals(1e-4, training.energyRate().at(10_000));
    assertEquals(0.5e-6, training.initializerRate().at(0), 1e-12);
    assertEquals(1e-5, training.initializerRate().at(9_500));
    assertEquals(1e-4, parse(POINTS, "training.energyWarmup=0").training().energyRate().at(0));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"data: {kind: checkerboard}", "data: {kind: images, path: 'a \"b\" \\c'}"})
  void whatIsWrittenReadsBackTheSame(String text) {
    TrainingConfig config = parse(text, "training.energyRate=3.5e-5", "training.batch=11");
    String written = ConfigFile.write(config);
    assertEquals(config, parse(written));
    assertEquals(written, ConfigFile.write(parse(written)));
  }

  @Test
  void everyWrittenSettingIsExplained() {
    List<String> lines = ConfigFile.write(parse(POINTS)).lines().toList();
    for (int i = 0; i < lines.size(); i++) {
      if (lines.get(i).matches(" *\\w+: .+")) {
        assertTrue(lines.get(i - 1).strip().startsWith("# "), lines.get(i));
      }
      assertTrue(lines.get(i).length() <= 100, lines.get(i));
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "training: {bach: 3}|'training.bach' is not a setting; did you mean 'training.batch'?",
        "trainig: {batch: 3}|'trainig' is not a setting; did you mean 'training'?",
        "batch: 3|'batch' is not a setting; did you mean 'training.batch'?",
        "training: {checkpointEvery: 3}|did you mean 'output.checkpointEvery'?",
        "zzzzzzzzzzzz: 3|'zzzzzzzzzzzz' is not a setting; 'cdrl presets smoke' shows",
        "training: {batch: 0}|training.batch must be a whole number from 1 to 100000, not '0'",
        "training: {batch: many}|training.batch must be a whole number from 1 to 100000, not 'many'",
        "training: {batch: '3'}|training.batch must be a whole number",
        "training: {batch: 1.5}|training.batch must be a whole number",
        "training: {batch: 99999999999999999999}|training.batch must be a whole number",
        "training: {batch: [1]}|training.batch must be a whole number from 1 to 100000, not this list",
        "training: {batch: {a: 1}}|not a section",
        "training: {batch: }|training.batch must be a whole number from 1 to 100000, not empty",
        "training: {energyRate: .nan}|training.energyRate must be a number from 0 to 1",
        "training: {energyRate: -1e-4}|training.energyRate must be a number from 0 to 1",
        "training: {averageDecay: 1}|must be a number of at least 0 and below 1, not '1'",
        "training: {varianceReduction: yes}|must be true or false, not 'yes'",
        "model: {energy: {multipliers: []}}|model.energy.multipliers must be a list of 1 to 8",
        "model: {energy: {multipliers: [1, x]}}|model.energy.multipliers must be a list",
        "model: {initializer: {channels: 40}}|channels must be a multiple of 32, not 40",
        "model: {initializer: {channels: 32}}|model.initializer.channels must be at least 64 for points, not 32",
        "model: {energy: {channels: 5}}|model.energy.channels must be a multiple of 2, not 5",
        "model: {initializer: {dropout: 0.1}}|dropout does not apply to points in the plane",
        "schedule: {maxLogSnr: -6}|schedule.minLogSnr must be below schedule.maxLogSnr",
        "schedule: {kind: drl, levels: 5}|schedule.levels must be 6 or 8",
        "training: 5|'training' is a section",
        "name: !!java.util.Date 1|only plain values are allowed",
        "name: !x 1|only plain values are allowed",
        "training: {batch: 3, batch: 4}|'training.batch' stands there twice",
        "? [a]|must have a plain name",
        "training: &a {training: *a}|'training.training' is not a setting"
      })
  void wrongSettingsAreNamed(String text, String message) {
    String problem = problem(POINTS + text);
    assertTrue(problem.contains(message), problem);
    assertTrue(problem.startsWith("c.yaml"), problem);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "data: {}|data.path is missing",
        "data: {kind: cifar}|data.kind must be one of checkerboard, rings, moons, spirals, mixture, csv, picture, images, not 'cifar'",
        "data: {path: x, channels: 2}|data.channels must be 1 or 3, not 2",
        "data: {path: x, points: 2}|data.points does not apply to images",
        "data: {path: x, resolution: 36}|attention names 16, which is none of",
        "data: {path: x, resolution: 30}|data.resolution is 30, which cannot be halved 2 times for the 3 entries of model.initializer.multipliers",
        "- 1|does not hold settings",
        "a: b: c|this is not YAML",
        "'\"'|this is not YAML"
      })
  void wrongImageSettingsAreNamed(String text, String message) {
    String problem = problem(text);
    assertTrue(message == null || problem.contains(message), problem);
  }

  @Test
  void messagesTellTheLine() {
    assertTrue(
        problem(POINTS + "training:\n  batch: 3\n  bath: 4\n").startsWith("c.yaml, line 4: "));
  }

  @ParameterizedTest
  @ValueSource(strings = {"training.batch", "=3", "training.batch=", "training.bach=3", "name"})
  void wrongOverridesAreRefused(String override) {
    assertTrue(problem(POINTS, override).startsWith("--set"), problem(POINTS, override));
  }

  @Test
  void filesThatAreNoConfigurationAreRefused(@TempDir Path folder) throws IOException {
    Path file = folder.resolve("c.yaml");
    assertTrue(readProblem(file).contains("There is no file"));
    Files.write(file, new byte[] {(byte) 0xff, (byte) 0xfe, 0});
    assertTrue(readProblem(file).contains("UTF-8"));
    Files.write(file, new byte[2 << 20]);
    assertTrue(readProblem(file).contains("larger than 1 MiB"));
    assertTrue(readProblem(folder).contains("cannot be read"));
    Files.write(file, "a\u0001: 1".getBytes(StandardCharsets.UTF_8));
    assertTrue(readProblem(file).contains("is not YAML"), readProblem(file));
    Files.writeString(file, "a: &a [x,x]\nb: &b [*a,*a]\nc: [*b,*b,*c]\n");
    assertTrue(readProblem(file).contains("YAML"), readProblem(file));
  }

  private static String readProblem(Path file) {
    return assertThrows(CdrlException.class, () -> ConfigFile.read(file, List.of())).getMessage();
  }
}
