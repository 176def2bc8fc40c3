package cdrl.model;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;

/**
 * A weight divided by its largest singular value, which is estimated from a pair of vectors: σ = u'
 * W v with W as a matrix (outputs, rest).
 */
record SpectralWeight(NDArray weight, NDArray bias, NDArray u, NDArray v) {
  /** Registers weight, bias and vectors below the given name. */
  static SpectralWeight register(Parameters parameters, String name, long... shape) {
    long outputs = shape[0];
    long inputs = new Shape(shape).size() / outputs;
    WeightSource.Start uniform = new WeightSource.Start.Uniform(inputs);
    NDArray bias = parameters.weight(name + ".bias", uniform, outputs);
    NDArray weight = parameters.weight(name + ".weight", uniform, shape);
    NDArray u = parameters.buffer(name + ".u", WeightSource.Start.UNIT_VECTOR, outputs);
    NDArray v = parameters.buffer(name + ".v", WeightSource.Start.UNIT_VECTOR, inputs);
    return new SpectralWeight(weight, bias, u, v);
  }

  private static NDArray column(NDManager scope, NDArray vector) {
    return own(scope, vector.reshape(vector.size(), 1));
  }

  private static NDArray own(NDManager scope, NDArray array) {
    array.attach(scope);
    return array;
  }

  /** W / σ, owned by the scope. */
  NDArray normalized(NDManager scope, EnergyModel.Mode mode) {
    NDArray source = mode == EnergyModel.Mode.FROZEN ? own(scope, weight.stopGradient()) : weight;
    NDArray matrix = own(scope, source.reshape(u.size(), v.size()));
    NDArray sigma = matrix.matMul(column(scope, v)).mul(column(scope, u)).sum();
    return own(scope, source.div(sigma));
  }

  /** The bias, cut off from gradients when frozen. */
  NDArray bias(NDManager scope, EnergyModel.Mode mode) {
    return mode == EnergyModel.Mode.FROZEN ? own(scope, bias.stopGradient()) : bias;
  }
}
