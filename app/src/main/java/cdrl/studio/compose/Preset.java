package cdrl.studio.compose;

import cdrl.studio.resources.Messages;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/**
 * Weights of all attributes that are worth a look.
 *
 * @param name what people see
 * @param weights one for each attribute
 */
public record Preset(String name, List<Double> weights) {
  /** Copies the list. */
  public Preset {
    weights = List.copyOf(weights);
  }

  /** The presets for attributes: none, each alone, and all together. */
  static List<Preset> of(Messages messages, List<Attribute> attributes) {
    int count = attributes.size();
    List<Preset> presets = new ArrayList<>();
    presets.add(all(messages.text("compose.preset.off"), count, 0));
    for (int i = 0; i < count; i++) {
      List<Double> alone = new ArrayList<>(Collections.nCopies(count, 0.0));
      alone.set(i, 1.0);
      presets.add(
          new Preset(messages.text("compose.preset.only", attributes.get(i).name()), alone));
    }
    presets.add(all(messages.text("compose.preset.all"), count, 1));
    presets.add(all(messages.text("compose.preset.strong"), count, 2));
    presets.add(all(messages.text("compose.preset.none"), count, -1));
    return List.copyOf(presets);
  }

  private static Preset all(String name, int count, double weight) {
    return new Preset(name, Collections.nCopies(count, weight));
  }
}
