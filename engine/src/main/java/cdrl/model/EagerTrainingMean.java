package cdrl.model;

import ai.djl.engine.Engine;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.training.GradientCollector;
import java.util.List;
import java.util.function.Supplier;

/** A mean in training whose gradients the engine finds by recording operators. */
final class EagerTrainingMean implements Initializer.TrainingMean {
  private final NDManager scope;
  private final Parameters parameters;
  private final NDArray recorded;

  EagerTrainingMean(NDManager scope, Parameters parameters, Supplier<NDArray> mean) {
    this.scope = scope;
    this.parameters = parameters;
    try (GradientCollector collector = Engine.getInstance().newGradientCollector()) {
      recorded = mean.get();
    }
  }

  @Override
  public NDArray mean() {
    NDArray mean = recorded.stopGradient();
    mean.attach(scope);
    return mean;
  }

  @Override
  public List<NDArray> gradients(NDArray gradient) {
    try (GradientCollector collector = Engine.getInstance().newGradientCollector()) {
      collector.backward(recorded.mul(gradient).sum());
    }
    return parameters.takeGradients(scope);
  }
}
