package cdrl.training;

/** Where the time of a training run goes. */
public final class RunCosts {
  /** What takes time. */
  public enum Part {
    /** An iteration, the wait for its batch included. */
    ITERATION,
    /** The gradients of each noise level by itself. */
    GRADIENTS,
    /** A row of metrics. */
    ROW,
    /** A sample sheet and the sheet of noise levels, with the distance of the samples. */
    SHEET,
    /** A checkpoint and the model for use. */
    CHECKPOINT
  }

  private final long[] times = new long[Part.values().length];
  private final double[] seconds = new double[Part.values().length];

  /**
   * Notes that something was done.
   *
   * @param begun when it began, by {@link System#nanoTime}
   */
  void add(Part part, long begun) {
    addSeconds(part, (System.nanoTime() - begun) / 1e9);
  }

  /** Notes an iteration, and apart from it what the gradients of its levels took. */
  void addIteration(long begun, LevelGradients gradients) {
    addSeconds(Part.ITERATION, (System.nanoTime() - begun) / 1e9 - gradients.seconds());
    if (gradients.isMeasured()) {
      addSeconds(Part.GRADIENTS, gradients.seconds());
    }
  }

  private void addSeconds(Part part, double took) {
    times[part.ordinal()]++;
    seconds[part.ordinal()] += took;
  }

  /** How often it was done. */
  public long times(Part part) {
    return times[part.ordinal()];
  }

  /** How long it took on average, in seconds; 0 when it was not done. */
  public double each(Part part) {
    return times(part) == 0 ? 0 : seconds[part.ordinal()] / times(part);
  }

  /**
   * The share of the time that goes into anything but iterations.
   *
   * @param output how often what is written; may be other intervals than those that were measured
   */
  public double overhead(TrainingConfig.Output output) {
    double beside =
        perIteration(Part.GRADIENTS, output.levelGradientsEvery())
            + perIteration(Part.ROW, output.logEvery())
            + perIteration(Part.SHEET, output.sampleEvery())
            + perIteration(Part.CHECKPOINT, output.checkpointEvery());
    return beside / (each(Part.ITERATION) + beside);
  }

  private double perIteration(Part part, int every) {
    return every == 0 ? 0 : each(part) / every;
  }
}
