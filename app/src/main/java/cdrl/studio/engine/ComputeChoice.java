package cdrl.studio.engine;

import cdrl.runtime.DeviceChoice;
import cdrl.sampling.LangevinKernels.Format;

/**
 * How a person wants the engine to compute.
 *
 * @param device where
 * @param threads processor threads of one operation; 0 for one per core
 * @param precision number format of Langevin dynamics
 */
public record ComputeChoice(DeviceChoice device, int threads, Format precision) {
  /** Everything left to the engine. */
  public static final ComputeChoice AUTO = new ComputeChoice(DeviceChoice.AUTO, 0, Format.AUTO);
}
