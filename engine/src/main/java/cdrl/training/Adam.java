package cdrl.training;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import cdrl.model.Parameters;
import cdrl.runtime.HostTensor;
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

  private record Slot(String name, NDArray weight, NDArray first, NDArray second) {}

  private final List<Slot> slots = new ArrayList<>();
  private final double beta1;
  private final double beta2;
  private long steps;

  /** Moments of zero for all trained weights. */
  public Adam(Parameters parameters, double beta1, double beta2) {
    this.beta1 = beta1;
    this.beta2 = beta2;
    NDManager manager = parameters.manager();
    parameters
        .trainable()
        .forEach(
            (name, weight) ->
                slots.add(
                    new Slot(
                        name,
                        weight,
                        manager.zeros(weight.getShape()),
                        manager.zeros(weight.getShape()))));
  }

  /** The number of steps made so far. */
  public long steps() {
    return steps;
  }

  /**
   * Takes a step along the gradients of the weights, which are set to zero afterwards.
   *
   * @param rate the learning rate
   * @param clip the largest norm that the whole gradient may have; longer ones are shortened
   * @return the norm of the gradient before clipping
   */
  public double step(double rate, double clip) {
    double norm = gradientNorm();
    // As everywhere, a tiny number keeps the quotient finite.
    double factor = Math.min(1, clip / (norm + 1e-6));
    steps++;
    double correction1 = 1 - Math.pow(beta1, steps);
    double correction2 = 1 - Math.pow(beta2, steps);
    for (Slot slot : slots) {
      try (NDManager scope = slot.weight().getManager().newSubManager()) {
        NDArray gradient = slot.weight().getGradient();
        gradient.attach(scope);
        NDArray clipped = gradient.mul(factor);
        slot.second().muli(beta2).addi(clipped.square().muli(1 - beta2));
        NDArray denominator = own(scope, slot.second().sqrt());
        denominator.divi(Math.sqrt(correction2)).addi(EPSILON);
        slot.first().muli(beta1).addi(clipped.muli(1 - beta1));
        NDArray move = own(scope, slot.first().div(denominator));
        slot.weight().subi(move.muli(rate / correction1));
        gradient.subi(gradient);
      }
    }
    return norm;
  }

  private double gradientNorm() {
    double square = 0;
    for (Slot slot : slots) {
      try (NDArray gradient = slot.weight().getGradient();
          NDArray norm = gradient.norm()) {
        double length = norm.getFloat();
        square += length * length;
      }
    }
    return Math.sqrt(square);
  }

  private static NDArray own(NDManager scope, NDArray array) {
    array.attach(scope);
    return array;
  }

  /** Copies the moments, named {@code WEIGHT.first} and {@code WEIGHT.second}. */
  public Map<String, HostTensor> moments() {
    Map<String, HostTensor> moments = new LinkedHashMap<>();
    for (Slot slot : slots) {
      moments.put(slot.name() + ".first", HostTensor.of(slot.first()));
      moments.put(slot.name() + ".second", HostTensor.of(slot.second()));
    }
    return moments;
  }

  /** Goes on from saved moments. */
  public void restore(Map<String, HostTensor> moments, long stepsMade) {
    for (Slot slot : slots) {
      long[] shape = slot.weight().getShape().getShape();
      State.require(moments, slot.name() + ".first", shape).copyTo(slot.first());
      State.require(moments, slot.name() + ".second", shape).copyTo(slot.second());
    }
    steps = stepsMade;
  }
}
