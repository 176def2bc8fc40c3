package cdrl.runtime;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.pytorch.engine.PtNDManager;
import ai.djl.pytorch.engine.PtSymbolBlock;
import ai.djl.pytorch.jni.IValueUtils;
import ai.djl.pytorch.jni.JniUtils;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;

/**
 * A program of ours that the engine runs natively, written in TorchScript and kept as a resource
 * beside the class that uses it. Gradients pass through its calls. Use it on the tensor lane.
 */
public final class ScriptProgram implements AutoCloseable {
  private final PtSymbolBlock program;
  private final NDManager manager;

  /**
   * Loads a program.
   *
   * @param manager owns the program
   * @param user the class beside which the source lies
   * @param name the name of the program's class
   * @param resource the file with its source
   */
  public ScriptProgram(NDManager manager, Class<?> user, String name, String resource) {
    this.manager = manager;
    try {
      program =
          JniUtils.loadModule(
              (PtNDManager) manager, ScriptArchive.stream(user, name, resource), false, false);
    } catch (IOException e) {
      throw new IllegalStateException(resource + " is part of this library", e);
    }
  }

  /**
   * Calls a method whose arguments are single arrays; the result belongs to the first one's
   * manager.
   */
  public NDArray call(String method, NDArray... arguments) {
    return call(method, Arrays.asList(arguments), List.of());
  }

  /**
   * Calls a method.
   *
   * @param method its name
   * @param arguments single arrays, at least one
   * @param lists further arguments, each a list of at least one array
   * @return the result, which belongs to the manager of the first argument
   */
  public NDArray call(String method, List<NDArray> arguments, List<List<NDArray>> lists) {
    return callForAll(method, arguments, lists).singletonOrThrow();
  }

  /** Like {@link #call(String, List, List)}, for methods with a list as result. */
  public NDList callForAll(String method, List<NDArray> arguments, List<List<NDArray>> lists) {
    NDList inputs = new NDList();
    for (NDArray argument : arguments) {
      argument.setName(null);
      inputs.add(argument);
    }
    for (int i = 0; i < lists.size(); i++) {
      for (NDArray entry : lists.get(i)) {
        entry.setName("list" + i + "[]");
        inputs.add(entry);
      }
    }
    try (NDArray marker = manager.create(0)) {
      // The engine takes the name of the method from the name of an array that it does not pass on.
      marker.setName("module_method:" + method);
      inputs.add(marker);
      // In training mode the engine returns ordinary tensors, which gradients may pass through.
      return IValueUtils.forward(program, inputs, true);
    }
  }

  /** Frees the program. */
  @Override
  public void close() {
    program.close();
  }
}
