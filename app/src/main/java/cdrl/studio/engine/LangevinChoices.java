package cdrl.studio.engine;

import java.util.ArrayList;
import java.util.List;

/** The numbers of Langevin steps per level that are offered for a model. */
public final class LangevinChoices {
  private static final List<Integer> PUBLISHED = List.of(15, 8, 5, 3);

  private LangevinChoices() {}

  /** The model's own number first, then the published smaller ones. */
  public static List<Integer> of(int trained) {
    List<Integer> choices = new ArrayList<>(List.of(trained));
    PUBLISHED.stream().filter(steps -> steps < trained).forEach(choices::add);
    return List.copyOf(choices);
  }
}
