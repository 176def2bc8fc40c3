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
import cdrl.schedule.NoiseSchedule;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/** Draws samples of a model in training as a picture. Runs on the tensor lane. */
final class SampleSheet {
  private static final int SIDE = 256;
  private static final int LEVEL_SIDE = 128;
  private static final int LEVEL_IMAGES = 4;
  private static final double EXTENT = 8;
  private static final int POINTS_PER_SAMPLE = 64;
  private static final int MOST_COLUMNS = 20;

  private SampleSheet() {}

  /**
   * Images become a sheet, with a column for each class where there are any; points become a
   * picture of [-8, 8]² that is brighter where more of them lie, with 64 points for each sample
   * asked for.
   *
   * @return the samples
   */
  static HostTensor write(
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
      Pictures.write(file, scatter(samples, SIDE), notes);
    } else {
      int classes = model.description().spec().classes();
      SheetLayout layout = SheetLayout.square(count).withScale(2);
      Pictures.writeSheet(
          file,
          samples,
          classes > 0 && classes <= MOST_COLUMNS ? layout.withColumns(classes) : layout,
          notes);
    }
    return samples;
  }

  /** The classes by turns, where the model has any. */
  private static Condition everyClass(CdrlModel model) {
    List<Integer> classes = model.description().allClasses();
    return classes.isEmpty() ? Condition.NONE : new Condition.Guided(classes, 0);
  }

  /**
   * Draws what happened to the items of an iteration, a row for each noise level from the lowest:
   * proposals, then refined samples, then data.
   *
   * @param outcome an outcome with its images
   */
  static void writeLevels(
      Path file, CooperativeStep.Outcome outcome, NoiseSchedule schedule, long iteration) {
    long[] item = outcome.data().shape();
    boolean points = item.length == 2;
    int columns = points ? 1 : LEVEL_IMAGES;
    long[] tile =
        points ? new long[] {1, LEVEL_SIDE, LEVEL_SIDE} : Arrays.copyOfRange(item, 1, item.length);
    List<HostTensor> tiles = new ArrayList<>();
    for (int level = 1; level <= schedule.levels(); level++) {
      int t = level;
      int[] items =
          IntStream.range(0, outcome.levels().length)
              .filter(i -> outcome.levels()[i] == t)
              .toArray();
      HostTensor proposals = scaled(outcome.proposal(), 1 / schedule.inputScale(level));
      for (HostTensor part : List.of(proposals, outcome.refined(), outcome.data())) {
        if (points) {
          tiles.add(scatter(select(part, items), LEVEL_SIDE));
        } else {
          for (int i = 0; i < columns; i++) {
            tiles.add(i < items.length ? part.get(items[i]) : blank(tile));
          }
        }
      }
    }
    Pictures.writeSheet(
        file,
        stacked(tiles, tile),
        new SheetLayout(3 * columns, 2, 1),
        Map.of(
            "iteration",
            Long.toString(iteration),
            "columns",
            "proposals, refined samples, data; a row for each noise level"));
  }

  private static HostTensor scaled(HostTensor tensor, double factor) {
    float[] values = new float[tensor.values().length];
    for (int i = 0; i < values.length; i++) {
      values[i] = (float) (tensor.values()[i] * factor);
    }
    return new HostTensor(tensor.shape(), values);
  }

  private static HostTensor select(HostTensor points, int... items) {
    float[] values = new float[2 * items.length];
    for (int i = 0; i < items.length; i++) {
      System.arraycopy(points.values(), 2 * items[i], values, 2 * i, 2);
    }
    return new HostTensor(new long[] {items.length, 2}, values);
  }

  private static HostTensor blank(long... shape) {
    float[] values = new float[Math.toIntExact(HostTensor.elements(shape))];
    Arrays.fill(values, -1);
    return new HostTensor(shape, values);
  }

  private static HostTensor stacked(List<HostTensor> tiles, long... tile) {
    int size = Math.toIntExact(HostTensor.elements(tile));
    float[] values = new float[Math.multiplyExact(tiles.size(), size)];
    for (int i = 0; i < tiles.size(); i++) {
      System.arraycopy(tiles.get(i).values(), 0, values, i * size, size);
    }
    return new HostTensor(new long[] {tiles.size(), tile[0], tile[1], tile[2]}, values);
  }

  private static HostTensor scatter(HostTensor points, int side) {
    float[] pixels = new float[side * side];
    Arrays.fill(pixels, -1);
    for (int i = 0; i < points.count(); i++) {
      int column = (int) Math.floor((points.values()[2 * i] / EXTENT + 1) / 2 * side);
      int row = (int) Math.floor((1 - points.values()[2 * i + 1] / EXTENT) / 2 * side);
      if (column >= 0 && column < side && row >= 0 && row < side) {
        int pixel = row * side + column;
        pixels[pixel] = Math.min(1, pixels[pixel] + 0.7f);
      }
    }
    return new HostTensor(new long[] {1, side, side}, pixels);
  }
}
