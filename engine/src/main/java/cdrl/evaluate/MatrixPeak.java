package cdrl.evaluate;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import cdrl.runtime.Computation;
import cdrl.runtime.ScriptProgram;
import cdrl.runtime.TensorRuntime;
import java.util.List;

/** The fastest multiplication of large square matrices that this machine is seen to do. */
public final class MatrixPeak {
  private static final int SIZE = 1536;
  private static final int REPETITIONS = 4;
  private static final int TRIES = 5;

  private MatrixPeak() {}

  /**
   * Operations per second, a multiplication and an addition counting as two. Runs on the tensor
   * lane, for about a second.
   */
  public static double measure(TensorRuntime runtime, Computation computation) {
    try (NDManager scope = runtime.manager().newSubManager();
        ScriptProgram program = new ScriptProgram(scope, MatrixPeak.class, "Peak", "peak.py")) {
      NDArray matrix = scope.randomUniform(0, 1, new Shape(SIZE, SIZE));
      NDArray settings = scope.create(new int[] {REPETITIONS, computation.code()});
      double best = 0;
      for (int i = 0; i < TRIES; i++) {
        long begin = System.nanoTime();
        // Reading the result waits for the device.
        program.call("multiply", List.of(matrix, settings), List.of()).toFloatArray();
        double seconds = (System.nanoTime() - begin) / 1e9;
        best = Math.max(best, 2.0 * SIZE * SIZE * SIZE * REPETITIONS / seconds);
      }
      return best;
    }
  }
}
