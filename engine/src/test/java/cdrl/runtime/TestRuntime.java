package cdrl.runtime;

import ai.djl.ndarray.BaseNDManager;
import ai.djl.ndarray.NDManager;

/** The tensor runtime of all tests: one thread, so that results do not depend on the machine. */
public final class TestRuntime {
  private static final class Holder {
    static final TensorRuntime RUNTIME = TensorRuntime.open(DeviceChoice.CPU, 1);
  }

  private TestRuntime() {}

  /** The runtime; it lives as long as the JVM. */
  public static TensorRuntime get() {
    return Holder.RUNTIME;
  }

  /** A test body on the tensor lane. */
  @FunctionalInterface
  public interface Body {
    void run(TensorRuntime runtime) throws Exception;
  }

  /** Runs a test body on the tensor lane; its assertions fail the test. */
  public static void onLane(Body body) {
    get()
        .run(
            cancellation -> {
              body.run(get());
              return true;
            });
  }

  /** The number of tensors that a manager and those below it keep alive. */
  public static int tensors(NDManager manager) {
    return ((BaseNDManager) manager).getManagedArrays().size();
  }
}
