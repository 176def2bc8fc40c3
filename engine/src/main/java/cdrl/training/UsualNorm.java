package cdrl.training;

/** What the norm of a gradient usually was: a geometric mean that slowly forgets. */
final class UsualNorm {
  private final int learning;
  private final int memory;
  private long count;
  private double logarithm;

  /**
   * @param learning measurements before it is known
   * @param memory how many measurements it reaches back
   */
  UsualNorm(int learning, int memory) {
    this.learning = learning;
    this.memory = memory;
  }

  /** How many times as long as usual a gradient is; 0 as long as that is not known. */
  double growth(double norm) {
    return count < learning ? 0 : norm / Math.exp(logarithm);
  }

  /** Learns from a norm; one of 0 says nothing. */
  void add(double norm) {
    if (norm > 0) {
      count++;
      logarithm += (Math.log(norm) - logarithm) / Math.min(count, memory);
    }
  }

  /** Goes on from what {@link #toString} gave. */
  void restore(String counted, String mean) {
    count = Long.parseLong(counted);
    logarithm = Double.parseDouble(mean);
  }

  /** Two numbers for a checkpoint. */
  @Override
  public String toString() {
    return count + " " + logarithm;
  }
}
