package cdrl.cli;

import cdrl.model.ImageModelSpec;
import cdrl.model.ModelSpec;
import cdrl.runtime.HostTensor;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** A folder with what happened at every noise level, for all samples together. */
final class TraceFolder {
  private final Path folder;
  private final boolean pictures;
  private final Map<String, String> metadata;
  private final Map<String, List<HostTensor>> stages = new LinkedHashMap<>();

  private TraceFolder(Path folder, boolean pictures, Map<String, String> metadata) {
    this.folder = folder;
    this.pictures = pictures;
    this.metadata = metadata;
  }

  /**
   * Makes the folder.
   *
   * @param metadata texts to keep inside of pictures
   * @throws cdrl.runtime.CdrlException when it cannot be made
   */
  static TraceFolder create(Path folder, ModelSpec spec, Map<String, String> metadata) {
    return new TraceFolder(
        OutputFiles.prepareFolder(folder), spec instanceof ImageModelSpec, metadata);
  }

  /** Adds samples to a stage. */
  void add(String stage, HostTensor samples) {
    stages.computeIfAbsent(stage, key -> new ArrayList<>()).add(samples);
  }

  /** Writes a file for every stage. */
  void write() {
    stages.forEach(
        (stage, parts) -> {
          HostTensor samples = SampleSeries.concatenated(parts);
          SampleTarget target =
              pictures
                  ? new SampleTarget.Sheet(folder.resolve(stage + ".png"))
                  : new SampleTarget.Points(folder.resolve(stage + ".csv"));
          target.write(samples, metadata);
        });
  }
}
