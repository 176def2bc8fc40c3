package cdrl.cli;

import cdrl.data.Progress;
import cdrl.runtime.Cancellation;
import cdrl.runtime.CdrlException;
import cdrl.runtime.ProgramVersion;
import cdrl.store.CheckpointImporter;
import cdrl.store.ModelFile;
import cdrl.store.PublishedCheckpoint;
import cdrl.store.StoredModel;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Converts a published checkpoint. */
@Command(
    name = "import",
    sortOptions = false,
    description = {
      "Converts a checkpoint of the published PyTorch implementation into a model file.",
      "The networks are recognized from the shapes of their weights."
    })
final class ImportCommand extends SubCommand {
  @Parameters(paramLabel = "FILE", description = "The checkpoint (.pth.tar).")
  private Path file;

  @Option(
      names = {"-o", "--output"},
      paramLabel = "MODEL",
      required = true,
      description = "The model file to write (.safetensors).")
  private Path output;

  @Option(
      names = "--ema",
      description = "Takes the averaged weights, which are better to sample from.")
  private boolean averaged;

  @Option(
      names = "--name",
      paramLabel = "NAME",
      description = "A name for the model (default: the name of the file).")
  private @Nullable String name;

  @Option(
      names = "--resolution",
      paramLabel = "N",
      defaultValue = "32",
      description = "Width and height of the images in pixels (default: ${DEFAULT-VALUE}).")
  private int resolution;

  @Option(
      names = "--levels",
      paramLabel = "T",
      defaultValue = "6",
      description = "Noise levels the model was trained with (default: ${DEFAULT-VALUE}).")
  private int levels;

  @Option(
      names = "--steps",
      paramLabel = "K",
      defaultValue = "15",
      description = "Langevin steps the model was trained with (default: ${DEFAULT-VALUE}).")
  private int steps;

  @Override
  int run(Report report) {
    check("--resolution", resolution, 8, 256);
    check("--levels", levels, 1, 100);
    check("--steps", steps, 1, 1000);
    if (!output.toString().toLowerCase(Locale.ROOT).endsWith(".safetensors")) {
      throw new CdrlException(
          "The model file must be named like NAME.safetensors, not '{0}'.", output);
    }
    Path target = OutputFiles.prepareFile(output);
    CheckpointImporter.Settings settings =
        new CheckpointImporter.Settings(
            name == null ? stem() : name,
            averaged ? PublishedCheckpoint.Weights.AVERAGED : PublishedCheckpoint.Weights.LAST,
            resolution,
            levels,
            steps);
    Cancellation interruption = cancellation();
    StoredModel model =
        new CheckpointImporter("cdrl " + ProgramVersion.text(), Clock.systemUTC())
            .read(file, settings, Progress.NONE, interruption);
    interruption.throwIfCancelled();
    String checksum = ModelFile.write(target, model.description(), model.weights());
    String shape = ModelSummary.shape(model.description().spec());
    long energy = model.parameters("energy");
    long initializer = model.parameters("initializer");
    report.line(
        String.format(
            Locale.ROOT,
            "Wrote %s: %s, %,d + %,d parameters.",
            target,
            shape,
            energy,
            initializer));
    report.value("output", target.toString());
    report.value("shape", shape);
    report.value("classes", model.description().spec().classes());
    report.value("energyParameters", energy);
    report.value("initializerParameters", initializer);
    report.value("averaged", averaged);
    report.value("checksum", checksum);
    return 0;
  }

  private String stem() {
    return String.valueOf(file.getFileName()).replaceFirst("(\\.pth)?(\\.tar)?$", "");
  }
}
