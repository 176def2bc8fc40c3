package cdrl.evaluate;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import cdrl.evaluate.ParityCheck.Row;
import cdrl.model.CdrlModel;
import cdrl.runtime.Cancellation;
import cdrl.runtime.CdrlException;
import cdrl.runtime.Computation;
import cdrl.runtime.HostTensor;
import cdrl.sampling.Condition;
import cdrl.sampling.EagerLangevin;
import cdrl.sampling.FusedLangevin;
import cdrl.sampling.NoiseSource;
import cdrl.sampling.SampleObserver;
import cdrl.sampling.Sampler;
import cdrl.sampling.SamplingSettings;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.function.Consumer;

/**
 * Compares a whole sampling run whose noise is given, and in every Langevin step the fused kernel
 * with the eager one. Runs on the tensor lane.
 */
final class TraceParity {
  private static final double TOLERANCE = 1e-2;
  private static final double KERNEL_TOLERANCE = 1e-3;

  private final CdrlModel model;
  private final ExpectedArrays expected;
  private final int steps;
  private final Consumer<Row> rows;

  /**
   * @param model with the number of levels of the run
   * @param steps the Langevin steps of the run
   */
  TraceParity(CdrlModel model, ExpectedArrays expected, int steps, Consumer<Row> rows) {
    this.model = model;
    this.expected = expected;
    this.steps = steps;
    this.rows = rows;
  }

  void check(Cancellation cancellation) {
    int levels = model.schedule().levels();
    int count = expected.get("noise_000").tensor().count();
    SamplingSettings settings =
        new SamplingSettings(count, 0, steps, false, levels).withCondition(condition());
    NoiseSource noise = new RecordedNoise(expected, levels, steps);
    Comparison eager = new Comparison();
    new Sampler(model, new EagerLangevin()).sample(settings, noise, eager, cancellation);
    KernelComparison fused = new KernelComparison(eager.steps);
    try (FusedLangevin kernel = new FusedLangevin(model.manager(), Computation.FLOAT32)) {
      new Sampler(model, kernel).sample(settings, noise, fused, cancellation);
    }
    rows.accept(
        Row.of(
            expected.file(), "fused kernel, worst Langevin step", fused.worst, KERNEL_TOLERANCE));
  }

  /** The class of each sample and the guidance weight, where the run had them. */
  private Condition condition() {
    List<Integer> classes = Arrays.stream(expected.labels("y")).boxed().toList();
    if (classes.isEmpty() && expected.has("guidance")) {
      throw new CdrlException(
          "The file '{0}' has a guidance weight but no classes 'y'.", expected.file());
    }
    if (classes.isEmpty()) {
      return Condition.NONE;
    }
    double weight = expected.has("guidance") ? expected.number("guidance") : 0;
    return new Condition.Guided(classes, weight);
  }

  /**
   * Noise numbered in the order of its use: x_T, then for every level from the top the noise of the
   * proposal and of each Langevin step.
   */
  private record RecordedNoise(ExpectedArrays arrays, int levels, int steps)
      implements NoiseSource {
    @Override
    public NDArray start(NDManager manager, Shape shape) {
      return recorded(manager, 0);
    }

    @Override
    public NDArray proposal(NDManager manager, Shape shape, int level) {
      return recorded(manager, 1 + (levels - 1 - level) * (steps + 1));
    }

    @Override
    public NDArray langevin(NDManager manager, Shape shape, int level, int step) {
      return recorded(manager, 1 + (levels - 1 - level) * (steps + 1) + step);
    }

    @Override
    public NDArray knownPixels(NDManager manager, Shape shape) {
      throw new IllegalStateException("sampling has no known pixels");
    }

    private NDArray recorded(NDManager manager, int number) {
      return arrays.get(String.format("noise_%03d", number)).tensor().toArray(manager);
    }
  }

  /** Compares steps with those of another run. */
  private static final class KernelComparison implements SampleObserver {
    private final Iterator<HostTensor> reference;
    private double worst;

    KernelComparison(List<HostTensor> reference) {
      this.reference = reference.iterator();
    }

    @Override
    public void stepped(int level, int step, HostTensor image) {
      worst = Math.max(worst, ExpectedArrays.error(reference.next().values(), image.values()));
    }
  }

  private final class Comparison implements SampleObserver {
    private final List<HostTensor> steps = new ArrayList<>();

    @Override
    public void stepped(int level, int step, HostTensor image) {
      steps.add(image);
    }

    @Override
    public void proposed(int level, HostTensor proposal) {
      // The file holds what the energy network sees, which is scaled.
      float scale = (float) model.schedule().inputScale(level + 1);
      float[] scaled = proposal.values().clone();
      for (int i = 0; i < scaled.length; i++) {
        scaled[i] *= scale;
      }
      compare("proposal_level_" + (level + 1), scaled);
    }

    @Override
    public void refined(int level, HostTensor refined) {
      compare("refined_level_" + (level + 1), refined.values());
    }

    @Override
    public void finished(HostTensor samples) {
      compare("final", samples.values());
    }

    private void compare(String name, float[] computed) {
      rows.accept(expected.row(name, computed, TOLERANCE));
    }
  }
}
