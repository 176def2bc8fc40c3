package cdrl.training;

import cdrl.model.ModelDescription;
import cdrl.model.Provenance;
import cdrl.runtime.HostTensor;
import cdrl.store.Checkpoint;
import cdrl.store.CheckpointFolder;
import cdrl.store.ModelFile;
import cdrl.store.RunFolder;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Brings a trainer and what belongs to it into the checkpoints of a run and back. Runs on the
 * tensor lane.
 */
final class RunCheckpoints {
  private static final String ITERATION = "iteration";
  private static final String RESTARTS = "restarts";
  private static final String GONE_BACK = "goneBack";
  private static final String GUARD = "guard";
  private static final String BEST = "best";
  private static final String BEST_DISTANCE = "bestDistance";

  private final TrainingConfig config;
  private final RunFolder folder;
  private final Trainer trainer;
  private final DivergenceGuard guard;
  private final Consumer<String> tell;
  private long goneBackTo = -1;
  private long best = -1;
  private double bestDistance = Double.POSITIVE_INFINITY;

  /**
   * @param tell told sentences for people
   */
  RunCheckpoints(
      TrainingConfig config,
      RunFolder folder,
      Trainer trainer,
      DivergenceGuard guard,
      Consumer<String> tell) {
    this.config = config;
    this.folder = folder;
    this.trainer = trainer;
    this.guard = guard;
    this.tell = tell;
  }

  /**
   * Goes on from the newest readable checkpoint.
   *
   * @return whether there was one
   */
  boolean resume() {
    Optional<CheckpointFolder.Numbered> newest = folder.checkpoints().newest(tell);
    newest.ifPresent(numbered -> restore(numbered.checkpoint(), 0));
    return newest.isPresent();
  }

  /**
   * Goes back to the last good checkpoint, for a new attempt from there: lower rates, other noise.
   * A checkpoint from which an attempt has failed already is given up for the one before.
   *
   * @param evidence where checkpoints that are given up go
   */
  void goBack(Path evidence) {
    CheckpointFolder checkpoints = folder.checkpoints();
    CheckpointFolder.Numbered target = checkpoints.newest(tell).orElseThrow();
    if (target.checkpoint().counters().containsKey(GONE_BACK)) {
      Optional<CheckpointFolder.Numbered> earlier =
          checkpoints.newestBefore(target.iteration(), tell);
      target = earlier.orElse(target);
    }
    restore(target.checkpoint(), trainer.restarts() + 1);
    guard.calm();
    // Written before the later ones go, so that a kill in between changes nothing.
    goneBackTo = trainer.iteration();
    write();
    for (long later : checkpoints.iterations()) {
      if (later > target.iteration()) {
        checkpoints.setAside(later, evidence);
      }
    }
  }

  private void restore(Checkpoint checkpoint, int atLeastRestarts) {
    Map<String, String> counters = checkpoint.counters();
    int restarts =
        counters.containsKey(RESTARTS) ? Math.toIntExact(checkpoint.counter(RESTARTS)) : 0;
    trainer.restore(
        checkpoint.tensors(), checkpoint.counter(ITERATION), Math.max(restarts, atLeastRestarts));
    guard.restore(counters.get(GUARD));
    goneBackTo = counters.containsKey(GONE_BACK) ? trainer.iteration() : -1;
    best = counters.containsKey(BEST) ? checkpoint.counter(BEST) : -1;
    bestDistance =
        best < 0
            ? Double.POSITIVE_INFINITY
            : Double.parseDouble(counters.getOrDefault(BEST_DISTANCE, "Infinity"));
  }

  /**
   * Writes a checkpoint and the model for use.
   *
   * @param distance of samples of the averaged weights from the data; NaN when not measured
   */
  void save(double distance) {
    boolean better = distance < bestDistance;
    if (better) {
      best = trainer.iteration();
      bestDistance = distance;
    }
    write();
    ModelDescription description = trainer.describe(provenance());
    Map<String, HostTensor> weights = trainer.averagedWeights();
    if (better) {
      ModelFile.write(folder.best(), description, weights);
    }
    ModelFile.write(folder.model(), description, weights);
  }

  private void write() {
    Map<String, String> counters = new LinkedHashMap<>();
    counters.put(ITERATION, Long.toString(trainer.iteration()));
    counters.put(RESTARTS, Integer.toString(trainer.restarts()));
    counters.put(GUARD, guard.memory());
    if (trainer.iteration() == goneBackTo) {
      counters.put(GONE_BACK, "yes");
    }
    if (best >= 0) {
      counters.put(BEST, Long.toString(best));
      counters.put(BEST_DISTANCE, Double.toString(bestDistance));
    }
    Checkpoint checkpoint =
        new Checkpoint(trainer.describe(provenance()), counters, trainer.state());
    folder
        .checkpoints()
        .write(trainer.iteration(), checkpoint, config.output().keepCheckpoints(), best);
  }

  private Provenance provenance() {
    // A run may go on with other settings than it began with.
    return folder.provenance().after(trainer.iteration(), ConfigFile.settings(config));
  }

  /** The iteration of the best checkpoint; −1 when samples were never compared with the data. */
  long best() {
    return best;
  }
}
