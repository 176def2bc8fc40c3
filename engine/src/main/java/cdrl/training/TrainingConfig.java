package cdrl.training;

import cdrl.data.PlaneShape;
import cdrl.model.ModelSpec;
import cdrl.model.Prediction;
import cdrl.sampling.LangevinKernels.Format;
import cdrl.sampling.LangevinKernels.Kernel;
import cdrl.schedule.ScheduleSpec;
import java.nio.file.Path;
import java.util.List;

/**
 * Everything that decides what a training run does. Read one with {@link ConfigFile}, which checks
 * names, types and ranges and says what is wrong with them; {@link Settings} lists every setting
 * with its range, default and meaning.
 *
 * @param name a short name of the model for people
 * @param data what to learn
 * @param model the networks
 * @param schedule the noise levels
 * @param langevinSteps K, the Langevin steps per level
 * @param prediction what the initializer predicts; none for training without one
 * @param training how to learn
 * @param guard when to call a run diverged, and what then
 * @param output what to write into the run folder and when
 * @param compute how to compute
 */
public record TrainingConfig(
    String name,
    Data data,
    ModelSpec model,
    ScheduleSpec schedule,
    int langevinSteps,
    Prediction prediction,
    Training training,
    Guard guard,
    Output output,
    Compute compute) {

  /** What to learn. */
  public sealed interface Data permits Shape, PointsFile, Picture, Images {}

  /**
   * A distribution in the plane that comes with the program.
   *
   * @param shape which one
   * @param points the number of points in the data set
   */
  public record Shape(PlaneShape shape, int points) implements Data {}

  /**
   * Points in the plane from a text file.
   *
   * @param path absolute path of the file
   * @param points the most points to read
   */
  public record PointsFile(Path path, int points) implements Data {}

  /**
   * A distribution in the plane that was painted as a grey picture.
   *
   * @param path absolute path of the picture
   * @param points the number of points in the data set
   */
  public record Picture(Path path, int points) implements Data {}

  /**
   * Images from a file or folder, whose kind is recognized by its content.
   *
   * @param path absolute path of the file or folder
   * @param resolution width and height in pixels that images are brought to
   * @param channels 1 (grey) or 3 (colour)
   * @param flip whether half of the images are mirrored at random
   * @param labels which classes the images have
   */
  public record Images(Path path, int resolution, int channels, boolean flip, Labels labels)
      implements Data {}

  /**
   * What the networks are told about an image besides its noise level.
   *
   * @param kind where the classes come from
   * @param classes the number of classes of the data, for {@link LabelKind#CLASSES}
   * @param names the names of the classes; empty for those that the data come with
   * @param attributes the attributes whose values are classes, for {@link LabelKind#ATTRIBUTES}
   * @param dropping the share of images that are shown without their class, so that the networks
   *     learn the case "no class" too; 0 to below 1
   */
  public record Labels(
      LabelKind kind, int classes, List<String> names, List<String> attributes, double dropping) {
    /** No classes. */
    public static final Labels NONE =
        new Labels(LabelKind.NONE, 10, List.of(), List.of("Male", "Smiling", "Young"), 0.1);

    /** Copies the lists. */
    public Labels {
      names = List.copyOf(names);
      attributes = List.copyOf(attributes);
    }

    /** The number of classes that the networks have, 0 for networks without classes. */
    public int count() {
      return switch (kind) {
        case NONE -> 0;
        case CLASSES -> classes;
        // An attribute holds or it does not.
        case ATTRIBUTES -> 2 * attributes.size();
      };
    }
  }

  /** Where classes come from. */
  public enum LabelKind {
    /** There are none. */
    NONE,
    /** The data say which class an image belongs to. */
    CLASSES,
    /**
     * Each value of each attribute is a class; in every batch an image gets the class of one
     * attribute picked at random.
     */
    ATTRIBUTES
  }

  /**
   * A learning rate with a linear warm-up.
   *
   * @param peak the rate after the warm-up
   * @param headStart iterations by which the warm-up is ahead at the start
   * @param warmup iterations of the warm-up; 0 for none
   */
  public record LearningRate(double peak, long headStart, long warmup) {
    /**
     * The rate of an iteration: peak · min(1, (iteration + headStart) / warmup).
     *
     * @param iteration counted from 0
     */
    public double at(long iteration) {
      return warmup == 0 ? peak : peak * Math.min(1, (double) (iteration + headStart) / warmup);
    }

    LearningRate withPeak(double other) {
      return new LearningRate(other, headStart, warmup);
    }
  }

  /**
   * How to learn (algorithm 1).
   *
   * @param iterations the iteration at which training ends
   * @param batch items per iteration
   * @param seed all random numbers follow from it
   * @param varianceReduction whether x_t and x_{t−1} share their noise (eq. 9)
   * @param teacher what the initializer learns from
   * @param energyRate learning rate of the energy model
   * @param initializerRate learning rate of the initializer
   * @param beta1 decay of the first moment in Adam, for both networks
   * @param beta2 decay of the second moment in Adam, for both networks
   * @param gradientClip the largest norm of a gradient, for both networks
   * @param averageDecay decay of the exponential moving averages of the parameters
   * @param cooldown the last iterations, over which both rates fall linearly to zero; 0 for none
   * @param start the name or path of the model whose weights to start from; empty for random ones
   */
  public record Training(
      long iterations,
      int batch,
      long seed,
      boolean varianceReduction,
      Teacher teacher,
      LearningRate energyRate,
      LearningRate initializerRate,
      double beta1,
      double beta2,
      double gradientClip,
      double averageDecay,
      long cooldown,
      String start) {

    /** The same with other learning rates after the warm-up. */
    Training withPeaks(double energyPeak, double initializerPeak) {
      return new Training(
          iterations,
          batch,
          seed,
          varianceReduction,
          teacher,
          energyRate.withPeak(energyPeak),
          initializerRate.withPeak(initializerPeak),
          beta1,
          beta2,
          gradientClip,
          averageDecay,
          cooldown,
          start);
    }

    /** The learning rate of the energy model in an iteration, counted from 0. */
    public double energyRateAt(long iteration) {
      return energyRate.at(iteration) * remaining(iteration);
    }

    /** The learning rate of the initializer in an iteration, counted from 0. */
    public double initializerRateAt(long iteration) {
      return initializerRate.at(iteration) * remaining(iteration);
    }

    /** The share of the rates that the cooldown leaves. */
    private double remaining(long iteration) {
      return cooldown == 0
          ? 1
          : Math.max(0, Math.min(1, (double) (iterations - iteration) / cooldown));
    }
  }

  /** What the initializer learns from. */
  public enum Teacher {
    /** The samples that Langevin dynamics made of its proposals (eq. 8). */
    REFINED,
    /** The less noisy data. */
    DATA
  }

  /**
   * When a run counts as diverged, and what then. Numbers that are not finite always count.
   *
   * @param restarts how often to go back to the last good checkpoint, 0 for never
   * @param rateFactor what both learning rates are multiplied with at every restart
   * @param patience iterations in a row for which a limit must be exceeded
   * @param gradientGrowth limit of the gradient's norm before clipping, in units of its usual norm
   * @param driftToNoise limit of how far gradients move a sample in Langevin dynamics, in units of
   *     how far noise moves it
   * @param energyDifference limit of the distance between the mean energies of data and samples of
   *     a noise level, as the network gives them, in units of the square root of an item's size
   */
  public record Guard(
      int restarts,
      double rateFactor,
      int patience,
      double gradientGrowth,
      double driftToNoise,
      double energyDifference) {}

  /**
   * What to write into the run folder and when; everything is counted in iterations.
   *
   * @param logEvery between two rows of metrics
   * @param sampleEvery between two sample sheets; 0 for none
   * @param sampleCount samples on a sheet
   * @param checkpointEvery between two checkpoints
   * @param keepCheckpoints how many of the newest checkpoints stay
   */
  public record Output(
      int logEvery, int sampleEvery, int sampleCount, int checkpointEvery, int keepCheckpoints) {
    private static final int GRADIENTS_APART = 50;

    /**
     * The iterations between two measurements of the gradients of each noise level: those between
     * rows of metrics, but where rows are written more often, only some rows tell them, so that
     * they take little of the time.
     */
    public int levelGradientsEvery() {
      return logEvery * ((GRADIENTS_APART - 1) / logEvery + 1);
    }
  }

  /**
   * How to compute.
   *
   * @param kernel the implementation of the Langevin chain
   * @param precision the number format of the Langevin chain
   * @param replicas over how many devices a batch is split
   */
  public record Compute(Kernel kernel, Format precision, int replicas) {}
}
