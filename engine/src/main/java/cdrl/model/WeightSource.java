package cdrl.model;

import cdrl.runtime.CdrlException;
import cdrl.runtime.HostTensor;
import cdrl.runtime.RandomNumbers;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;

/** Where the weights of a network come from when it is built. */
interface WeightSource {

  /** How a weight starts when it is not read from a file. */
  sealed interface Start {
    /** All zeros. */
    record Zeros() implements Start {}

    /** All ones. */
    record Ones() implements Start {}

    /** Uniform within ±1/√inputs, as usual for dense layers and convolutions. */
    record Uniform(long inputs) implements Start {}

    /** A random direction: a normal vector of length 1. */
    record UnitVector() implements Start {}

    Start ZEROS = new Zeros();
    Start ONES = new Ones();
    Start UNIT_VECTOR = new UnitVector();
  }

  /** The values of a weight of the given name and shape. */
  HostTensor get(String name, Start start, long... shape);

  /** Random weights; every weight depends on the seed and its name alone. */
  static WeightSource random(long seed) {
    RandomNumbers numbers = new RandomNumbers(seed);
    return (name, start, shape) -> {
      int size = Math.toIntExact(HostTensor.elements(shape));
      float[] values = new float[size];
      long stream = stableHash(name);
      if (start instanceof Start.Ones) {
        Arrays.fill(values, 1);
      } else if (start instanceof Start.Uniform uniform) {
        double bound = 1 / Math.sqrt(uniform.inputs());
        double[] draws = new double[size];
        numbers.uniform(RandomNumbers.Purpose.WEIGHTS, stream, 0, draws);
        for (int i = 0; i < size; i++) {
          values[i] = (float) ((2 * draws[i] - 1) * bound);
        }
      } else if (start instanceof Start.UnitVector) {
        numbers.normal(RandomNumbers.Purpose.WEIGHTS, stream, 0, values);
        double square = 0;
        for (float value : values) {
          square += value * value;
        }
        for (int i = 0; i < size; i++) {
          values[i] /= (float) Math.sqrt(square);
        }
      }
      return new HostTensor(shape, values);
    };
  }

  /** Given weights, checked for presence and shape. */
  static Given given(Map<String, HostTensor> weights) {
    return new Given(new HashMap<>(weights));
  }

  /** Weights from a map; what is left over afterwards does not belong to the network. */
  record Given(Map<String, HostTensor> rest) implements WeightSource {
    @Override
    public HostTensor get(String name, Start start, long... shape) {
      HostTensor tensor = rest.remove(name);
      if (tensor == null) {
        throw new CdrlException("The model lacks the weight '{0}'.", name);
      }
      if (!Arrays.equals(tensor.shape(), shape)) {
        throw new CdrlException(
            "The weight '{0}' has the shape {1} where the network needs {2}.",
            name, Arrays.toString(tensor.shape()), Arrays.toString(shape));
      }
      return tensor;
    }

    /** Refuses weights that the network does not have. */
    void requireNoRest() {
      if (!rest.isEmpty()) {
        throw new CdrlException(
            "The model has a weight '{0}' that its networks do not know.",
            rest.keySet().stream().sorted().findFirst().orElseThrow());
      }
    }
  }

  private static long stableHash(String name) {
    long hash = 0xcbf29ce484222325L; // FNV-1a, independent of the platform
    for (int i = 0; i < name.length(); i++) {
      hash = (hash ^ name.charAt(i)) * 0x100000001b3L;
    }
    return hash;
  }
}
