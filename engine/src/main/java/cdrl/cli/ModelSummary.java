package cdrl.cli;

import cdrl.model.ImageModelSpec;
import cdrl.model.ModelDescription;
import cdrl.model.ModelSpec;
import cdrl.model.PointModelSpec;
import java.util.List;
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

  private static String blocks(int count) {
    return count + (count == 1 ? " block" : " blocks") + " per resolution";
  }

  private static String list(List<Integer> numbers) {
    return numbers.stream().map(String::valueOf).collect(Collectors.joining("-"));
  }
}
