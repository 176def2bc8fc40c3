package cdrl.cli;

import cdrl.model.ImageModelSpec;
import cdrl.model.ModelDescription;
import cdrl.model.ModelSpec;
import cdrl.model.PointModelSpec;
import cdrl.runtime.HostTensor;
import cdrl.store.StoredModel;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** Models in words. */
final class ModelSummary {
  private ModelSummary() {}

  /** What a model's samples are. */
  static String shape(ModelSpec spec) {
    if (spec instanceof ImageModelSpec images) {
      return images.resolution()
          + "×"
          + images.resolution()
          + (images.imageChannels() == 1 ? " grey" : " colour")
          + " images";
    }
    return "points in the plane";
  }

  /** The energy network. */
  static String energy(ModelSpec spec) {
    if (spec instanceof ImageModelSpec images) {
      ImageModelSpec.Energy energy = images.energy();
      return "residual network, "
          + energy.channels()
          + " channels × "
          + list(energy.multipliers())
          + ", "
          + blocks(energy.blocks());
    }
    PointModelSpec points = (PointModelSpec) spec;
    return "residual perceptron, width " + points.width() + " × " + list(points.multipliers());
  }

  /** The initializer. */
  static String initializer(ModelDescription model) {
    return switch (model.prediction()) {
      case NEXT -> initializer(model.spec());
      case CLEAN -> initializer(model.spec()) + ", predicts the clean item";
      case NOISE -> initializer(model.spec()) + ", predicts the noise";
      case NONE -> "none; Langevin dynamics starts at the noisier item";
    };
  }

  private static String initializer(ModelSpec spec) {
    if (spec instanceof ImageModelSpec images) {
      ImageModelSpec.Unet unet = images.initializer();
      return "U-Net, "
          + unet.channels()
          + " channels × "
          + list(unet.multipliers())
          + ", "
          + blocks(unet.blocks())
          + (unet.attention().isEmpty()
              ? ", no attention"
              : ", attention at " + list(unet.attention()))
          + (images.conditionalInitializer() ? ", told the class" : "");
    }
    PointModelSpec points = (PointModelSpec) spec;
    return "residual perceptron, width "
        + points.initializerWidth()
        + ", embedding "
        + points.initializerEmbedding();
  }

  /**
   * The number of trained values of a network.
   *
   * @param prefix how the names of its weights begin
   */
  static long parameters(StoredModel model, String prefix) {
    long count = 0;
    for (Map.Entry<String, HostTensor> weight : model.weights().entrySet()) {
      String name = weight.getKey();
      // The vectors u and v only estimate spectral norms.
      if (name.startsWith(prefix) && !name.endsWith(".u") && !name.endsWith(".v")) {
        count += weight.getValue().values().length;
      }
    }
    return count;
  }

  private static String blocks(int count) {
    return count + (count == 1 ? " block" : " blocks") + " per resolution";
  }

  private static String list(List<Integer> numbers) {
    return numbers.stream().map(String::valueOf).collect(Collectors.joining("-"));
  }
}
