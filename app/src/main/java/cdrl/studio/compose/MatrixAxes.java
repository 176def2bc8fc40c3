package cdrl.studio.compose;

import cdrl.studio.engine.SeedText;
import java.util.List;
import javafx.beans.property.IntegerProperty;
import javafx.beans.property.ObjectProperty;
import javafx.beans.property.SimpleIntegerProperty;
import javafx.beans.property.SimpleObjectProperty;
import org.jspecify.annotations.Nullable;

/** The two attributes whose weights grow along the sides of the matrix, and how far. */
public final class MatrixAxes {
  private static final int LEAST_SIDE = 3;
  private static final int MOST_SIDE = 7;

  private final Runnable changed;
  private final ObjectProperty<@Nullable Attribute> across = new SimpleObjectProperty<>();
  private final ObjectProperty<@Nullable Attribute> up = new SimpleObjectProperty<>();
  private final IntegerProperty side = new SimpleIntegerProperty(5);
  private boolean choosing;

  /** What is to be chosen again once a model is there. */
  private String recalled = "";

  /**
   * @param changed called when a person has chosen something else
   */
  MatrixAxes(Runnable changed) {
    this.changed = changed;
    across.addListener((property, before, after) -> chosen(up, before, after));
    up.addListener((property, before, after) -> chosen(across, before, after));
    side.addListener((property, before, after) -> tell());
  }

  /** The attribute whose weight grows from left to right. */
  public ObjectProperty<@Nullable Attribute> acrossProperty() {
    return across;
  }

  /** The attribute whose weight grows from bottom to top. */
  public ObjectProperty<@Nullable Attribute> upProperty() {
    return up;
  }

  /** Pictures per side, odd; weights are whole numbers around 0. */
  public IntegerProperty sideProperty() {
    return side;
  }

  /** What is chosen now; null where there are no two attributes. */
  @Nullable MatrixSides sides() {
    Attribute first = across.get();
    Attribute second = up.get();
    return first == null || second == null || first.equals(second)
        ? null
        : new MatrixSides(first, second, side.get());
  }

  /** Two axes never show the same attribute: they change places. */
  private void chosen(
      ObjectProperty<@Nullable Attribute> other,
      @Nullable Attribute before,
      @Nullable Attribute after) {
    if (choosing) {
      return;
    }
    if (after != null && after.equals(other.get())) {
      choose(() -> other.set(before));
    }
    tell();
  }

  private void tell() {
    if (!choosing) {
      changed.run();
    }
  }

  private void choose(Runnable change) {
    choosing = true;
    change.run();
    choosing = false;
  }

  /** Both attributes and the number of pictures, to be chosen again; empty where there are none. */
  String note() {
    MatrixSides now = sides();
    return now == null ? recalled : now.note();
  }

  /** Chooses what {@link #note} tells as soon as a model has it. */
  void recall(String note) {
    recalled = note;
  }

  /** Takes the first attributes of a model, or those that were chosen before. */
  void fit(List<Attribute> attributes) {
    choose(
        () -> {
          across.set(attributes.isEmpty() ? null : attributes.get(attributes.size() > 1 ? 1 : 0));
          up.set(attributes.isEmpty() ? null : attributes.get(0));
        });
    restore(recalled, attributes);
    recalled = "";
  }

  /** Takes what {@link MatrixSides#note} tells, without telling; whether it can be taken. */
  boolean restore(String note, List<Attribute> attributes) {
    String[] words = note.split(", ", -1);
    if (words.length != 3) {
      return false;
    }
    Attribute first = find(words[0], attributes);
    Attribute second = find(words[1], attributes);
    if (first == null || second == null || first.equals(second)) {
      return false;
    }
    choose(
        () -> {
          across.set(first);
          up.set(second);
          SeedText.parse(words[2])
              .ifPresent(
                  size -> side.set((int) Math.max(LEAST_SIDE, Math.min(MOST_SIDE, size | 1))));
        });
    return true;
  }

  private static @Nullable Attribute find(String name, List<Attribute> attributes) {
    return attributes.stream()
        .filter(attribute -> attribute.name().equals(name))
        .findFirst()
        .orElse(null);
  }
}
