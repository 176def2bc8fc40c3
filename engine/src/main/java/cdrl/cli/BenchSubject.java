package cdrl.cli;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import cdrl.evaluate.Stopwatch;
import cdrl.model.CdrlModel;
import cdrl.model.FrozenEnergy;
import cdrl.model.ModelSpec;
import cdrl.model.Parameters;
import cdrl.runtime.Cancellation;
import cdrl.runtime.HostTensor;
import cdrl.runtime.RandomNumbers;
import cdrl.sampling.LangevinKernel;
import cdrl.sampling.LangevinLevels;
import cdrl.sampling.NoiseSource;
import cdrl.sampling.SampleObserver;
import cdrl.sampling.Sampler;
import cdrl.sampling.SamplingSettings;
import cdrl.training.Adam;
import cdrl.training.Averages;
import cdrl.training.CooperativeStep;
import cdrl.training.Dials;
import cdrl.training.TrainingNoise;

/** A model with a batch, on which kernels are measured. Use it on the tensor lane. */
final class BenchSubject {
  private final CdrlModel model;
  private final int batch;
  private final long seed;
  private final NoiseSource noise;
  private final Shape shape;
  private final int[] levels;

  BenchSubject(CdrlModel model, int batch, long seed) {
    this.model = model;
    this.batch = batch;
    this.seed = seed;
    ModelSpec spec = model.description().spec();
    noise = NoiseSource.of(seed, 0);
    shape = new Shape(batch).addAll(new Shape(spec.itemShape()));
    levels = new int[batch];
    for (int i = 0; i < batch; i++) {
      levels[i] = 1 + i % model.schedule().levels();
    }
  }

  /** K, the Langevin steps of a chain. */
  int steps() {
    return model.description().langevinSteps();
  }

  /** One chain of K Langevin steps, with a noise level of its own for each item as in training. */
  Stopwatch.Work chain(LangevinKernel kernel, Cancellation cancellation) {
    return () -> {
      try (NDManager scope = model.manager().newSubManager()) {
        NDArray noisier = noise.start(scope, shape);
        NDArray proposal = noise.proposal(scope, shape, 0);
        kernel
            .refine(
                scope,
                new LangevinKernel.Chain(
                    model.energy(),
                    LangevinLevels.of(model, steps(), levels),
                    null,
                    proposal,
                    noisier,
                    steps(),
                    (manager, step) -> noise.langevin(manager, shape, 0, step),
                    null),
                null,
                cancellation)
            .toFloatArray();
      }
    };
  }

  /** One run of the sampler through all noise levels. */
  Stopwatch.Work sampling(LangevinKernel kernel, Cancellation cancellation) {
    Sampler sampler = new Sampler(model, kernel);
    SamplingSettings settings =
        new SamplingSettings(batch, seed, steps(), false, model.schedule().levels());
    return () -> sampler.sample(settings, SampleObserver.NONE, cancellation);
  }

  /** One training iteration; every call makes the next one. */
  Stopwatch.Work training(LangevinKernel kernel, Cancellation cancellation) {
    Parameters energy = model.energy().parameters();
    Parameters initializer = model.initializer().parameters();
    CooperativeStep step =
        new CooperativeStep(
            model,
            new Adam(energy, 0.9, 0.999),
            new Adam(initializer, 0.9, 0.999),
            kernel,
            CooperativeStep.Rules.PUBLISHED);
    Averages energyAverages = new Averages(energy, 0.999, true);
    Averages initializerAverages = new Averages(initializer, 0.999, true);
    float[] values = new float[(int) shape.size()];
    new RandomNumbers(seed).normal(RandomNumbers.Purpose.DATA, 0, 0, values);
    HostTensor data = new HostTensor(shape.getShape(), values);
    long[] iteration = {0};
    return () -> {
      step.run(
          data,
          levels,
          null,
          TrainingNoise.of(new RandomNumbers(seed), iteration[0]),
          new Dials(1e-5, 1e-5, steps()),
          CooperativeStep.Detail.NONE,
          cancellation);
      energyAverages.update(iteration[0]);
      initializerAverages.update(iteration[0]);
      iteration[0]++;
    };
  }

  /**
   * The operations that the layers of one Langevin step need for the batch: once through the
   * network and once back; a multiplication and an addition count as two.
   */
  double operationsPerStep() {
    try (NDManager scope = model.manager().newSubManager()) {
      FrozenEnergy energy = model.energy().frozen(scope, new float[] {0}, null);
      double pixels = 1;
      if (shape.dimension() == 4) {
        pixels = (double) shape.get(2) * shape.get(3);
      }
      double multiplications = energy.weights().get(0).size() * pixels;
      int next = 2;
      for (int level = 0; level < energy.blocks().length; level++) {
        for (int block = 0; block < energy.blocks()[level]; block++) {
          Shape first = energy.weights().get(next).getShape();
          multiplications += first.size() * pixels;
          multiplications += energy.weights().get(next + 1).size() * pixels;
          next += 3;
          if (first.get(0) != first.get(1)) {
            multiplications += energy.weights().get(next).size() * pixels;
            next += 2;
          }
        }
        pixels = Math.ceil(pixels / 4);
      }
      return 4 * multiplications * batch;
    }
  }
}
