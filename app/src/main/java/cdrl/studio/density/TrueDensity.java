package cdrl.studio.density;

import cdrl.evaluate.DensityGrid;
import cdrl.studio.engine.DensityService;
import cdrl.studio.engine.LoadedModel;
import cdrl.studio.workspace.WorkspaceContext;
import java.util.HashMap;
import java.util.Map;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;
import org.jspecify.annotations.Nullable;

/** The true density of a model's data at the wanted level, where it is known. */
final class TrueDensity {
  private final WorkspaceContext context;
  private final DensityService service;
  private final ReadOnlyObjectWrapper<@Nullable DensityGrid> shown = new ReadOnlyObjectWrapper<>();
  private final Map<Integer, DensityGrid> known = new HashMap<>();
  private @Nullable LoadedModel owner; // of what is known
  private @Nullable LoadedModel model;
  private int level;
  private boolean computing;

  TrueDensity(WorkspaceContext context, DensityService service) {
    this.context = context;
    this.service = service;
  }

  /** The density to show, or null. */
  ReadOnlyObjectProperty<@Nullable DensityGrid> shownProperty() {
    return shown.getReadOnlyProperty();
  }

  /**
   * Shows a density as soon as it is there.
   *
   * @param wanted a model whose data are known; null for nothing
   */
  void show(@Nullable LoadedModel wanted, int wantedLevel) {
    if (wanted == null) {
      model = null; // what is still being computed must not be shown
      shown.set(null);
      return;
    }
    if (!wanted.equals(owner)) {
      known.clear();
      owner = wanted;
    }
    model = wanted;
    level = wantedLevel;
    DensityGrid grid = known.get(wantedLevel);
    shown.set(grid);
    if (grid == null && !computing) {
      compute(wanted, wantedLevel);
    }
  }

  private void compute(LoadedModel of, int at) {
    computing = true;
    context.inBackground(
        () -> service.trueDensity(of, at, DensityMaps.FINE, DensityMaps.EXTENT),
        grid -> {
          if (of.equals(owner)) {
            known.put(at, grid);
          }
          if (of.equals(model) && at == level) {
            shown.set(grid);
          } else if (model != null) {
            show(model, level);
          }
        },
        () -> computing = false);
  }
}
