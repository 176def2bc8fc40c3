package cdrl.evaluate;

import cdrl.evaluate.ParityCheck.Row;
import cdrl.evaluate.ParityCheck.Verdict;
import cdrl.model.CdrlModel;
import cdrl.model.ImageModelSpec;
import cdrl.model.ModelDescription;
import cdrl.runtime.Cancellation;
import cdrl.runtime.HostTensor;
import cdrl.runtime.TensorRuntime;
import cdrl.store.StoredModel;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.BiConsumer;
import java.util.function.Consumer;

/** Finds the checkpoint that belongs to a file of expected arrays, and compares. */
final class TensorParity {
  private final TensorRuntime runtime;
  private final Checkpoints checkpoints;
  private final ExpectedArrays expected;
  private final String stem;

  /** A way in which the expected numbers may have come about. */
  private record Hypothesis(StoredModel model, String note) {}

  /**
   * @param name the file with the expected arrays
   */
  TensorParity(TensorRuntime runtime, Path folder, String name) {
    this.runtime = runtime;
    this.checkpoints = new Checkpoints(folder);
    this.expected = ExpectedArrays.read(folder.resolve(name));
    this.stem = name.substring(0, name.length() - ".npz".length());
  }

  /** Compares everything in the file; a file that is none of the known cases gives no rows. */
  void check(Consumer<Row> rows, Cancellation cancellation) {
    if (expected.has("it0_x0")) {
      checkTraining(rows, cancellation);
    } else if (expected.has("noise_000")) {
      checkTrace(rows, cancellation);
    } else if (expected.has("x") && expected.has("logsnr")) {
      checkFirstThatHolds(
          hypotheses("x", List.of(Checkpoints.PUBLISHED_STEPS)),
          (networks, found) -> {
            NetworkParity parity = new NetworkParity(networks, expected, found);
            if (expected.has("energy") || expected.has("grad")) {
              parity.checkEnergy();
            }
            for (String output : List.of("out", "init_out")) {
              if (expected.has(output)) {
                parity.checkInitializer(output);
              }
            }
          },
          rows,
          cancellation);
    }
  }

  private void checkTrace(Consumer<Row> rows, Cancellation cancellation) {
    int steps = expected.has("K") ? expected.integer("K") : Checkpoints.PUBLISHED_STEPS;
    // The file does not say how many steps the model was trained with. A run with fewer steps
    // takes larger ones.
    List<Integer> trained =
        steps == Checkpoints.PUBLISHED_STEPS
            ? List.of(steps)
            : List.of(steps, Checkpoints.PUBLISHED_STEPS);
    checkFirstThatHolds(
        hypotheses("noise_000", trained),
        (networks, found) -> new TraceParity(networks, expected, steps, found).check(cancellation),
        rows,
        cancellation);
  }

  private void checkTraining(Consumer<Row> rows, Cancellation cancellation) {
    String start = stem + "_start";
    if (!checkpoints.has(start)) {
      rows.accept(notChecked("'" + start + ".pth.tar' is not there"));
      return;
    }
    int steps = expected.has("K") ? expected.integer("K") : Checkpoints.PUBLISHED_STEPS;
    StoredModel model = checkpoints.read(start, expected, "it0_x0", steps);
    String end = stem + "_after" + TrainingParity.iterations(expected);
    Map<String, HostTensor> after =
        checkpoints.has(end)
            ? checkpoints.read(end, expected, "it0_x0", steps).weights()
            : Map.of();
    with(
        withoutDropout(model.description()),
        model,
        cancellation,
        networks -> new TrainingParity(networks, expected, rows).check(after, cancellation));
    if (after.isEmpty()) {
      rows.accept(notChecked("the weights, because '" + end + ".pth.tar' is not there"));
    }
  }

  /**
   * Every checkpoint that can be meant, with every number of steps it can have been trained with.
   */
  private List<Hypothesis> hypotheses(String array, List<Integer> steps) {
    String name = stem.replaceFirst("^(ebm|unet|trace)_", "");
    List<String> candidates = checkpoints.candidates(name, expected, array);
    List<Hypothesis> hypotheses = new ArrayList<>();
    for (String candidate : candidates) {
      for (int trained : steps) {
        List<String> notes = new ArrayList<>();
        if (!name.equals(candidate) && !name.startsWith(candidate + "_")) {
          notes.add("with " + candidate + ".pth.tar");
        }
        if (trained != steps.get(0)) {
          notes.add("steps enlarged as for a model trained with " + trained);
        }
        hypotheses.add(
            new Hypothesis(
                checkpoints.read(candidate, expected, array, trained), String.join(", ", notes)));
      }
    }
    return hypotheses;
  }

  /** Reports the first hypothesis that holds, or where none does, the first of all. */
  private void checkFirstThatHolds(
      List<Hypothesis> hypotheses,
      BiConsumer<CdrlModel, Consumer<Row>> check,
      Consumer<Row> rows,
      Cancellation cancellation) {
    if (hypotheses.isEmpty()) {
      rows.accept(notChecked("no checkpoint (.pth.tar) of the folder fits"));
      return;
    }
    List<Row> first = List.of();
    for (Hypothesis hypothesis : hypotheses) {
      List<Row> found = new ArrayList<>();
      with(
          hypothesis.model().description(),
          hypothesis.model(),
          cancellation,
          networks -> check.accept(networks, row -> found.add(row.withNote(hypothesis.note()))));
      if (found.stream().noneMatch(row -> row.verdict() == Verdict.FAILED)) {
        found.forEach(rows);
        return;
      }
      first = first.isEmpty() ? found : first;
    }
    first.forEach(rows);
  }

  private Row notChecked(String note) {
    return Row.notChecked(expected.file(), note);
  }

  private void with(
      ModelDescription description,
      StoredModel model,
      Cancellation cancellation,
      Consumer<CdrlModel> check) {
    runtime.run(
        cancellation,
        ignored -> {
          try (CdrlModel networks = CdrlModel.of(description, model.weights(), runtime)) {
            check.accept(networks);
          }
          return true;
        });
  }

  /** Expected numbers of training cannot hold dropout, whose masks nobody could know. */
  private static ModelDescription withoutDropout(ModelDescription description) {
    if (!(description.spec() instanceof ImageModelSpec spec)) {
      return description;
    }
    ImageModelSpec.Unet unet = spec.initializer();
    return new ModelDescription(
        description.name(),
        new ImageModelSpec(
            spec.resolution(),
            spec.imageChannels(),
            spec.classes(),
            spec.conditionalInitializer(),
            spec.energy(),
            new ImageModelSpec.Unet(
                unet.channels(), unet.multipliers(), unet.blocks(), unet.attention(), 0)),
        description.schedule(),
        description.langevinSteps(),
        description.classNames(),
        description.attributeNames(),
        description.provenance());
  }
}
