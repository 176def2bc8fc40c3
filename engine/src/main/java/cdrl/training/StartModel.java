package cdrl.training;

import cdrl.model.CdrlModel;
import cdrl.model.ModelDescription;
import cdrl.model.Provenance;
import cdrl.model.WeightTransfer;
import cdrl.runtime.CdrlException;
import cdrl.runtime.HostTensor;
import cdrl.runtime.TensorRuntime;
import cdrl.store.ModelLibrary;
import cdrl.store.StoredModel;
import java.util.Map;
import java.util.Optional;

/** The model whose averaged weights a run starts from; read at iteration 0 and never again. */
public final class StartModel {
  private final StoredModel stored;
  private final TrainingConfig config;

  private StartModel(StoredModel stored, TrainingConfig config) {
    this.stored = stored;
    this.config = config;
  }

  /**
   * Reads the model that a configuration names, if it names one.
   *
   * @throws CdrlException when there is no such model, or its networks are others
   */
  public static Optional<StartModel> of(TrainingConfig config) {
    String name = config.training().start();
    if (name.isEmpty()) {
      return Optional.empty();
    }
    StoredModel stored = new ModelLibrary(StartModel.class.getClassLoader()).open(name);
    WeightTransfer.requireFitting(stored.description(), config.model(), config.prediction());
    return Optional.of(new StartModel(stored, config));
  }

  /**
   * Makes sure that all weights are there. Runs on the tensor lane.
   *
   * @throws CdrlException when a weight is missing, unknown or of another shape
   */
  public void requireComplete(TensorRuntime runtime) {
    CdrlModel.of(stored.description(), stored.weights(), runtime).close();
  }

  /** The provenance of a run that starts from this model. */
  public Provenance origin(Provenance run) {
    ModelDescription description = stored.description();
    return run.startedFrom(description.name(), stored.checksum(), description.provenance());
  }

  /**
   * Refuses to be another model than the one that a run began with.
   *
   * @param run the provenance of the run
   */
  void requireOriginOf(Provenance run) {
    boolean other =
        run.origins().isEmpty() || !run.origins().get(0).checksum().equals(stored.checksum());
    if (other) {
      throw new CdrlException(
          "The model '{0}' is not the one that this run began with; restore it or begin a new run.",
          config.training().start());
    }
  }

  /** The weights for the networks of the configuration. */
  Map<String, HostTensor> weights() {
    return WeightTransfer.apply(
        stored.description(),
        stored.weights(),
        config.model(),
        config.prediction(),
        config.training().seed());
  }

  /** What it is, in a sentence. */
  String sentence() {
    ModelDescription description = stored.description();
    return "The weights are those of the model '"
        + description.name()
        + "' after "
        + description.provenance().iterations()
        + " iterations.";
  }
}
