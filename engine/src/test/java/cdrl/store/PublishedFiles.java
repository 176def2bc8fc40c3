package cdrl.store;

import cdrl.model.ImageModelSpec;
import cdrl.model.ModelSpec;
import cdrl.runtime.HostTensor;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/** Writes checkpoints and arrays in the layout of the published implementation. */
public final class PublishedFiles {
  private PublishedFiles() {}

  /**
   * Writes a checkpoint.
   *
   * @param weights by our names
   * @param prefix what published names begin with: {@code module.} or nothing
   */
  public static void checkpoint(
      Path file, ModelSpec spec, Map<String, HostTensor> weights, String prefix)
      throws IOException {
    TorchFiles torch = new TorchFiles().code("}(");
    int[] number = {0};
    for (String part : new String[] {"energy.", "initializer."}) {
      torch.text(part.equals("energy.") ? "pi_state_dict" : "p_state_dict").code("}(");
      weights.forEach(
          (name, tensor) -> {
            if (name.startsWith(part)) {
              torch.text(prefix + published(name, spec));
              tensor(torch, tensor, number[0]++);
            }
          });
      torch.code("u");
    }
    torch.code("u.").write(file);
  }

  private static void tensor(TorchFiles torch, HostTensor tensor, int number) {
    int[] shape = Arrays.stream(tensor.shape()).mapToInt(Math::toIntExact).toArray();
    int[] strides = new int[shape.length];
    int stride = 1;
    for (int d = shape.length - 1; d >= 0; d--) {
      strides[d] = stride;
      stride *= shape[d];
    }
    torch.tensor(Integer.toString(number), tensor.values(), 0, shape, strides);
  }

  /** Writes arrays of float32 as a NumPy archive. */
  public static void arrays(Path file, Map<String, HostTensor> arrays) throws IOException {
    Path single = Files.createTempFile("array", ".npy");
    try (ZipOutputStream zip = new ZipOutputStream(Files.newOutputStream(file))) {
      for (Map.Entry<String, HostTensor> entry : arrays.entrySet()) {
        NumpyFile.write(single, entry.getValue());
        zip.putNextEntry(new ZipEntry(entry.getKey() + ".npy"));
        zip.write(Files.readAllBytes(single));
        zip.closeEntry();
      }
    } finally {
      Files.delete(single);
    }
  }

  /** The published name of a weight. */
  private static String published(String name, ModelSpec spec) {
    String last = name.substring(name.lastIndexOf('.') + 1);
    String layer = name.substring(0, name.lastIndexOf('.'));
    if (name.startsWith("initializer.")) {
      return initializerLayer(layer.substring("initializer.".length()), spec) + "." + last;
    }
    boolean spectral = !layer.equals("energy.head") && !last.equals("gain");
    Map<String, String> lasts =
        Map.of("weight", spectral ? "weight_orig" : "weight", "u", "weight_u", "v", "weight_v");
    String to = last.equals("gain") ? "g" : lasts.getOrDefault(last, last);
    return energyLayer(layer.substring("energy.".length()), spec) + "." + to;
  }

  private static String energyLayer(String layer, ModelSpec spec) {
    Map<String, String> single = new LinkedHashMap<>();
    single.put("embedding.0", "temb_map1");
    single.put("embedding.1", "temb_map2");
    single.put("classes", "y_map");
    single.put("stem", "module_list.0");
    single.put("head", spec instanceof ImageModelSpec ? "temb_final" : "final_dense");
    if (single.containsKey(layer)) {
      return single.get(layer);
    }
    String[] words = layer.split("\\.");
    int module;
    String inside;
    if (spec instanceof ImageModelSpec images) {
      // levels.L.blocks.B, and a pooling between two levels that has no weights.
      int level = Integer.parseInt(words[1]);
      module = 1 + level * (images.energy().blocks() + 1) + Integer.parseInt(words[3]);
      inside = words.length > 4 ? words[4] : "";
    } else {
      module = 1 + Integer.parseInt(words[1]);
      inside = words.length > 2 ? words[2] : "";
    }
    Map<String, String> parts =
        Map.of(
            "",
            "",
            "first",
            ".conv1",
            "second",
            ".conv2",
            "embedding",
            ".temb_map",
            "shortcut",
            ".short_cut");
    return "module_list." + module + parts.get(inside);
  }

  private static String initializerLayer(String layer, ModelSpec spec) {
    boolean images = spec instanceof ImageModelSpec;
    Map<String, String> single = new LinkedHashMap<>();
    single.put("stem", images ? "init_conv" : "h1");
    single.put("embedding.0", images ? "time_mlp.1" : "temb_map.0");
    single.put("embedding.1", images ? "time_mlp.3" : "temb_map.2");
    single.put("classes", "y_mlp.0");
    single.put("output", images ? "final_conv" : "final_dense");
    single.put("norm", "norm");
    if (single.containsKey(layer)) {
      return single.get(layer);
    }
    String inside = layer.substring(layer.lastIndexOf('.') + 1);
    String owner = layer.substring(0, layer.lastIndexOf('.'));
    Map<String, String> parts = new LinkedHashMap<>();
    parts.put("convolution1", "conv1");
    parts.put("convolution2", "conv2");
    parts.put("dense1", "conv1");
    parts.put("dense2", "conv2");
    parts.put("embedding", "mlp.1");
    parts.put("shortcut", "res_conv");
    parts.put("query_key_value", "to_qkv");
    parts.put("output", "to_out");
    return initializerModule(owner, spec) + "." + parts.getOrDefault(inside, inside);
  }

  private static String initializerModule(String owner, ModelSpec spec) {
    if (!(spec instanceof ImageModelSpec images)) {
      return "module_list.0";
    }
    if (owner.startsWith("middle.")) {
      return owner.equals("middle.attention") ? "mid_attn" : owner.replace("middle.", "mid_");
    }
    // down.L or up.L, then blocks.B, attention.B or resample.
    String[] words = owner.split("\\.");
    boolean down = words[0].equals("down");
    int stage = Integer.parseInt(words[1]);
    int last = images.initializer().multipliers().size() - 1;
    int side = images.resolution() >> (down ? stage : last - stage);
    int stride = images.initializer().attention().contains(side) ? 2 : 1;
    int blocks = images.initializer().blocks() + (down ? 0 : 1);
    int index =
        switch (words[2]) {
          case "blocks" -> Integer.parseInt(words[3]) * stride;
          case "attention" -> Integer.parseInt(words[3]) * stride + 1;
          default -> blocks * stride;
        };
    return words[0] + "s." + stage + "." + index;
  }
}
