package cdrl.studio.inpaint;

import cdrl.studio.engine.LoadedModel;
import cdrl.studio.workspace.SamplingMemory;
import java.util.Map;
import java.util.Optional;
import java.util.function.DoubleConsumer;
import javafx.beans.value.ChangeListener;
import javafx.beans.value.ObservableValue;
import org.jspecify.annotations.Nullable;

/** The settings of Inpaint that come back at the next start. */
final class InpaintMemory {
  private InpaintMemory() {}

  /** What to remember. */
  static Map<String, String> of(InpaintViewModel model) {
    Map<String, String> settings = new SamplingMemory(model.sampling()).settings();
    settings.put("brush.size", Double.toString(model.tools().brushSizeProperty().get()));
    settings.put("brush.hardness", Double.toString(model.tools().hardnessProperty().get()));
    settings.put("threshold", Double.toString(model.tools().thresholdProperty().get()));
    settings.put("feather", Double.toString(model.tools().featherProperty().get()));
    settings.put("rounds", Integer.toString(model.filling().roundsProperty().get()));
    settings.put("strength", Integer.toString(model.filling().strengthProperty().get()));
    return settings;
  }

  /** Brings it back; what makes no sense is left as it is. */
  static void restore(InpaintViewModel model, Map<String, String> settings) {
    new SamplingMemory(model.sampling()).recall(settings);
    number(settings, "brush.size", MaskTools.LEAST_BRUSH, MaskTools.MOST_BRUSH)
        .ifPresent(model.tools().brushSizeProperty()::set);
    number(settings, "brush.hardness", 0, 1).ifPresent(model.tools().hardnessProperty()::set);
    number(settings, "threshold", 0.05, 1).ifPresent(model.tools().thresholdProperty()::set);
    number(settings, "feather", MaskTools.LEAST_FEATHER, MaskTools.MOST_FEATHER)
        .ifPresent(model.tools().featherProperty()::set);
    number(settings, "rounds", 1, 100)
        .ifPresent(rounds -> model.filling().roundsProperty().set(rounds.intValue()));
    // The first model takes all its noise levels; only then can there be fewer.
    number(settings, "strength", 1, 1000)
        .ifPresent(
            strength ->
                once(
                    model.sampling().models().loadedProperty(),
                    levels ->
                        model.filling().strengthProperty().set((int) Math.min(strength, levels))));
  }

  private static Optional<Double> number(
      Map<String, String> settings, String key, double least, double most) {
    try {
      double value = Double.parseDouble(settings.getOrDefault(key, ""));
      return value >= least && value <= most ? Optional.of(value) : Optional.empty();
    } catch (NumberFormatException e) {
      return Optional.empty();
    }
  }

  /** Tells the number of noise levels of the first model. */
  private static void once(ObservableValue<@Nullable LoadedModel> loaded, DoubleConsumer levels) {
    loaded.addListener(
        new ChangeListener<>() {
          @Override
          public void changed(
              ObservableValue<? extends @Nullable LoadedModel> model,
              @Nullable LoadedModel before,
              @Nullable LoadedModel after) {
            if (after != null) {
              loaded.removeListener(this);
              levels.accept(after.schedule().levels());
            }
          }
        });
  }
}
