package cdrl.evaluate;

import cdrl.runtime.Cancellation;
import cdrl.runtime.ResidentMemory;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalLong;
import java.util.function.IntConsumer;

/**
 * Times several ways to do the same in turn, round by round, so that whatever else the machine does
 * meets all of them alike.
 */
public final class Stopwatch {
  private Stopwatch() {}

  /** One way to do it. */
  @FunctionalInterface
  public interface Work {
    /** Does it once, to the end. */
    void run() throws Exception;
  }

  /**
   * One way to do it.
   *
   * @param name for people
   */
  public record Contestant(String name, Work work) {}

  /**
   * What was measured.
   *
   * @param name of the contestant
   * @param seconds of each round
   * @param peakMemory the most memory that the process had in use during the contestant's rounds,
   *     in bytes
   */
  public record Times(String name, List<Double> seconds, OptionalLong peakMemory) {
    /** The median over the rounds, in seconds. */
    public double median() {
      double[] sorted = seconds.stream().mapToDouble(value -> value).sorted().toArray();
      int middle = sorted.length / 2;
      return sorted.length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
    }
  }

  /**
   * Runs all contestants once without timing, then times them in turn.
   *
   * @param rounds at least 1
   * @param progress told the number of runs made
   */
  public static List<Times> inTurn(
      List<Contestant> contestants, int rounds, IntConsumer progress, Cancellation cancellation)
      throws Exception {
    double[][] seconds = new double[contestants.size()][rounds];
    long[] peaks = new long[contestants.size()];
    int made = 0;
    for (int round = -1; round < rounds; round++) {
      for (int i = 0; i < contestants.size(); i++) {
        cancellation.throwIfCancelled();
        ResidentMemory.resetPeak();
        long begin = System.nanoTime();
        contestants.get(i).work().run();
        double taken = (System.nanoTime() - begin) / 1e9;
        if (round >= 0) {
          seconds[i][round] = taken;
          peaks[i] = Math.max(peaks[i], ResidentMemory.peak().orElse(0));
        }
        progress.accept(++made);
      }
    }
    List<Times> times = new ArrayList<>();
    for (int i = 0; i < peaks.length; i++) {
      times.add(
          new Times(
              contestants.get(i).name(),
              Arrays.stream(seconds[i]).boxed().toList(),
              peaks[i] == 0 ? OptionalLong.empty() : OptionalLong.of(peaks[i])));
    }
    return times;
  }
}
