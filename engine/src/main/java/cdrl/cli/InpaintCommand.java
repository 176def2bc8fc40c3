package cdrl.cli;

import cdrl.data.Fit;
import cdrl.data.InpaintingInput;
import cdrl.model.CdrlModel;
import cdrl.model.ImageModelSpec;
import cdrl.model.ModelDescription;
import cdrl.runtime.Cancellation;
import cdrl.runtime.CdrlException;
import cdrl.runtime.HostTensor;
import cdrl.runtime.TensorRuntime;
import cdrl.sampling.Inpainter;
import cdrl.sampling.SampleObserver;
import cdrl.sampling.SamplingSettings;
import cdrl.store.StoredModel;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Fills masked parts of a picture. */
@Command(
    name = "inpaint",
    sortOptions = false,
    description = {
      "Fills the white parts of a mask in a picture with what a model finds plausible.",
      "Candidates are ordered by their energy, the most plausible first; pixels outside of the mask"
          + " stay as they are, bit for bit."
    })
final class InpaintCommand extends SubCommand {
  @Parameters(paramLabel = "MODEL", description = MODEL_HELP)
  private String model;

  @Option(names = "--image", paramLabel = "IN", required = true, description = "The picture.")
  private Path image;

  @Option(
      names = "--mask",
      paramLabel = "MASK",
      required = true,
      description = "A picture of the same size: white is filled, black is kept.")
  private Path mask;

  @Option(
      names = "-n",
      paramLabel = "N",
      defaultValue = "4",
      description = "How many candidates (default: ${DEFAULT-VALUE}).")
  private int count;

  @Mixin private SeedOption seed;

  @Option(
      names = "--steps",
      paramLabel = "K",
      description = "Langevin steps per noise level (default: as many as in training).")
  private @Nullable Integer steps;

  @Mixin private ConditionOptions condition;

  @Option(
      names = "--start-level",
      paramLabel = "T",
      description = {
        "How strongly the masked part is imagined anew: the noise level at which its own pixels",
        "start, 1 to the model's highest. At the highest (the default) nothing of them is left."
      })
  private @Nullable Integer startLevel;

  @Option(
      names = "--rounds",
      paramLabel = "R",
      defaultValue = "" + Inpainter.USUAL_ROUNDS,
      description = {
        "How often the upper noise levels are gone through, so that the filled part comes to agree"
            + " with the rest (default: ${DEFAULT-VALUE}). 1 is the procedure of the paper."
      })
  private int rounds;

  @Option(
      names = "--fit",
      paramLabel = "HOW",
      defaultValue = "exact",
      description = {
        "What to do with a picture of another size than the model's: exact refuses it (the"
            + " default), crop takes the square in the middle, stretch takes all of it,"
            + " aligned_face takes the part that CelebA models know."
      })
  private Fit fit;

  @Option(
      names = "--scale-mask",
      description = "Scales a mask of another size than the picture instead of refusing it.")
  private boolean scaleMask;

  @Option(
      names = {"-o", "--output"},
      paramLabel = "OUT",
      required = true,
      description = "A PNG file for all candidates in one, or a folder (DIR/) for single ones.")
  private String output;

  @Override
  int run(Report report) {
    check("-n", count, 1, 4096);
    check("--steps", steps, 1, 1000);
    check("--rounds", rounds, 1, 100);
    StoredModel stored = library().open(model);
    ModelDescription description = stored.description();
    if (!(description.spec() instanceof ImageModelSpec images)) {
      throw new CdrlException(
          "The model '{0}' makes points in the plane; inpainting needs one for images.", model);
    }
    check("--start-level", startLevel, 1, description.schedule().levels());
    InpaintingInput input =
        InpaintingInput.read(
            image, mask, images.resolution(), images.imageChannels(), fit, scaleMask);
    SampleTarget target = SampleTarget.of(output, images);
    SamplingSettings settings =
        new SamplingSettings(
                count,
                seed.choose(),
                steps != null ? steps : description.langevinSteps(),
                false,
                startLevel != null ? startLevel : description.schedule().levels())
            .withCondition(condition.of(description));
    Inpainter.Result result = fill(stored, input, settings, report);
    target.write(result.images(), metadata(stored, settings));
    List<Double> energies = new ArrayList<>();
    for (int i = 0; i < result.energies().length; i++) {
      energies.add((double) result.energies()[i]);
      report.line(
          String.format(Locale.ROOT, "Candidate %d: energy %.3f", i + 1, result.energies()[i]));
    }
    report.value("model", description.name());
    report.value("output", output);
    report.value("energies", energies);
    return 0;
  }

  private Inpainter.Result fill(
      StoredModel stored, InpaintingInput input, SamplingSettings settings, Report report) {
    try (TensorRuntime runtime = engine().open();
        ProgressBar bar = progress("Inpainting")) {
      Cancellation cancellation = cancellation();
      report.line("Seed: " + settings.seed(), "seed", settings.seed());
      return runtime.run(
          cancellation,
          ignored -> {
            try (CdrlModel networks =
                CdrlModel.of(stored.description(), stored.weights(), runtime)) {
              return new Inpainter(networks, engine().kernel(runtime))
                  .inpaint(
                      input.image(),
                      input.mask(),
                      rounds,
                      settings,
                      new LevelProgress(bar, settings.startLevel()),
                      cancellation);
            }
          });
    }
  }

  private Map<String, String> metadata(StoredModel stored, SamplingSettings settings) {
    Map<String, String> metadata = Notes.of(stored, settings);
    metadata.put("cdrl.image", String.valueOf(image.getFileName()));
    metadata.put("cdrl.mask", String.valueOf(mask.getFileName()));
    metadata.put("cdrl.rounds", Integer.toString(rounds));
    return metadata;
  }

  /** Shows the noise level. */
  private record LevelProgress(ProgressBar bar, int levels) implements SampleObserver {
    @Override
    public boolean wantsSteps() {
      return false;
    }

    @Override
    public void started(int level, HostTensor noise) {
      bar.update(0, levels, "");
    }

    @Override
    public void refined(int level, HostTensor refined) {
      bar.update(levels - level, levels, "");
    }
  }
}
