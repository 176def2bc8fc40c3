package cdrl.studio.engine;

import cdrl.runtime.TensorLane;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/** Finds and opens models. */
public interface ModelService {
  /** The models that ship with the program and make the given kind of thing. */
  CompletableFuture<List<ModelChoice>> shipped(ModelKind kind);

  /**
   * Reads and checks a model and makes it ready for use. Fails with a {@link
   * cdrl.runtime.CdrlException} that tells people what is wrong.
   *
   * @param reference the name of a shipped model, or the path of a file
   */
  TensorLane.Task<LoadedModel> open(String reference);
}
