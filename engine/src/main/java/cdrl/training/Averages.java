package cdrl.training;

import ai.djl.ndarray.NDArray;
import cdrl.model.Parameters;
import cdrl.runtime.HostTensor;
import cdrl.runtime.ScriptProgram;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Exponential moving averages of the trained weights. Spectral-norm vectors are not averaged: an
 * average of unit vectors is none, and the averaged energy would be useless.
 */
public final class Averages {
  private final Parameters parameters;
  private final Map<String, NDArray> shadows = new LinkedHashMap<>();
  private final ScriptProgram program;
  private final double decay;
  private final boolean startIsRandom;

  /**
   * Averages that start at the weights.
   *
   * @param startIsRandom whether the first weights are random and therefore better forgotten soon
   */
  public Averages(Parameters parameters, double decay, boolean startIsRandom) {
    this.parameters = parameters;
    this.decay = decay;
    this.startIsRandom = startIsRandom;
    program = new ScriptProgram(parameters.manager(), Averages.class, "Adam", "adam.py");
    parameters
        .trainable()
        .forEach((name, weight) -> shadows.put(name, weight.stopGradient().duplicate()));
  }

  /**
   * Moves the averages towards the weights. After a random start the decay is smaller early on,
   * min(decay, (1 + i) / (10 + i)).
   *
   * @param iteration i, counted from 0
   */
  public void update(long iteration) {
    if (shadows.isEmpty()) {
      return;
    }
    double keep = startIsRandom ? Math.min(decay, (1.0 + iteration) / (10.0 + iteration)) : decay;
    try (NDArray share = parameters.manager().create(1 - keep)) {
      program
          .call(
              "average",
              List.of(share),
              List.of(List.copyOf(parameters.trainable().values()), List.copyOf(shadows.values())))
          .close();
    }
  }

  /** Copies the averages, with the spectral-norm vectors of the live network. */
  public Map<String, HostTensor> copy() {
    Map<String, HostTensor> copies = new LinkedHashMap<>();
    parameters
        .all()
        .forEach((name, live) -> copies.put(name, HostTensor.of(shadows.getOrDefault(name, live))));
    return copies;
  }

  /** Goes on from saved averages. */
  public void restore(Map<String, HostTensor> averages) {
    shadows.forEach(
        (name, shadow) ->
            State.require(averages, name, shadow.getShape().getShape()).copyTo(shadow));
  }
}
