package cdrl.model;

import ai.djl.ndarray.NDArray;
import org.jspecify.annotations.Nullable;

/** A network that proposes y at level t − 1 from x at level t (eq. 6). */
public interface Initializer {
  /** The weights. */
  Parameters parameters();

  /**
   * The mean g(x, λ) of the proposal.
   *
   * @param x x_t, shaped (n, item...)
   * @param logSnr λ_t of each item, or a single value for all
   * @param labels as for {@link EnergyModel#at}
   * @param training whether dropout is applied
   * @return shaped as x
   */
  NDArray mean(NDArray x, float[] logSnr, int @Nullable [] labels, boolean training);
}
