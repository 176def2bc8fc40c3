package cdrl.model;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import cdrl.runtime.Computation;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Stands where there is no initializer: proposes x_t itself and has no weights. */
record NoInitializer(Parameters parameters) implements Initializer {
  @Override
  public NDArray mean(NDArray x, float[] logSnr, int @Nullable [] labels, Computation computation) {
    NDArray same = x.stopGradient();
    same.attach(x.getManager());
    return same;
  }

  @Override
  public TrainingMean trainingMean(
      NDManager scope,
      NDArray x,
      float[] logSnr,
      int @Nullable [] labels,
      Computation computation) {
    return new TrainingMean() {
      @Override
      public NDArray mean() {
        return x;
      }

      @Override
      public List<NDArray> gradients(NDArray gradient) {
        return List.of();
      }
    };
  }
}
