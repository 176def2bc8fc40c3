package cdrl.store;

import cdrl.runtime.HostTensor;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * A published energy network, recognized from the shapes of its weights.
 *
 * @param isImage whether it is convolutional; else it is for points in the plane
 * @param inputs image channels, or coordinates
 * @param classes the number of classes, or 0
 * @param width C, the width before multipliers
 * @param multipliers the width of each resolution (images) or of each block (points) in units of C
 * @param blocks residual blocks per resolution; 1 for points
 * @param weights by our names
 */
record PublishedEnergy(
    boolean isImage,
    int inputs,
    int classes,
    int width,
    List<Integer> multipliers,
    int blocks,
    Map<String, HostTensor> weights) {
  private static final int MOST_MODULES = 1000;

  /** Recognizes a network; {@code source} names the file in sentences. */
  static PublishedEnergy recognize(Map<String, HostTensor> published, String source) {
    return new Recognition(new PublishedWeights(source, published)).run();
  }

  /** Walks through the list of modules: the stem, then blocks, and a gap for every pooling. */
  private static final class Recognition {
    private final PublishedWeights weights;
    private final int width;
    private final int embedding;
    private final boolean isImage;

    Recognition(PublishedWeights weights) {
      this.weights = weights;
      this.width = weights.size("temb_map1.weight_orig", 1);
      this.embedding = weights.size("temb_map1.weight_orig", 0);
      this.isImage = weights.has("temb_final.weight");
    }

    PublishedEnergy run() {
      if (width < 1) {
        throw weights.wrong("the energy network has no width");
      }
      weights.spectralLayer("temb_map1", "energy.embedding.0", embedding, width);
      weights.spectralLayer("temb_map2", "energy.embedding.1", embedding, embedding);
      int classes = 0;
      if (weights.has("y_map.weight_orig")) {
        int columns = weights.size("y_map.weight_orig", 1);
        classes = columns - 1;
        weights.spectralLayer("y_map", "energy.classes", embedding, columns);
      }
      int inputs = weights.size("module_list.0.weight_orig", 1);
      weights.spectralLayer("module_list.0", "energy.stem", kernel(width, inputs));
      List<List<Integer>> groups = groups();
      List<Integer> multipliers = isImage ? imageBlocks(groups) : pointBlocks(groups);
      int last = multipliers.get(multipliers.size() - 1) * width;
      if (isImage) {
        weights.move("temb_final.weight", "energy.head.weight", last, embedding);
      } else {
        weights.move("final_dense.weight", "energy.head.weight", 1, last);
      }
      return new PublishedEnergy(
          isImage,
          inputs,
          classes,
          width,
          multipliers,
          isImage ? groups.get(0).size() : 1,
          weights.finish());
    }

    private long[] kernel(int out, int in) {
      return isImage ? new long[] {out, in, 3, 3} : new long[] {out, in};
    }

    /** The indexes of neighbouring blocks; poolings have no weights and separate them. */
    private List<List<Integer>> groups() {
      List<List<Integer>> groups = new ArrayList<>();
      int previous = -1;
      for (int i = 1; i < MOST_MODULES; i++) {
        if (weights.has("module_list." + i + ".conv1.weight_orig")) {
          if (i != previous + 1 || groups.isEmpty()) {
            groups.add(new ArrayList<>());
          }
          groups.get(groups.size() - 1).add(i);
          previous = i;
        }
      }
      if (groups.isEmpty()) {
        throw weights.wrong("the energy network has no residual blocks");
      }
      return groups;
    }

    private List<Integer> imageBlocks(List<List<Integer>> groups) {
      List<Integer> multipliers = new ArrayList<>();
      int in = width;
      for (int level = 0; level < groups.size(); level++) {
        List<Integer> group = groups.get(level);
        if (group.size() != groups.get(0).size()) {
          throw weights.wrong("its resolutions have different numbers of blocks");
        }
        for (int block = 0; block < group.size(); block++) {
          in = block(group.get(block), "energy.levels." + level + ".blocks." + block, in);
        }
        multipliers.add(multiplier(in));
      }
      return multipliers;
    }

    private List<Integer> pointBlocks(List<List<Integer>> groups) {
      if (groups.size() != 1) {
        throw weights.wrong("its residual blocks do not follow each other");
      }
      List<Integer> multipliers = new ArrayList<>();
      int in = width;
      for (int block = 0; block < groups.get(0).size(); block++) {
        in = block(groups.get(0).get(block), "energy.blocks." + block, in);
        multipliers.add(multiplier(in));
      }
      return multipliers;
    }

    private int multiplier(int channels) {
      if (channels < width || channels % width != 0) {
        throw weights.wrong(
            "a block has {0} channels, which is no multiple of {1}", channels, width);
      }
      return channels / width;
    }

    /** Moves one residual block and tells how many channels it gives. */
    private int block(int module, String to, int in) {
      String from = "module_list." + module;
      int out = weights.size(from + ".conv1.weight_orig", 0);
      weights.move(
          from + ".g", to + ".gain", isImage ? new long[] {1, out, 1, 1} : new long[] {1, out});
      weights.spectralLayer(from + ".conv1", to + ".first", kernel(out, in));
      weights.spectralLayer(from + ".conv2", to + ".second", kernel(out, out));
      weights.spectralLayer(from + ".temb_map", to + ".embedding", out, embedding);
      if (in != out) {
        weights.spectralLayer(from + ".short_cut", to + ".shortcut", kernel(out, in));
      }
      return out;
    }
  }
}
