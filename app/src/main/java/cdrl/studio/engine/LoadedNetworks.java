package cdrl.studio.engine;

import cdrl.model.CdrlModel;
import cdrl.runtime.CdrlException;
import cdrl.runtime.TensorRuntime;
import cdrl.store.StoredModel;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Supplier;

/** The networks of the models that were used last. To be touched on the tensor lane only. */
final class LoadedNetworks {
  /** More than this are given up, those unused for longest first. */
  private static final int MOST = 4;

  /** The model used last is the last. */
  private final Map<LoadedModel, CdrlModel> networks = new LinkedHashMap<>(8, 0.75f, true);

  /**
   * The networks of a model, made where need be.
   *
   * @param file reads the model's file
   * @throws CdrlException when the file is no longer the one that was opened
   */
  CdrlModel of(LoadedModel model, Supplier<StoredModel> file, TensorRuntime engine) {
    CdrlModel known = networks.get(model);
    if (known != null) {
      return known;
    }
    StoredModel stored = file.get();
    if (!stored.checksum().equals(model.checksum())) {
      throw new TranslatedException(null, "fault.model.changed", model.reference());
    }
    CdrlModel made = CdrlModel.of(stored.description(), stored.weights(), engine);
    networks.put(model, made);
    giveUpUnused();
    return made;
  }

  private void giveUpUnused() {
    Iterator<CdrlModel> oldest = networks.values().iterator();
    while (networks.size() > MOST) {
      CdrlModel unused = oldest.next();
      oldest.remove();
      unused.close();
    }
  }
}
