package cdrl.store;

import cdrl.data.Progress;
import cdrl.model.ImageModelSpec;
import cdrl.model.ModelDescription;
import cdrl.model.ModelSpec;
import cdrl.model.PointModelSpec;
import cdrl.model.Provenance;
import cdrl.runtime.Cancellation;
import cdrl.runtime.CdrlException;
import cdrl.runtime.HostTensor;
import cdrl.runtime.MisfitException;
import cdrl.runtime.Sha256;
import cdrl.schedule.ScheduleSpec;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Turns published checkpoints into models. The networks are recognized from their weights. */
public final class CheckpointImporter {
  /** The dropout of the published U-Nets, which weights do not tell. */
  private static final double DROPOUT = 0.1;

  private final String program;
  private final Clock clock;

  /**
   * What the weights do not tell.
   *
   * @param name a name for the model
   * @param weights which set of weights to take
   * @param resolution width and height of the images; ignored for points
   * @param levels T, the noise levels of the cosine schedule
   * @param langevinSteps K, the Langevin steps per level
   */
  public record Settings(
      String name,
      PublishedCheckpoint.Weights weights,
      int resolution,
      int levels,
      int langevinSteps) {
    /** The published settings: 32×32 pixels, six noise levels, 15 Langevin steps. */
    public static Settings published(String name, PublishedCheckpoint.Weights weights) {
      return new Settings(name, weights, 32, 6, 15);
    }
  }

  /**
   * @param program name and version of this program, for the provenance
   * @param clock the time, for the provenance
   */
  public CheckpointImporter(String program, Clock clock) {
    this.program = program;
    this.clock = clock;
  }

  /**
   * Reads a checkpoint.
   *
   * @param path a file in PyTorch's zip format
   * @return the model; its checksum is that of the checkpoint
   * @throws CdrlException when the file cannot be read, is no such checkpoint, or does not fit the
   *     settings
   */
  public StoredModel read(Path path, Settings settings) {
    return read(path, settings, Progress.NONE, new Cancellation());
  }

  /**
   * Reads a checkpoint.
   *
   * @param path a file in PyTorch's zip format
   * @param progress told how many of the values are read
   * @return the model; its checksum is that of the checkpoint
   * @throws CdrlException when the file cannot be read, is no such checkpoint, or does not fit the
   *     settings
   * @throws java.util.concurrent.CancellationException when it is cancelled
   */
  public StoredModel read(
      Path path, Settings settings, Progress progress, Cancellation cancellation) {
    PublishedCheckpoint checkpoint =
        PublishedCheckpoint.read(path, settings.weights(), progress, cancellation);
    String source = path.toString();
    PublishedEnergy energy = PublishedEnergy.recognize(checkpoint.energy(), source);
    Map<String, HostTensor> weights = new LinkedHashMap<>(energy.weights());
    String checksum = checksum(path);
    Provenance provenance = provenance(path, checksum, settings, checkpoint.iterations());
    try {
      ModelSpec spec;
      if (energy.isImage()) {
        PublishedUnet unet = PublishedUnet.recognize(checkpoint.initializer(), source);
        weights.putAll(unet.weights());
        spec = imageSpec(energy, unet, settings.resolution(), source);
      } else if (energy.inputs() != 2 || energy.classes() != 0) {
        throw new MisfitException(
            "models for points have two coordinates and no classes, not {0} and {1}",
            energy.inputs(), energy.classes());
      } else {
        PublishedPointInitializer initializer =
            PublishedPointInitializer.recognize(checkpoint.initializer(), source);
        weights.putAll(initializer.weights());
        spec =
            new PointModelSpec(
                energy.width(), energy.multipliers(), initializer.width(), initializer.embedding());
      }
      ModelDescription description =
          new ModelDescription(
              settings.name(),
              spec,
              ScheduleSpec.cosine(settings.levels()),
              settings.langevinSteps(),
              List.of(),
              List.of(),
              provenance);
      return new StoredModel(description, weights, checksum);
    } catch (IllegalArgumentException e) {
      throw new CdrlException(
          e,
          "The checkpoint '{0}' cannot be imported because {1}; check the options and the file.",
          Sentences.shown(source),
          e);
    }
  }

  private static ImageModelSpec imageSpec(
      PublishedEnergy energy, PublishedUnet unet, int resolution, String source) {
    if (energy.inputs() != unet.inputs()
        || unet.classes() != 0 && unet.classes() != energy.classes()) {
      throw new CdrlException(
          "The energy model and the initializer in '{0}' are for different data; use a checkpoint"
              + " whose networks belong together.",
          Sentences.shown(source));
    }
    List<Integer> attention = new ArrayList<>();
    for (int level = 0; level < unet.attention().size(); level++) {
      if (unet.attention().get(level)) {
        attention.add(resolution >> level);
      }
    }
    return new ImageModelSpec(
        resolution,
        energy.inputs(),
        energy.classes(),
        unet.classes() > 0,
        new ImageModelSpec.Energy(energy.width(), energy.multipliers(), energy.blocks()),
        new ImageModelSpec.Unet(
            unet.channels(), unet.multipliers(), unet.blocks(), attention, DROPOUT));
  }

  private Provenance provenance(Path path, String checksum, Settings settings, long iterations) {
    Map<String, String> details = new LinkedHashMap<>();
    details.put("import.file", String.valueOf(path.getFileName()));
    details.put("import.sha256", checksum);
    details.put(
        "import.weights",
        settings.weights() == PublishedCheckpoint.Weights.AVERAGED ? "averaged" : "last");
    return new Provenance(
        program,
        clock.instant().toString(),
        "not recorded in the imported checkpoint",
        "",
        iterations,
        0,
        "imported from a checkpoint of the published implementation",
        details);
  }

  private static String checksum(Path path) {
    try (InputStream in = Files.newInputStream(path)) {
      return Sha256.of(in);
    } catch (IOException e) {
      throw Sentences.reading(path, e);
    }
  }
}
