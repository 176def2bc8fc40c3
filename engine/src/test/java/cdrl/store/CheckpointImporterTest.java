package cdrl.store;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import cdrl.model.ImageModelSpec;
import cdrl.model.PointModelSpec;
import cdrl.runtime.CdrlException;
import cdrl.runtime.HostTensor;
import cdrl.schedule.ScheduleSpec;
import cdrl.store.PublishedCheckpoint.Weights;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CheckpointImporterTest {
  private static final CheckpointImporter IMPORTER =
      new CheckpointImporter("test", Clock.fixed(Instant.EPOCH, ZoneOffset.UTC));

  @TempDir Path folder;

  private static StoredModel read(Path path, Weights weights) {
    return IMPORTER.read(path, CheckpointImporter.Settings.published("m", weights));
  }

  private static long sum(Map<String, HostTensor> weights) {
    return weights.entrySet().stream()
        .filter(entry -> !entry.getKey().endsWith(".u") && !entry.getKey().endsWith(".v"))
        .mapToLong(entry -> entry.getValue().values().length)
        .sum();
  }

  @Test
  void recognizesTheImageNetworks() {
    StoredModel model = read(SharedFiles.parity("uncond.pth.tar"), Weights.LAST);
    assertEquals(
        new ImageModelSpec(
            32,
            3,
            0,
            false,
            new ImageModelSpec.Energy(32, List.of(1, 2, 2, 2), 1),
            new ImageModelSpec.Unet(32, List.of(1, 1, 1), 3, List.of(16, 8), 0.1)),
        model.description().spec());
    assertEquals(ScheduleSpec.PAPER, model.description().schedule());
    assertEquals(15, model.description().langevinSteps());
    assertEquals(123, model.description().provenance().iterations());
    assertTrue(model.weights().containsKey("energy.levels.1.blocks.0.shortcut.u"));
    assertFalse(model.weights().containsKey("energy.levels.2.blocks.0.shortcut.u"));
    assertTrue(model.weights().containsKey("initializer.down.1.attention.2.query_key_value.bias"));
    assertTrue(model.weights().containsKey("initializer.down.1.resample.convolution1.weight"));
    assertFalse(model.weights().containsKey("initializer.down.2.resample.convolution1.weight"));
    assertTrue(model.weights().containsKey("initializer.up.0.blocks.3.shortcut.weight"));
    assertTrue(model.weights().containsKey("initializer.up.1.resample.norm1.weight"));
    assertArrayEquals(
        new long[] {3, 32, 3, 3}, model.weights().get("initializer.output.weight").shape());
  }

  @Test
  void recognizesClasses() {
    StoredModel model = read(SharedFiles.parity("cond.pth.tar"), Weights.LAST);
    ImageModelSpec spec = (ImageModelSpec) model.description().spec();
    assertEquals(10, spec.classes());
    assertTrue(spec.conditionalInitializer());
    assertArrayEquals(new long[] {128, 11}, model.weights().get("energy.classes.weight").shape());
    assertArrayEquals(
        new long[] {128, 11}, model.weights().get("initializer.classes.weight").shape());
  }

  @Test
  void recognizesThePointNetworks() {
    StoredModel model = read(SharedFiles.parity("toy2d.pth.tar"), Weights.LAST);
    assertEquals(PointModelSpec.PAPER, model.description().spec());
    assertArrayEquals(new long[] {1, 256}, model.weights().get("energy.blocks.3.gain").shape());
    assertArrayEquals(
        new long[] {128, 128}, model.weights().get("initializer.block.embedding.weight").shape());
  }

  @Test
  void averagesReplaceParametersOnly() {
    for (String name : List.of("uncond.pth.tar", "cond.pth.tar", "toy2d.pth.tar")) {
      StoredModel last = read(SharedFiles.parity(name), Weights.LAST);
      StoredModel averaged = read(SharedFiles.parity(name), Weights.AVERAGED);
      assertEquals(last.weights().keySet(), averaged.weights().keySet());
      int changed = 0;
      for (Map.Entry<String, HostTensor> entry : last.weights().entrySet()) {
        HostTensor other = averaged.weights().get(entry.getKey());
        assertArrayEquals(entry.getValue().shape(), other.shape());
        if (entry.getKey().endsWith(".u") || entry.getKey().endsWith(".v")) {
          assertEquals(entry.getValue(), other, entry.getKey());
        } else if (!entry.getValue().equals(other)) {
          changed++;
        }
      }
      assertTrue(changed > 0, name + " has averages that equal the last weights");
    }
  }

  @Test
  void checkpointsWithoutAveragesSaySo() {
    Path path = SharedFiles.parity("train_step_start.pth.tar");
    assertTrue(sum(read(path, Weights.LAST).weights()) > 0);
    String sentence =
        assertThrows(CdrlException.class, () -> read(path, Weights.AVERAGED)).getMessage();
    assertTrue(sentence.contains("holds no averaged weights 'pi_ema_state_dict'"), sentence);
  }

  @Test
  void theResolutionMustFit() {
    Path path = SharedFiles.parity("uncond.pth.tar");
    CheckpointImporter.Settings odd = new CheckpointImporter.Settings("m", Weights.LAST, 30, 6, 15);
    String sentence =
        assertThrows(CdrlException.class, () -> IMPORTER.read(path, odd)).getMessage();
    assertTrue(sentence.contains("resolution 30 cannot be halved 2 times"), sentence);
    CheckpointImporter.Settings large =
        new CheckpointImporter.Settings("m", Weights.LAST, 64, 5, 10);
    ImageModelSpec spec = (ImageModelSpec) IMPORTER.read(path, large).description().spec();
    assertEquals(List.of(32, 16), spec.initializer().attention());
  }

  @Test
  void importedModelsAreGoodModelFiles() {
    StoredModel model = read(SharedFiles.parity("cond.pth.tar"), Weights.AVERAGED);
    Path path = folder.resolve("m.safetensors");
    ModelFile.write(path, model.description(), model.weights());
    StoredModel back = ModelFile.read(path);
    assertEquals(model.description(), back.description());
    assertEquals(model.weights(), back.weights());
  }

  // Small made-up networks for points, which need no shared files.

  private static Map<String, int[]> energyShapes() {
    Map<String, int[]> shapes = new LinkedHashMap<>();
    spectral(shapes, "temb_map1", 16, 4);
    spectral(shapes, "temb_map2", 16, 16);
    spectral(shapes, "module_list.0", 4, 2);
    shapes.put("module_list.1.g", new int[] {1, 8});
    spectral(shapes, "module_list.1.conv1", 8, 4);
    spectral(shapes, "module_list.1.conv2", 8, 8);
    spectral(shapes, "module_list.1.temb_map", 8, 16);
    spectral(shapes, "module_list.1.short_cut", 8, 4);
    shapes.put("final_dense.weight", new int[] {1, 8});
    return shapes;
  }

  private static void spectral(Map<String, int[]> shapes, String name, int out, int in) {
    shapes.put(name + ".bias", new int[] {out});
    shapes.put(name + ".weight_orig", new int[] {out, in});
    shapes.put(name + ".weight_u", new int[] {out});
    shapes.put(name + ".weight_v", new int[] {in});
  }

  private static Map<String, int[]> initializerShapes() {
    Map<String, int[]> shapes = new LinkedHashMap<>();
    layer(shapes, "h1", 64, 2);
    layer(shapes, "temb_map.0", 8, 8);
    layer(shapes, "temb_map.2", 8, 8);
    shapes.put("final_dense.weight", new int[] {2, 64});
    layer(shapes, "module_list.0.norm1", 64);
    layer(shapes, "module_list.0.norm2", 64);
    layer(shapes, "module_list.0.conv1", 64, 64);
    layer(shapes, "module_list.0.conv2", 64, 64);
    layer(shapes, "module_list.0.mlp.1", 128, 8);
    return shapes;
  }

  private static void layer(Map<String, int[]> shapes, String name, int... shape) {
    shapes.put(name + ".weight", shape);
    shapes.put(name + ".bias", new int[] {shape[0]});
  }

  /** Writes tensors as a dictionary; each is filled with its running number. */
  private static int dictionary(
      TorchFiles file, String part, Map<String, int[]> shapes, String prefix, int first) {
    file.text(part).code("}(");
    int number = first;
    for (Map.Entry<String, int[]> entry : shapes.entrySet()) {
      file.text(prefix + entry.getKey());
      tensor(file, entry.getValue(), number++);
    }
    file.code("u");
    return number;
  }

  private static void tensor(TorchFiles file, int[] shape, int number) {
    int elements = Arrays.stream(shape).reduce(1, (a, b) -> a * b);
    float[] values = new float[elements];
    Arrays.fill(values, number);
    int[] strides = new int[shape.length];
    int stride = 1;
    for (int d = shape.length - 1; d >= 0; d--) {
      strides[d] = stride;
      stride *= shape[d];
    }
    file.tensor(Integer.toString(number), values, 0, shape, strides);
  }

  private Path points(Map<String, int[]> energy, Map<String, int[]> initializer, String prefix)
      throws IOException {
    TorchFiles file = new TorchFiles().code("}(");
    int next = dictionary(file, "pi_state_dict", energy, prefix, 0);
    dictionary(file, "p_state_dict", initializer, prefix, next);
    return file.code("u.").write(folder.resolve("points.pth.tar"));
  }

  private void refused(String reason, Map<String, int[]> energy, Map<String, int[]> initializer)
      throws IOException {
    Path path = points(energy, initializer, "");
    String sentence =
        assertThrows(CdrlException.class, () -> read(path, Weights.LAST)).getMessage();
    assertTrue(sentence.contains(reason), sentence);
    assertTrue(sentence.contains("points.pth.tar"), sentence);
  }

  @Test
  void readsKeysWithAndWithoutPrefix() throws IOException {
    StoredModel plain = read(points(energyShapes(), initializerShapes(), ""), Weights.LAST);
    StoredModel prefixed =
        read(points(energyShapes(), initializerShapes(), "module."), Weights.LAST);
    assertEquals(plain.weights(), prefixed.weights());
    assertEquals(new PointModelSpec(4, List.of(2), 64, 8), plain.description().spec());
  }

  @Test
  void averagesAreInTheOrderOfTheParameters() throws IOException {
    TorchFiles file = new TorchFiles().code("}(");
    int next = dictionary(file, "pi_state_dict", energyShapes(), "module.", 0);
    next = dictionary(file, "p_state_dict", initializerShapes(), "module.", next);
    for (String letter : List.of("pi", "p")) {
      file.text(letter + "_ema_state_dict").code("}(").text("shadow_params").code("](");
      Map<String, int[]> shapes = letter.equals("pi") ? energyShapes() : initializerShapes();
      for (Map.Entry<String, int[]> entry : shapes.entrySet()) {
        if (!entry.getKey().matches(".*weight_[uv]")) {
          tensor(file, entry.getValue(), next++);
        }
      }
      file.code("eu");
    }
    Path path = file.code("u.").write(folder.resolve("averaged.pth.tar"));
    Map<String, HostTensor> last = read(path, Weights.LAST).weights();
    Map<String, HostTensor> averaged = read(path, Weights.AVERAGED).weights();
    List<Float> order = new ArrayList<>();
    PublishedCheckpoint published = PublishedCheckpoint.read(path, Weights.AVERAGED);
    published
        .energy()
        .forEach(
            (name, tensor) -> {
              if (!name.matches(".*weight_[uv]")) {
                order.add(tensor.values()[0]);
              }
            });
    published.initializer().values().forEach(tensor -> order.add(tensor.values()[0]));
    for (int i = 1; i < order.size(); i++) {
      assertEquals(order.get(i - 1) + 1, order.get(i));
    }
    assertEquals(last.get("energy.stem.u"), averaged.get("energy.stem.u"));
    assertFalse(last.get("energy.stem.weight").equals(averaged.get("energy.stem.weight")));
  }

  @Test
  void otherNetworksAreRefused() throws IOException {
    Map<String, int[]> energy = energyShapes();
    energy.remove("module_list.1.conv2.weight_u");
    refused("weight 'module_list.1.conv2.weight_u' is missing", energy, initializerShapes());
    energy = energyShapes();
    energy.put("module_list.1.conv2.weight_v", new int[] {9});
    refused("has the shape [9] instead of [8]", energy, initializerShapes());
    energy = energyShapes();
    energy.put("extra.weight", new int[] {1});
    refused("weight 'extra.weight' is not known", energy, initializerShapes());
    energy = energyShapes();
    energy.keySet().removeIf(name -> name.startsWith("module_list.1"));
    refused("no residual blocks", energy, initializerShapes());
    Map<String, int[]> initializer = initializerShapes();
    initializer.remove("h1.bias");
    refused("weight 'h1.bias' is missing", energyShapes(), initializer);
    initializer = new LinkedHashMap<>();
    refused("weight 'h1.weight' is missing", energyShapes(), initializer);
  }

  @Test
  void otherCheckpointsAreRefused() throws IOException {
    Path path = new TorchFiles().code("}.").write(folder.resolve("other.pth"));
    String sentence =
        assertThrows(CdrlException.class, () -> read(path, Weights.LAST)).getMessage();
    assertTrue(sentence.contains("no dictionary 'pi_state_dict'"), sentence);
    Path list = new TorchFiles().code("].").write(folder.resolve("list.pth"));
    assertTrue(
        assertThrows(CdrlException.class, () -> read(list, Weights.LAST))
            .getMessage()
            .contains("not a dictionary of networks"));
  }

  @Test
  void weightsThatAreNotFiniteAreNamed() throws IOException {
    TorchFiles file = new TorchFiles().code("}(").text("pi_state_dict").code("}").text("w");
    file.tensor("0", new float[] {Float.NaN}, 0, new int[] {1}, new int[] {1}).code("s");
    file.text("p_state_dict").code("}");
    Path path = file.code("u.").write(folder.resolve("nan.pth"));
    String sentence =
        assertThrows(CdrlException.class, () -> read(path, Weights.LAST)).getMessage();
    assertTrue(sentence.contains("'pi_state_dict.w' holds values that are not finite"), sentence);
  }
}
