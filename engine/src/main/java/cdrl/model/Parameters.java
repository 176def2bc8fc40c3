package cdrl.model;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.pytorch.engine.PtNDArray;
import ai.djl.pytorch.jni.JniUtils;
import cdrl.runtime.HostTensor;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The named weights of a network: those that are trained, and the spectral-norm vectors. */
public final class Parameters {
  private final NDManager manager;
  private final WeightSource source;
  private final Operations operations;
  private final Map<String, NDArray> all = new LinkedHashMap<>();
  private final Map<String, NDArray> trainable = new LinkedHashMap<>();

  Parameters(NDManager manager, WeightSource source, Operations operations) {
    this.manager = manager;
    this.operations = operations;
    this.source = source;
  }

  /** The operations of networks, loaded once for all networks of a model. */
  Operations operations() {
    return operations;
  }

  /** Registers a trained weight. */
  NDArray weight(String name, WeightSource.Start start, long... shape) {
    NDArray array = add(name, start, shape);
    array.setRequiresGradient(true);
    trainable.put(name, array);
    return array;
  }

  /** Registers a vector that is kept with the weights but not trained by gradients. */
  NDArray buffer(String name, WeightSource.Start start, long... shape) {
    return add(name, start, shape);
  }

  private NDArray add(String name, WeightSource.Start start, long... shape) {
    HostTensor values = source.get(name, start, shape);
    NDArray array = values.toArray(manager);
    if (all.put(name, array) != null) {
      throw new IllegalStateException("two weights are named " + name);
    }
    return array;
  }

  /** The memory manager that owns the weights. */
  public NDManager manager() {
    return manager;
  }

  /** The trained weights by name, in the order of the network. */
  public Map<String, NDArray> trainable() {
    return Collections.unmodifiableMap(trainable);
  }

  /** All weights and vectors by name, in the order of the network. */
  public Map<String, NDArray> all() {
    return Collections.unmodifiableMap(all);
  }

  /** The spectral-norm vectors by name, in the order of the network. */
  public Map<String, NDArray> vectors() {
    Map<String, NDArray> vectors = new LinkedHashMap<>(all);
    vectors.keySet().removeAll(trainable.keySet());
    return vectors;
  }

  /**
   * The gradients that backward passes have left at the trained weights, in their order, owned by
   * the scope. Afterwards the weights have none.
   */
  public List<NDArray> takeGradients(NDManager scope) {
    List<NDArray> gradients = new ArrayList<>();
    for (NDArray weight : trainable.values()) {
      try (NDArray gradient = weight.getGradient()) {
        NDArray copy = gradient.duplicate();
        copy.attach(scope);
        gradients.add(copy);
      }
      JniUtils.zeroGrad((PtNDArray) weight);
    }
    return gradients;
  }

  /** Copies all weights and vectors to the Java heap, in the order of the network. */
  public Map<String, HostTensor> copy() {
    Map<String, HostTensor> copies = new LinkedHashMap<>();
    all.forEach((name, array) -> copies.put(name, HostTensor.of(array)));
    return copies;
  }

  /** The number of trained values. */
  public long count() {
    return trainable.values().stream().mapToLong(NDArray::size).sum();
  }
}
