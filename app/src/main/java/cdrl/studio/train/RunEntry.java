package cdrl.studio.train;

import cdrl.store.RunSnapshot;
import cdrl.training.DivergenceSign;
import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A run in the list.
 *
 * @param name that of its folder
 * @param standing where it stands
 * @param begun when it was begun
 * @param snapshot what its folder says; null when it has not come to have one
 * @param complaint why it ended, as a sentence; empty when nothing went wrong
 * @param sign that it may be diverging; null when all is well, or no process works on it
 */
public record RunEntry(
    String name,
    Standing standing,
    Instant begun,
    @Nullable RunSnapshot snapshot,
    String complaint,
    @Nullable DivergenceSign sign) {

  /** A run that shows no sign of diverging. */
  public RunEntry(
      String name,
      Standing standing,
      Instant begun,
      @Nullable RunSnapshot snapshot,
      String complaint) {
    this(name, standing, begun, snapshot, complaint, null);
  }

  /** The iterations made so far, as far as they are logged. */
  public long iteration() {
    return snapshot == null ? 0 : snapshot.iteration();
  }

  /** The iterations to make in all, or 0 when that is not known. */
  public long goal() {
    return snapshot == null ? 0 : snapshot.goal();
  }

  /** How much is done, 0 to 1; −1 when nobody can tell. */
  public double fraction() {
    return goal() == 0 ? -1 : Math.min(1, (double) iteration() / goal());
  }

  /** The latest value of every quantity. */
  public Map<String, Double> last() {
    return snapshot == null ? Map.of() : snapshot.metrics().last();
  }

  /** Iterations in a second, or NaN. */
  public double speed() {
    return last().getOrDefault("iterations_per_second", Double.NaN);
  }

  /** Seconds that are left at this speed, or NaN. */
  public double secondsLeft() {
    return goal() == 0 || !(speed() > 0) ? Double.NaN : (goal() - iteration()) / speed();
  }

  /** Whether there is a model to use. */
  public boolean hasModel() {
    return snapshot != null && snapshot.hasModel();
  }

  /** Whether there is the model whose samples were nearest to the data. */
  public boolean hasBest() {
    return snapshot != null && snapshot.hasBest();
  }

  /** The same run where it is known to stand elsewhere by now. */
  RunEntry with(Standing other) {
    return new RunEntry(name, other, begun, snapshot, complaint, sign);
  }
}
