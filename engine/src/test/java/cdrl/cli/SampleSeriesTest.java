package cdrl.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import cdrl.model.CdrlModel;
import cdrl.runtime.Cancellation;
import cdrl.runtime.Computation;
import cdrl.runtime.DeviceChoice;
import cdrl.runtime.TensorRuntime;
import cdrl.sampling.EagerLangevin;
import cdrl.sampling.LangevinKernel;
import cdrl.sampling.Sampler;
import cdrl.sampling.SamplingSettings;
import cdrl.store.ModelFile;
import cdrl.store.StoredModel;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.util.concurrent.CancellationException;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SampleSeriesTest {
  /** So many numbers in a sample that every sample is a part of its own. */
  private static final long LARGE = 1 << 30;

  @TempDir private Path folder;

  /** A kernel that is asked to stop while it refines for the given time. */
  private record Stopping(LangevinKernel kernel, int[] left, Cancellation cancellation)
      implements LangevinKernel {
    @Override
    public Computation computation() {
      return kernel.computation();
    }

    @Override
    public NDArray refine(
        NDManager scope, Chain chain, @Nullable StepObserver observer, Cancellation given) {
      if (--left[0] == 0) {
        cancellation.cancel();
      }
      return kernel.refine(scope, chain, observer, given);
    }
  }

  @Test
  void whatIsFinishedWhenAStopIsAskedForIsKept() {
    StoredModel stored = ModelFile.read(Path.of(TestModels.points(folder)));
    try (TensorRuntime runtime = TensorRuntime.open(DeviceChoice.CPU, 1)) {
      runtime.run(
          lane -> {
            try (CdrlModel model = CdrlModel.of(stored.description(), stored.weights(), runtime)) {
              // Three noise levels for every part: the fifth is in the second part.
              assertEquals(1, series(model, 5, new Cancellation(), false));
              assertThrows(
                  CancellationException.class, () -> series(model, 5, new Cancellation(), true));
              assertThrows(
                  CancellationException.class, () -> series(model, 2, new Cancellation(), false));
              assertEquals(3, series(model, 100, new Cancellation(), true));
              return true;
            }
          });
    }
  }

  private static int series(CdrlModel model, int stopAt, Cancellation cancellation, boolean all) {
    Sampler sampler =
        new Sampler(model, new Stopping(new EagerLangevin(), new int[] {stopAt}, cancellation));
    ProgressBar bar = new ProgressBar(new PrintWriter(new StringWriter()), false, "Sampling");
    SampleSeries series =
        new SampleSeries(sampler, new SamplingSettings(3, 1, 1, false, 3), null, bar);
    return (all ? series.draw(LARGE, cancellation) : series.drawUntilCancelled(LARGE, cancellation))
        .count();
  }
}
