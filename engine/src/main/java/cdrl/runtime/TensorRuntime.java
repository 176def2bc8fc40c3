package cdrl.runtime;

import ai.djl.Device;
import ai.djl.engine.Engine;
import ai.djl.engine.StandardCapabilities;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import ai.djl.pytorch.jni.JniUtils;
import java.util.OptionalInt;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import org.jspecify.annotations.Nullable;

/** The started tensor engine: a device, a root memory manager, and the tensor lane. */
public final class TensorRuntime implements AutoCloseable {
  private final Device device;
  private final Sentence deviceSentence;
  private final NDManager manager;
  private final TensorLane lane;
  private final int threads;

  /** Null for the runtime that the lane belongs to. */
  private final @Nullable TensorRuntime owner;

  private TensorRuntime(
      Device device,
      Sentence sentence,
      NDManager manager,
      TensorLane lane,
      int threads,
      @Nullable TensorRuntime owner) {
    this.owner = owner;
    this.device = device;
    this.deviceSentence = sentence;
    this.manager = manager;
    this.lane = lane;
    this.threads = threads;
  }

  /**
   * Starts the engine. The number of threads can be set once per process; later calls keep it.
   *
   * @param choice the wanted device
   * @param threads processor threads for one operation, or 0 for all cores
   * @throws CdrlException when a GPU was demanded and cannot be used, or when the native library
   *     does not load
   */
  public static TensorRuntime open(DeviceChoice choice, int threads) {
    System.setProperty("OPT_OUT_TRACKING", "true"); // the program never calls home
    setDefault("ai.djl.offline", "true");
    setDefault("ai.djl.pytorch.graph_optimizer", "false");
    if (threads > 0) {
      System.setProperty("ai.djl.pytorch.num_threads", Integer.toString(threads));
    }
    NativeLibrary.Build build = NativeLibrary.prepare(choice);
    TensorLane lane = new TensorLane();
    try {
      return lane.submit(
              TensorLane.Priority.INTERACTIVE, cancellation -> start(choice, threads, build, lane))
          .result()
          .get();
    } catch (ExecutionException e) {
      lane.close();
      Throwable cause = e.getCause() == null ? e : e.getCause();
      if (cause instanceof CdrlException known) {
        throw known;
      }
      throw NativeLibrary.failure(cause);
    } catch (InterruptedException e) {
      lane.close();
      Thread.currentThread().interrupt();
      throw new CdrlException(e, "Starting the tensor library was interrupted.");
    }
  }

  private static TensorRuntime start(
      DeviceChoice choice, int threads, NativeLibrary.Build build, TensorLane lane) {
    Engine engine = Engine.getEngine("PyTorch");
    JniUtils.setGraphExecutorOptimize(false); // our programs call large operations only
    JniUtils.setGradMode(false); // for this thread; gradient collectors turn it on where needed
    @Nullable Sentence obstacle =
        choice.kind() == DeviceChoice.Kind.CPU ? null : gpuObstacle(engine, choice, build);
    Device device = Device.cpu();
    Sentence sentence = new Sentence("Using the CPU.");
    if (choice.kind() != DeviceChoice.Kind.CPU) {
      if (obstacle == null) {
        device = Device.gpu(choice.index());
        sentence = new Sentence("Using GPU {0}.", choice.index());
      } else if (choice.kind() == DeviceChoice.Kind.GPU) {
        throw new CdrlException(
            "GPU {0} cannot be used because {1}; use --device cpu.", choice.index(), obstacle);
      } else {
        sentence = new Sentence("Using the CPU because {0}.", obstacle);
      }
    }
    int used = threads > 0 ? threads : Runtime.getRuntime().availableProcessors();
    return new TensorRuntime(device, sentence, engine.newBaseManager(device), lane, used, null);
  }

  /** Why the wanted GPU cannot be used, or null when it can. */
  private static @Nullable Sentence gpuObstacle(
      Engine engine, DeviceChoice choice, NativeLibrary.Build build) {
    if (build.gpuObstacle() != null) {
      return build.gpuObstacle();
    }
    try {
      if (!engine.hasCapability(StandardCapabilities.CUDA)) {
        return new Sentence(
            "PyTorch finds no GPU that it can use (the driver may be too old for CUDA 12.8)");
      }
      try (NDManager probe = engine.newBaseManager(Device.gpu(choice.index()))) {
        probe.ones(new Shape(8, 8)).matMul(probe.ones(new Shape(8, 8))).toFloatArray();
      }
      return null;
    } catch (Throwable failure) { // a broken driver must never take the program down
      return new Sentence("a trial computation on it failed ({0})", failure);
    }
  }

  /**
   * The same for another device, with memory of its own and the same lane: the GPU that many places
   * behind this one, or the processor again. Runs on the lane; close it before this one.
   *
   * @param offset 1 or more
   * @throws CdrlException when there is no such GPU
   */
  public TensorRuntime neighbour(int offset) {
    Engine engine = Engine.getEngine("PyTorch");
    Device other = device;
    if (device.isGpu()) {
      int index = device.getDeviceId() + offset;
      int count = engine.getGpuCount();
      if (index >= count) {
        throw new CdrlException(
            "GPU {0} cannot be used because there are only {1}; use fewer devices.", index, count);
      }
      other = Device.gpu(index);
    }
    return new TensorRuntime(
        other, deviceSentence, engine.newBaseManager(other), lane, threads, this);
  }

  private static void setDefault(String key, String value) {
    if (System.getProperty(key) == null) {
      System.setProperty(key, value);
    }
  }

  /** The device in use. */
  public Device device() {
    return device;
  }

  /** The number of the GPU in use; empty on the CPU. */
  public OptionalInt gpu() {
    return device.isGpu() ? OptionalInt.of(device.getDeviceId()) : OptionalInt.empty();
  }

  /** One sentence for people: the device in use, and why when it is not the wished one. */
  public Sentence deviceSentence() {
    return deviceSentence;
  }

  /** The processor threads of one operation. */
  public int threads() {
    return threads;
  }

  /** Sets the random state of the engine itself, which only dropout uses. On the tensor lane. */
  public void seedEngine(long seed) {
    // The engine takes 32 bits.
    Engine.getEngine("PyTorch").setRandomSeed((int) seed);
  }

  /** The root of native memory. Use it only on the lane; scope work with sub managers. */
  public NDManager manager() {
    return manager;
  }

  /** The thread for all tensor work. */
  public TensorLane lane() {
    return lane;
  }

  /**
   * Runs work on the lane and waits for it; on the lane's own thread it runs at once.
   *
   * @throws RuntimeException what the work threw; checked exceptions come wrapped in a {@link
   *     CompletionException}
   */
  public <T extends @Nullable Object> T run(TensorLane.Work<T> work) {
    return run(new Cancellation(), work);
  }

  /** Like {@link #run(TensorLane.Work)}, with a cancellation that the caller holds. */
  public <T extends @Nullable Object> T run(Cancellation cancellation, TensorLane.Work<T> work) {
    if (lane.isCurrentThread()) { // waiting for itself would never end
      return runHere(cancellation, work);
    }
    try {
      return lane.submit(
              TensorLane.Priority.NORMAL,
              ignored -> {
                cancellation.throwIfCancelled();
                return work.run(cancellation);
              })
          .result()
          .join();
    } catch (CompletionException e) {
      if (e.getCause() instanceof RuntimeException cause) {
        throw cause;
      }
      if (e.getCause() instanceof Error cause) {
        throw cause;
      }
      throw e;
    }
  }

  private static <T extends @Nullable Object> T runHere(
      Cancellation cancellation, TensorLane.Work<T> work) {
    try {
      cancellation.throwIfCancelled();
      return work.run(cancellation);
    } catch (RuntimeException e) {
      throw e;
    } catch (Exception e) {
      throw new CompletionException(e);
    }
  }

  /** Ends the lane and frees all native memory. */
  @Override
  public void close() {
    if (owner == null) {
      lane.close();
    }
    manager.close();
  }
}
