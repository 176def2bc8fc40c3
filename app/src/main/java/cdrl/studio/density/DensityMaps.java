package cdrl.studio.density;

import cdrl.evaluate.DensityGrid;
import cdrl.runtime.TensorLane;
import cdrl.studio.engine.DensityService;
import cdrl.studio.engine.LoadedModel;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.CancellationException;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
import javafx.beans.property.ReadOnlyBooleanProperty;
import javafx.beans.property.ReadOnlyBooleanWrapper;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;
import org.jspecify.annotations.Nullable;

/**
 * The density of one model at the wanted level: a coarse one at once, then a fine one that is kept.
 * The newest wish wins. While nothing is wished the other levels are computed ahead.
 */
final class DensityMaps {
  static final int COARSE = 64;
  static final int FINE = 240;
  static final double EXTENT = 8;
  private static final int MOST_KEPT = 32;

  private final DensityService service;
  private final Executor userInterface;
  private final Consumer<Throwable> problems;
  private final ReadOnlyObjectWrapper<@Nullable DensityGrid> shown = new ReadOnlyObjectWrapper<>();
  private final ReadOnlyBooleanWrapper busy = new ReadOnlyBooleanWrapper();
  private final Map<Integer, DensityGrid> kept =
      new LinkedHashMap<>() {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<Integer, DensityGrid> eldest) {
          return size() > MOST_KEPT;
        }
      };
  private @Nullable LoadedModel model;
  private int level;
  private TensorLane.@Nullable Task<DensityGrid> running;

  DensityMaps(DensityService service, Executor userInterface, Consumer<Throwable> problems) {
    this.service = service;
    this.userInterface = userInterface;
    this.problems = problems;
  }

  /** The density to show, null before there is one. */
  ReadOnlyObjectProperty<@Nullable DensityGrid> shownProperty() {
    return shown.getReadOnlyProperty();
  }

  /** Whether the shown density is not the final one yet. */
  ReadOnlyBooleanProperty busyProperty() {
    return busy.getReadOnlyProperty();
  }

  void show(@Nullable LoadedModel wantedModel, int wantedLevel) {
    if (wantedModel == null || !wantedModel.equals(model)) {
      kept.clear();
      shown.set(null);
    } else if (wantedLevel == level && (busy.get() || kept.containsKey(wantedLevel))) {
      return; // shown, or on its way
    }
    model = wantedModel;
    level = wantedLevel;
    if (running != null) {
      running.cancel();
      running = null;
    }
    busy.set(false);
    if (wantedModel == null) {
      return;
    }
    DensityGrid known = kept.get(wantedLevel);
    if (known != null) {
      shown.set(known);
      computeAhead(wantedModel);
    } else {
      busy.set(true);
      compute(wantedModel, wantedLevel, COARSE);
    }
  }

  private void compute(LoadedModel of, int at, int size) {
    TensorLane.Task<DensityGrid> task = service.density(of, at, size, EXTENT);
    running = task;
    task.result()
        .whenComplete(
            (grid, problem) ->
                userInterface.execute(
                    () -> {
                      if (task.equals(running)) {
                        arrived(of, at, grid, problem);
                      }
                    }));
  }

  private void arrived(
      LoadedModel of, int at, @Nullable DensityGrid grid, @Nullable Throwable problem) {
    running = null;
    if (grid == null) {
      busy.set(false);
      if (problem != null && !(problem instanceof CancellationException)) {
        problems.accept(problem);
      }
      return;
    }
    if (at == level) {
      shown.set(grid);
    }
    if (grid.size() < FINE) {
      compute(of, at, FINE);
      return;
    }
    kept.put(at, grid);
    if (at == level) {
      busy.set(false);
    }
    computeAhead(of);
  }

  /** Computes the nearest level that is not known yet. */
  private void computeAhead(LoadedModel of) {
    int top = of.schedule().levels();
    if (top >= MOST_KEPT) {
      return;
    }
    for (int distance = 1; distance <= top; distance++) {
      for (int next : new int[] {level - distance, level + distance}) {
        if (next >= 0 && next <= top && !kept.containsKey(next)) {
          compute(of, next, FINE);
          return;
        }
      }
    }
  }
}
