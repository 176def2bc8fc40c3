package cdrl.cli;

import cdrl.evaluate.AnnealedImportance;
import cdrl.evaluate.AnnealedLikelihood;
import cdrl.model.ImageModelSpec;
import cdrl.model.ModelSpec;
import cdrl.runtime.HostTensor;
import java.util.Locale;

/** What annealed importance sampling has found, and whether that is worth anything. */
final class AnnealedFigures {
  /** Beyond this the few largest weights decide alone. */
  private static final double TRUSTED_VARIANCE = 2;

  private AnnealedFigures() {}

  /**
   * Tells the figures, and gives their values for programs.
   *
   * @param count how many points or images the likelihood is of
   */
  static void report(AnnealedLikelihood found, int count, ModelSpec model, Report report) {
    AnnealedImportance.Estimate partition = found.partition();
    boolean trusted = partition.logWeightVariance() <= TRUSTED_VARIANCE;
    String items = "Mean log-likelihood of " + count + " items: ";
    report.line(
        items
            + (trusted
                ? figure(found.mean(), " nats", found.low(), found.high())
                : "unknown, probably below " + number(found.mean()) + " nats"),
        "logLikelihood",
        found.mean());
    report.value("logLikelihoodLow", found.low());
    report.value("logLikelihoodHigh", found.high());
    if (model instanceof ImageModelSpec images) {
      double bits = bits(found.mean(), HostTensor.elements(images.itemShape()));
      report.value("bitsPerDimension", bits);
      if (trusted) {
        report.line(String.format(Locale.ROOT, "That is %.4f bits per colour value.", bits));
      }
    }
    report.line(
        "Log partition function: "
            + (trusted
                ? figure(partition.logPartition(), "", partition.low(), partition.high())
                : "unknown, probably above " + number(partition.logPartition())),
        "logPartition",
        partition.logPartition());
    report.value("logPartitionLow", partition.low());
    report.value("logPartitionHigh", partition.high());
    report.line(
        String.format(
            Locale.ROOT,
            "Variance of the chains' log weights: %.4g; they are worth %.1f equal chains; %.0f %%"
                + " of steps accepted",
            partition.logWeightVariance(),
            partition.effectiveChains(),
            100 * partition.acceptance()),
        "logWeightVariance",
        partition.logWeightVariance());
    report.value("effectiveChains", partition.effectiveChains());
    report.value("acceptance", partition.acceptance());
    if (!trusted) {
      report.line(
          String.format(
              Locale.ROOT,
              "That variance is above %.0f, so these figures are not to be trusted; more"
                  + " --distributions make it smaller.",
              TRUSTED_VARIANCE));
    }
    report.value("trusted", trusted);
  }

  private static String figure(double value, String unit, double low, double high) {
    return number(value) + unit + " (95 % interval " + number(low) + " to " + number(high) + ")";
  }

  private static String number(double value) {
    return String.format(Locale.ROOT, "%.4f", value);
  }

  /** A step of an 8-bit colour is 2/255 in the model's data space. */
  private static double bits(double nats, double numbers) {
    return -nats / (numbers * Math.log(2)) + Math.log(255 / 2.0) / Math.log(2);
  }
}
