package cdrl.model;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.types.Shape;

/** Self-attention over pixels with one head, added to its input. */
record UnetAttention(Affine norm, Affine queryKeyValue, Affine output, Operations operations) {

  static UnetAttention register(Parameters parameters, String name, long channels) {
    return new UnetAttention(
        Affine.norm(parameters, name + ".norm", channels),
        Affine.convolution(parameters, name + ".query_key_value", channels, 3 * channels, 1),
        Affine.silent(parameters, name + ".output", channels, channels, 1, 1),
        parameters.operations());
  }

  NDArray apply(NDArray input) {
    Shape shape = input.getShape();
    long n = shape.get(0);
    long channels = shape.get(1);
    NDList parts =
        queryKeyValue
            .convolve(operations.groupNorm(input, norm))
            .reshape(n, 3 * channels, -1)
            .split(3, 1);
    NDArray query = parts.get(0).transpose(0, 2, 1);
    // Not mul(double): for the gradient the engine would keep a pointer to a number whose memory
    // goes
    // back to Java at once.
    NDArray scale = input.getManager().create((float) (1 / Math.sqrt(channels)));
    NDArray scores = query.matMul(parts.get(1)).mul(scale).softmax(2);
    NDArray mixed = parts.get(2).matMul(scores.transpose(0, 2, 1)).reshape(shape);
    return input.add(output.convolve(mixed));
  }
}
