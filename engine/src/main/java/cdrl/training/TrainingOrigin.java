package cdrl.training;

import cdrl.data.DataSet;
import cdrl.model.Provenance;
import cdrl.runtime.NativeLibrary;
import cdrl.runtime.ProgramVersion;
import cdrl.runtime.TensorRuntime;
import java.time.Instant;
import java.time.temporal.ChronoUnit;

/** What a model will tell of the training that is about to begin. */
public final class TrainingOrigin {
  private TrainingOrigin() {}

  /** Program, time, data, platform and settings, before the first iteration. */
  public static Provenance of(TrainingConfig config, DataSet data, TensorRuntime runtime) {
    String platform =
        System.getProperty("os.name")
            + " "
            + System.getProperty("os.arch")
            + ", Java "
            + System.getProperty("java.version")
            + ", PyTorch "
            + NativeLibrary.VERSION
            + ", "
            + (runtime.device().isGpu() ? "GPU" : "CPU")
            + ", "
            + runtime.threads()
            + " threads";
    return new Provenance(
        "cdrl " + ProgramVersion.text(),
        Instant.now().truncatedTo(ChronoUnit.SECONDS).toString(),
        data.description(),
        data.fingerprint(),
        0,
        config.training().seed(),
        platform,
        ConfigFile.settings(config));
  }
}
