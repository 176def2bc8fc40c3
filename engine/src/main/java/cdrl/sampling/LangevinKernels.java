package cdrl.sampling;

import ai.djl.Device;
import cdrl.runtime.CdrlException;
import cdrl.runtime.Computation;
import cdrl.runtime.TensorRuntime;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Chooses the implementation of Langevin dynamics that suits the machine. */
public final class LangevinKernels {
  private LangevinKernels() {}

  /** Implementations of the Langevin chain. */
  public enum Kernel {
    /** The fastest one that works here. */
    AUTO,
    /** Several steps in one native call. */
    FUSED,
    /** Operator by operator; the reference. */
    EAGER
  }

  /** Number formats of the Langevin chain. */
  public enum Format {
    /** bfloat16 on GPUs and on processors with instructions for it, else float32. */
    AUTO,
    /** 32 bits. */
    FLOAT32,
    /** 16 bits with the exponent of 32. */
    BFLOAT16
  }

  /**
   * The kernel for a choice. Runs on the tensor lane; the kernel lives until it is closed, at the
   * latest with the runtime.
   *
   * @throws CdrlException when the choice contradicts itself
   */
  public static LangevinKernel open(TensorRuntime runtime, Kernel kernel, Format format) {
    if (kernel == Kernel.EAGER) {
      if (format == Format.BFLOAT16) {
        throw new CdrlException(
            "The eager kernel computes in float32 only; use the fused kernel for bfloat16.");
      }
      return new EagerLangevin();
    }
    Computation computation =
        switch (format) {
          case FLOAT32 -> Computation.FLOAT32;
          case BFLOAT16 -> Computation.BFLOAT16;
          case AUTO -> hasFastBfloat16(runtime) ? Computation.BFLOAT16 : Computation.FLOAT32;
        };
    return new FusedLangevin(runtime.manager(), computation);
  }

  /** The fastest kernel here. Runs on the tensor lane. */
  public static LangevinKernel open(TensorRuntime runtime) {
    return open(runtime, Kernel.AUTO, Format.AUTO);
  }

  private static boolean hasFastBfloat16(TensorRuntime runtime) {
    if (runtime.device().getDeviceType().equals(Device.Type.GPU)) {
      return true;
    }
    try {
      return Files.readString(Path.of("/proc/cpuinfo"))
          .lines()
          .filter(line -> line.startsWith("flags"))
          .findFirst()
          .map(line -> line.contains(" avx512_bf16") || line.contains(" amx_bf16"))
          .orElse(false);
    } catch (IOException e) {
      return false; // other systems: float32 is right everywhere
    }
  }
}
