package cdrl.training;

import cdrl.data.Pictures;
import cdrl.data.SheetLayout;
import cdrl.model.CdrlModel;
import cdrl.model.PointModelSpec;
import cdrl.runtime.Cancellation;
import cdrl.runtime.HostTensor;
import cdrl.sampling.Condition;
import cdrl.sampling.LangevinKernel;
import cdrl.sampling.SampleObserver;
import cdrl.sampling.Sampler;
import cdrl.sampling.SamplingSettings;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/** Draws samples of a model in training as a picture. Runs on the tensor lane. */
final class SampleSheet {
  private static final int SIDE = 256;
  private static final double EXTENT = 8;
  private static final int POINTS_PER_SAMPLE = 64;
  private static final int MOST_COLUMNS = 20;

  private SampleSheet() {}

  /**
   * Images become a sheet, with a column for each class where there are any; points become a
   * picture of [-8, 8]² that is brighter where more of them lie, with 64 points for each sample
   * asked for.
   */
  static void write(
      Path file,
      CdrlModel model,
      LangevinKernel kernel,
      int count,
      long seed,
      long iteration,
      Cancellation cancellation) {
    boolean points = model.description().spec() instanceof PointModelSpec;
    SamplingSettings settings =
        new SamplingSettings(
                points ? count * POINTS_PER_SAMPLE : count,
                seed,
                model.description().langevinSteps(),
                false,
                model.schedule().levels())
            .withCondition(everyClass(model));
    HostTensor samples =
        new Sampler(model, kernel).sample(settings, SampleObserver.NONE, cancellation);
    Map<String, String> notes =
        Map.of("iteration", Long.toString(iteration), "seed", Long.toString(seed));
    if (points) {
      Pictures.write(file, scatter(samples), notes);
    } else {
      int classes = model.description().spec().classes();
      SheetLayout layout = SheetLayout.square(count).withScale(2);
      Pictures.writeSheet(
          file,
          samples,
          classes > 0 && classes <= MOST_COLUMNS ? layout.withColumns(classes) : layout,
          notes);
    }
  }

  /** The classes by turns, where the model has any. */
  private static Condition everyClass(CdrlModel model) {
    List<Integer> classes = model.description().allClasses();
    return classes.isEmpty() ? Condition.NONE : new Condition.Guided(classes, 0);
  }

  private static HostTensor scatter(HostTensor points) {
    float[] pixels = new float[SIDE * SIDE];
    Arrays.fill(pixels, -1);
    for (int i = 0; i < points.count(); i++) {
      int column = (int) Math.floor((points.values()[2 * i] / EXTENT + 1) / 2 * SIDE);
      int row = (int) Math.floor((1 - points.values()[2 * i + 1] / EXTENT) / 2 * SIDE);
      if (column >= 0 && column < SIDE && row >= 0 && row < SIDE) {
        int pixel = row * SIDE + column;
        pixels[pixel] = Math.min(1, pixels[pixel] + 0.7f);
      }
    }
    return new HostTensor(new long[] {1, SIDE, SIDE}, pixels);
  }
}
