package cdrl.cli;

import cdrl.runtime.CdrlException;
import cdrl.runtime.DeviceChoice;
import cdrl.runtime.TensorRuntime;
import cdrl.sampling.LangevinKernel;
import cdrl.sampling.LangevinKernels;
import cdrl.sampling.LangevinKernels.Format;
import cdrl.sampling.LangevinKernels.Kernel;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Option;
import picocli.CommandLine.ScopeType;
import picocli.CommandLine.TypeConversionException;

/** The options that say how to compute; every command takes them. */
final class EngineOptions {
  @Option(
      names = "--device",
      paramLabel = "DEVICE",
      scope = ScopeType.INHERIT,
      converter = DeviceConverter.class,
      description = "Where to compute: auto (the default), cpu, gpu or gpu:N.")
  private DeviceChoice device = DeviceChoice.AUTO;

  @Option(
      names = "--threads",
      paramLabel = "N",
      scope = ScopeType.INHERIT,
      converter = ThreadsConverter.class,
      description = "Processor threads of one operation (default: one per core).")
  private int threads;

  @Option(
      names = "--precision",
      paramLabel = "FORMAT",
      scope = ScopeType.INHERIT,
      description = "Number format of Langevin dynamics: auto (the default), float32 or bfloat16.")
  private @Nullable Format precision;

  @Option(
      names = "--kernel",
      paramLabel = "KERNEL",
      scope = ScopeType.INHERIT,
      description = "Implementation of Langevin dynamics: auto (the default), fused or eager.")
  private @Nullable Kernel kernel;

  /** The wanted device. */
  DeviceChoice device() {
    return device;
  }

  /**
   * Starts the tensor engine as the options say.
   *
   * @throws CdrlException when it cannot be started
   */
  TensorRuntime open() {
    return TensorRuntime.open(device, threads);
  }

  /** The options as settings of a training configuration, to override those of a file. */
  List<String> settings() {
    List<String> settings = new ArrayList<>();
    if (kernel != null) {
      settings.add("compute.kernel=" + kernel.name().toLowerCase(Locale.ROOT));
    }
    if (precision != null) {
      settings.add("compute.precision=" + precision.name().toLowerCase(Locale.ROOT));
    }
    return settings;
  }

  /**
   * The Langevin kernel that the options ask for. Runs on the tensor lane.
   *
   * @throws CdrlException when the options contradict each other
   */
  LangevinKernel kernel(TensorRuntime runtime) {
    return LangevinKernels.open(
        runtime,
        kernel == null ? Kernel.AUTO : kernel,
        precision == null ? Format.AUTO : precision);
  }

  /** Reads a device. */
  static final class DeviceConverter implements ITypeConverter<DeviceChoice> {
    @Override
    public DeviceChoice convert(String text) {
      try {
        return DeviceChoice.parse(text);
      } catch (CdrlException e) {
        throw new TypeConversionException(e.getMessage());
      }
    }
  }

  /** Reads a number of threads. */
  static final class ThreadsConverter implements ITypeConverter<Integer> {
    @Override
    public Integer convert(String text) {
      if (!text.matches("[0-9]{1,4}") || Integer.parseInt(text) < 1) {
        throw new TypeConversionException("'" + text + "' must be a whole number from 1 to 9999");
      }
      return Integer.parseInt(text);
    }
  }
}
