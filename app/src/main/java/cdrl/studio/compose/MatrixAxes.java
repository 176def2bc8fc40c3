package cdrl.studio.compose;

import cdrl.studio.engine.SeedText;
import cdrl.studio.widgets.GridAxes;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.DoubleFunction;
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

  /**
   * @param changed called when a person has chosen something else
   */
  MatrixAxes(Runnable changed) {
    this.changed = changed;
    across.addListener((property, before, after) -> chosen(up, before, after));
    up.addListener((property, before, after) -> chosen(across, before, after));
    side.addListener((property, before, after) -> changed.run());
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

  /** How many pictures there are. */
  int cells() {
    return side.get() * side.get();
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
    changed.run();
  }

  private void choose(Runnable change) {
    choosing = true;
    change.run();
    choosing = false;
  }

  /** Takes the first attributes of a model. */
  void fit(List<Attribute> attributes) {
    choose(
        () -> {
          across.set(attributes.isEmpty() ? null : attributes.get(attributes.size() > 1 ? 1 : 0));
          up.set(attributes.isEmpty() ? null : attributes.get(0));
        });
  }

  /** The weights of the two attributes in a cell. */
  Map<Attribute, Double> weights(int cell) {
    int middle = side.get() / 2;
    Map<Attribute, Double> weights = new LinkedHashMap<>();
    Attribute first = across.get();
    Attribute second = up.get();
    if (first != null) {
      weights.put(first, (double) (cell % side.get() - middle));
    }
    if (second != null) {
      weights.put(second, (double) (middle - cell / side.get()));
    }
    return weights;
  }

  /**
   * What stands at the sides; null where there are no attributes.
   *
   * @param words a weight as people read it
   */
  @Nullable GridAxes labels(DoubleFunction<String> words) {
    Attribute first = across.get();
    Attribute second = up.get();
    if (first == null || second == null) {
      return null;
    }
    List<String> columns = new ArrayList<>();
    List<String> rows = new ArrayList<>();
    int middle = side.get() / 2;
    for (int i = -middle; i <= middle; i++) {
      columns.add(words.apply(i));
      rows.add(words.apply(-i));
    }
    return new GridAxes(first.name(), columns, second.name(), rows);
  }

  /**
   * Both attributes and the number of pictures, for a saved picture; empty where there are none.
   */
  String note() {
    Attribute first = across.get();
    Attribute second = up.get();
    return first == null || second == null
        ? ""
        : first.name() + ", " + second.name() + ", " + side.get();
  }

  /** Takes what {@link #note} tells; whether it tells anything. */
  boolean restore(String note, List<Attribute> attributes) {
    String[] words = note.split(", ", -1);
    if (words.length != 3) {
      return false;
    }
    choose(
        () -> {
          for (Attribute attribute : attributes) {
            if (attribute.name().equals(words[0])) {
              across.set(attribute);
            } else if (attribute.name().equals(words[1])) {
              up.set(attribute);
            }
          }
        });
    SeedText.parse(words[2])
        .ifPresent(size -> side.set((int) Math.max(LEAST_SIDE, Math.min(MOST_SIDE, size | 1))));
    return true;
  }
}
