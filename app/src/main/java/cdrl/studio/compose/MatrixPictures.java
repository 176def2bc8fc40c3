package cdrl.studio.compose;

import cdrl.runtime.HostTensor;
import java.util.Arrays;
import java.util.stream.IntStream;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;
import org.jspecify.annotations.Nullable;

/**
 * What of a matrix is there, and what it was drawn with. While a plan is being drawn, pictures of
 * the one before stand in for those that are still missing.
 */
final class MatrixPictures {
  /** How far a picture of the newest plan is. */
  enum State {
    /** It is missing. */
    MISSING,
    /** It was drawn with few steps. */
    QUICK,
    /** It was drawn with all steps. */
    WHOLE
  }

  private final ReadOnlyObjectWrapper<@Nullable HostTensor> images = new ReadOnlyObjectWrapper<>();
  private @Nullable MatrixPlan plan;
  private State[] states = {};

  /** The pictures, row by row from the top; missing ones are grey, or older. */
  ReadOnlyObjectProperty<@Nullable HostTensor> imagesProperty() {
    return images.getReadOnlyProperty();
  }

  /** What the newest of them was drawn with; null where there are none. */
  @Nullable MatrixPlan plan() {
    return plan;
  }

  /** Whether a cell holds all that there will be. */
  boolean isWhole(int cell) {
    return plan != null && (states[cell] == State.WHOLE || !plan.isPossible(cell));
  }

  /** Whether a cell holds a picture of the newest plan. */
  boolean has(int cell) {
    return cell < states.length && states[cell] != State.MISSING;
  }

  /** Whether all cells do. */
  boolean isWhole() {
    return plan != null && IntStream.range(0, states.length).allMatch(this::isWhole);
  }

  /** Forgets everything. */
  void clear() {
    plan = null;
    states = new State[0];
    images.set(null);
  }

  /** Puts a picture of a plan into its cell. */
  void put(MatrixPlan of, int cell, State state, HostTensor picture) {
    int size = picture.values().length;
    HostTensor before = images.get();
    float[] values =
        before != null && before.values().length == of.cells() * size
            ? before.values().clone()
            : new float[of.cells() * size];
    // The plan first: whoever sees the pictures asks for it.
    if (!of.equals(plan)) {
      plan = of;
      states = new State[of.cells()];
      Arrays.fill(states, State.MISSING);
      for (int i = 0; i < states.length; i++) {
        if (!of.isPossible(i)) {
          erase(values, i, size);
        }
      }
    }
    states[cell] = state;
    System.arraycopy(picture.values(), 0, values, cell * size, size);
    long[] shape = picture.shape().clone();
    shape[0] = of.cells();
    images.set(new HostTensor(shape, values));
  }

  /** Makes missing pictures grey: nobody is to take older ones for those of the newest plan. */
  void dropStandIns() {
    HostTensor shown = images.get();
    if (shown == null || !Arrays.asList(states).contains(State.MISSING)) {
      return;
    }
    float[] values = shown.values().clone();
    for (int i = 0; i < states.length; i++) {
      if (states[i] == State.MISSING) {
        erase(values, i, values.length / states.length);
      }
    }
    images.set(new HostTensor(shown.shape().clone(), values));
  }

  private static void erase(float[] values, int cell, int size) {
    Arrays.fill(values, cell * size, (cell + 1) * size, 0);
  }
}
