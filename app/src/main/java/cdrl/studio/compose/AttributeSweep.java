package cdrl.studio.compose;

import cdrl.sampling.Condition;
import cdrl.studio.engine.LoadedModel;
import cdrl.studio.workspace.PictureExport;
import cdrl.studio.workspace.SamplingSetup;
import cdrl.studio.workspace.SweepExport;
import java.util.List;
import java.util.Optional;
import java.util.function.IntSupplier;

/** What can be swept: the weights of the attributes. */
final class AttributeSweep implements SweepExport.Sliders {
  private final ComposeSettings settings;
  private final SamplingSetup sampling;
  private final IntSupplier image;

  /**
   * @param image the number of the selected image
   */
  AttributeSweep(ComposeSettings settings, SamplingSetup sampling, IntSupplier image) {
    this.settings = settings;
    this.sampling = sampling;
    this.image = image;
  }

  @Override
  public List<SweepExport.Slider> list() {
    return sampling.current().isEmpty()
        ? List.of()
        : settings.attributesProperty().get().stream()
            .map(
                attribute ->
                    new SweepExport.Slider(
                        attribute.name(), -ComposeSettings.MOST, ComposeSettings.MOST))
            .toList();
  }

  @Override
  public Condition condition(int slider, double value) {
    // There is no product of experts without an expert; its neighbour is drawn in its place, as the
    // way passes 0 without a stop.
    return at(slider, value).or(() -> at(slider, Attribute.STEP)).orElse(Condition.NONE);
  }

  private Optional<Condition> at(int slider, double value) {
    Attribute swept = attribute(slider);
    return settings.condition(other -> other.equals(swept) ? value : other.used());
  }

  @Override
  public int image() {
    return image.getAsInt();
  }

  @Override
  public String fileStem(LoadedModel model, int slider) {
    return PictureExport.stem(model)
        + "-seed-"
        + sampling.seedProperty().get().strip()
        + "-"
        + attribute(slider).name();
  }

  private Attribute attribute(int slider) {
    return settings.attributesProperty().get().get(slider);
  }
}
