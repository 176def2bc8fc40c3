package cdrl.model;

import ai.djl.ndarray.NDArray;

/** A weight with a bias, as used by dense layers, convolutions and normalizations. */
record Affine(NDArray weight, NDArray bias) {

  static Affine dense(Parameters parameters, String name, long in, long out) {
    return uniform(parameters, name, in, out, in);
  }

  static Affine convolution(Parameters parameters, String name, long in, long out, long kernel) {
    return uniform(parameters, name, in * kernel * kernel, out, in, kernel, kernel);
  }

  /** A layer that starts with zero weights, so that its block starts as the identity. */
  static Affine silent(Parameters parameters, String name, long... shape) {
    return new Affine(
        parameters.weight(name + ".weight", WeightSource.Start.ZEROS, shape),
        parameters.weight(name + ".bias", WeightSource.Start.ZEROS, shape[0]));
  }

  static Affine norm(Parameters parameters, String name, long channels) {
    return new Affine(
        parameters.weight(name + ".weight", WeightSource.Start.ONES, channels),
        parameters.weight(name + ".bias", WeightSource.Start.ZEROS, channels));
  }

  private static Affine uniform(Parameters parameters, String name, long inputs, long... shape) {
    WeightSource.Start start = new WeightSource.Start.Uniform(inputs);
    return new Affine(
        parameters.weight(name + ".weight", start, shape),
        parameters.weight(name + ".bias", start, shape[0]));
  }

  NDArray dense(NDArray input) {
    return Layers.dense(input, weight, bias);
  }

  NDArray convolve(NDArray input) {
    return Layers.convolution(input, weight, bias);
  }
}
