package cdrl.store;

import cdrl.runtime.HostTensor;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;

/**
 * A published U-Net, recognized from the shapes of its weights.
 *
 * @param inputs image channels
 * @param classes the number of classes, or 0
 * @param channels the width before multipliers
 * @param multipliers the width of each resolution in units of {@code channels}
 * @param blocks residual blocks per resolution
 * @param attention for each resolution, from the full one downwards, whether it has self-attention
 * @param weights by our names
 */
record PublishedUnet(
    int inputs,
    int classes,
    int channels,
    List<Integer> multipliers,
    int blocks,
    List<Boolean> attention,
    Map<String, HostTensor> weights) {

  /** Recognizes a network; {@code source} names the file in sentences. */
  static PublishedUnet recognize(Map<String, HostTensor> published, String source) {
    return new Recognition(new PublishedWeights(source, published)).run();
  }

  /** Walks through the two branches. */
  private static final class Recognition {
    private final PublishedWeights weights;
    private final int channels;
    private final int embedding;
    private final List<Integer> multipliers = new ArrayList<>();
    private final List<Boolean> attention = new ArrayList<>();

    Recognition(PublishedWeights weights) {
      this.weights = weights;
      this.channels = weights.size("init_conv.weight", 0);
      this.embedding = weights.size("time_mlp.1.weight", 0);
    }

    PublishedUnet run() {
      if (channels < 1) {
        throw weights.wrong("the initializer has no width");
      }
      int inputs = weights.size("init_conv.weight", 1);
      weights.layer("init_conv", "initializer.stem", channels, inputs, 3, 3);
      weights.layer("time_mlp.1", "initializer.embedding.0", embedding, channels);
      weights.layer("time_mlp.3", "initializer.embedding.1", embedding, embedding);
      int classes = 0;
      if (weights.has("y_mlp.0.weight")) {
        int columns = weights.size("y_mlp.0.weight", 1);
        classes = columns - 1;
        weights.layer("y_mlp.0", "initializer.classes", embedding, columns);
      }
      int blocks = down();
      int deepest = multipliers.get(multipliers.size() - 1) * channels;
      block("mid_block1", "initializer.middle.block1", deepest);
      attention("mid_attn", "initializer.middle.attention", deepest);
      block("mid_block2", "initializer.middle.block2", deepest);
      up(blocks);
      weights.layer("norm", "initializer.norm", channels * multipliers.get(0));
      weights.layer(
          "final_conv", "initializer.output", inputs, channels * multipliers.get(0), 3, 3);
      return new PublishedUnet(
          inputs, classes, channels, multipliers, blocks, attention, weights.finish());
    }

    private boolean isBlock(String name) {
      return weights.has(name + ".conv1.weight");
    }

    private boolean isAttention(String name) {
      return weights.has(name + ".to_qkv.weight");
    }

    /** The branch that halves the resolution; gives the number of blocks per resolution. */
    private int down() {
      int blocks = 0;
      for (int level = 0; isBlock("downs." + level + ".0"); level++) {
        String from = "downs." + level;
        boolean last = !isBlock("downs." + (level + 1) + ".0");
        int width = weights.size(from + ".0.conv1.weight", 0);
        if (width % channels != 0) {
          throw weights.wrong(
              "a block has {0} channels, which is no multiple of {1}", width, channels);
        }
        multipliers.add(width / channels);
        attention.add(isAttention(from + ".1"));
        int found = stage(from, "initializer.down." + level, width, attention.get(level), !last);
        if (level > 0 && found != blocks) {
          throw weights.wrong("its resolutions have different numbers of blocks");
        }
        blocks = found;
      }
      if (multipliers.isEmpty() || blocks < 1) {
        throw weights.wrong("the initializer has no residual blocks");
      }
      return blocks;
    }

    /** The branch that doubles the resolution, from the deepest stage upwards. */
    private void up(int blocks) {
      List<Integer> widths = new ArrayList<>(multipliers);
      List<Boolean> attentions = new ArrayList<>(attention);
      Collections.reverse(widths);
      Collections.reverse(attentions);
      for (int stage = 0; stage < widths.size(); stage++) {
        int found =
            stage(
                "ups." + stage,
                "initializer.up." + stage,
                widths.get(stage) * channels,
                attentions.get(stage),
                stage < widths.size() - 1);
        if (found != blocks + 1) {
          throw weights.wrong(
              "its ascending branch has {0} blocks where {1} belong", found, blocks + 1);
        }
      }
    }

    /** Moves one stage and gives the number of its blocks without the resampling one. */
    private int stage(
        String from, String to, int width, boolean hasAttention, boolean hasResampling) {
      int stride = hasAttention ? 2 : 1;
      int blocks = 0;
      while (isBlock(from + "." + blocks * stride)
          && (!hasAttention || isAttention(from + "." + (blocks * stride + 1)))
          && (hasAttention || !hasResampling || isBlock(from + "." + (blocks + 1)))) {
        String place = from + "." + blocks * stride;
        block(place, to + ".blocks." + blocks, width);
        if (hasAttention) {
          attention(from + "." + (blocks * stride + 1), to + ".attention." + blocks, width);
        }
        blocks++;
      }
      if (hasResampling) {
        block(from + "." + blocks * stride, to + ".resample", width);
      }
      return blocks;
    }

    /** Moves a residual block that gives the given number of channels. */
    private void block(String from, String to, int out) {
      int in = weights.size(from + ".conv1.weight", 1);
      weights.layer(from + ".norm1", to + ".norm1", in);
      weights.layer(from + ".conv1", to + ".convolution1", out, in, 3, 3);
      weights.layer(from + ".norm2", to + ".norm2", out);
      weights.layer(from + ".conv2", to + ".convolution2", out, out, 3, 3);
      weights.layer(from + ".mlp.1", to + ".embedding", 2L * out, embedding);
      if (in != out) {
        weights.layer(from + ".res_conv", to + ".shortcut", out, in, 1, 1);
      }
    }

    private void attention(String from, String to, int width) {
      weights.layer(from + ".norm", to + ".norm", width);
      weights.layer(from + ".to_qkv", to + ".query_key_value", 3L * width, width, 1, 1);
      weights.layer(from + ".to_out", to + ".output", width, width, 1, 1);
    }
  }
}
