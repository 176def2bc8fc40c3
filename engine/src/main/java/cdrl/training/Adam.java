package cdrl.training;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import cdrl.model.Parameters;
import cdrl.runtime.HostTensor;
import cdrl.runtime.ScriptProgram;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The Adam optimizer with bias correction. Its moments belong to the manager of the weights and are
 * part of a checkpoint.
 */
public final class Adam {
  private static final double EPSILON = 1e-8;

  private final List<String> names;
  private final List<NDArray> weights;
  private final List<NDArray> first = new ArrayList<>();
  private final List<NDArray> second = new ArrayList<>();
  private final NDManager manager;
  private final ScriptProgram program;
  private final double beta1;
  private final double beta2;
  private long steps;

  /** Moments of zero for all trained weights. */
  public Adam(Parameters parameters, double beta1, double beta2) {
    this.beta1 = beta1;
    this.beta2 = beta2;
    manager = parameters.manager();
    names = List.copyOf(parameters.trainable().keySet());
    weights = List.copyOf(parameters.trainable().values());
    for (NDArray weight : weights) {
      first.add(manager.zeros(weight.getShape()));
      second.add(manager.zeros(weight.getShape()));
    }
    program = new ScriptProgram(manager, Adam.class, "Adam", "adam.py");
  }

  /** The number of steps made so far. */
  public long steps() {
    return steps;
  }

  /**
   * Takes a step.
   *
   * @param gradients of the trained weights, in the order of {@link Parameters#trainable}
   * @param rate the learning rate
   * @param clip the largest norm that the whole gradient may have; longer ones are shortened
   * @return the norm of the gradient before clipping
   */
  public double step(List<NDArray> gradients, double rate, double clip) {
    steps++;
    double[] settings = {
      beta1, beta2, 1 - Math.pow(beta1, steps), 1 - Math.pow(beta2, steps), EPSILON, rate, clip
    };
    try (NDManager scope = manager.newSubManager()) {
      return program
          .call("step", List.of(scope.create(settings)), List.of(weights, gradients, first, second))
          .getDouble();
    }
  }

  /** The norm of a gradient, as {@link #step} measures it before clipping. */
  double norm(List<NDArray> gradients) {
    try (NDManager scope = manager.newSubManager()) {
      return program.call("norm", List.of(scope.create(0)), List.of(gradients)).getDouble();
    }
  }

  /** Copies the moments, named {@code WEIGHT.first} and {@code WEIGHT.second}. */
  public Map<String, HostTensor> moments() {
    Map<String, HostTensor> moments = new LinkedHashMap<>();
    for (int i = 0; i < names.size(); i++) {
      moments.put(names.get(i) + ".first", HostTensor.of(first.get(i)));
      moments.put(names.get(i) + ".second", HostTensor.of(second.get(i)));
    }
    return moments;
  }

  /** Goes on from saved moments. */
  public void restore(Map<String, HostTensor> moments, long stepsMade) {
    for (int i = 0; i < names.size(); i++) {
      long[] shape = weights.get(i).getShape().getShape();
      State.require(moments, names.get(i) + ".first", shape).copyTo(first.get(i));
      State.require(moments, names.get(i) + ".second", shape).copyTo(second.get(i));
    }
    steps = stepsMade;
  }
}
