package cdrl.model;

import cdrl.runtime.MisfitException;
import cdrl.schedule.StepSize;
import java.util.List;

/**
 * Networks for square images (tables 5 and 6).
 *
 * @param resolution width and height in pixels, 8 to 256; halved once per multiplier after the
 *     first
 * @param imageChannels 1 (grey) or 3 (colour)
 * @param classes number of classes, or 0
 * @param conditionalInitializer whether the initializer sees the class too
 * @param energy the residual energy network
 * @param initializer the U-Net
 */
public record ImageModelSpec(
    int resolution,
    int imageChannels,
    int classes,
    boolean conditionalInitializer,
    Energy energy,
    Unet initializer)
    implements ModelSpec {

  /**
   * The residual energy network.
   *
   * @param channels C, the width before multipliers; even
   * @param multipliers the width of each resolution in units of C
   * @param blocks residual blocks per resolution
   */
  public record Energy(int channels, List<Integer> multipliers, int blocks) {
    /** Copies the list and checks the ranges. */
    public Energy {
      multipliers = List.copyOf(multipliers);
      Ranges.check("energy.channels", channels, 4, 1024);
      Ranges.checkEven("energy.channels", channels);
      Ranges.check("energy.blocks", blocks, 1, 64);
      Ranges.checkAll("energy.multipliers", multipliers, 1, 16);
    }
  }

  /**
   * The U-Net.
   *
   * @param channels the width before multipliers, a multiple of 32 (group normalization)
   * @param multipliers the width of each resolution in units of {@code channels}
   * @param blocks residual blocks per resolution
   * @param attention the resolutions with self-attention, in pixels
   * @param dropout share of units dropped in training, 0 to below 1
   */
  public record Unet(
      int channels,
      List<Integer> multipliers,
      int blocks,
      List<Integer> attention,
      double dropout) {
    /** Copies the lists and checks the ranges. */
    public Unet {
      multipliers = List.copyOf(multipliers);
      attention = List.copyOf(attention);
      Ranges.check("initializer.channels", channels, 32, 1024);
      if (channels % 32 != 0) {
        throw new MisfitException(
            "initializer.channels must be a multiple of 32, not {0}", channels);
      }
      Ranges.check("initializer.blocks", blocks, 1, 64);
      Ranges.checkAll("initializer.multipliers", multipliers, 1, 16);
      if (!(dropout >= 0 && dropout < 1)) {
        throw new MisfitException(
            "initializer.dropout must be at least 0 and below 1, not {0}", dropout);
      }
    }
  }

  /** Checks the ranges and that the resolution can be halved often enough. */
  public ImageModelSpec {
    Ranges.check("resolution", resolution, 8, 256);
    if (imageChannels != 1 && imageChannels != 3) {
      throw new MisfitException("image channels must be 1 or 3, not {0}", imageChannels);
    }
    Ranges.check("classes", classes, 0, 100_000);
    int halvings = initializer.multipliers().size() - 1;
    if (resolution % (1 << halvings) != 0) {
      throw new MisfitException(
          "resolution {0} cannot be halved {1} times by the initializer", resolution, halvings);
    }
    if (resolution >> (energy.multipliers().size() - 1) < 1) {
      throw new MisfitException(
          "resolution {0} is too small for {1} energy multipliers",
          resolution, energy.multipliers().size());
    }
  }

  @Override
  public long[] itemShape() {
    return new long[] {imageChannels, resolution, resolution};
  }

  @Override
  public StepSize stepSize() {
    return StepSize.IMAGE;
  }
}
