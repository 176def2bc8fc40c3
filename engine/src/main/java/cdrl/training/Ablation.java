package cdrl.training;

import cdrl.model.ImageModelSpec;
import cdrl.model.Prediction;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The variants of a configuration that tables 9 and 10 of the paper compare: what happens without
 * each part of the method, and with other numbers of noise levels and Langevin steps.
 */
public final class Ablation {
  /** What the figures of the paper are, which must not be mistaken for ours. */
  public static final String PUBLISHED = "FID on CIFAR-10 as published, 400,000 iterations";

  /** Levels of the schedules of diffusion recovery likelihood. */
  private static final int DRL_LEVELS = 6;

  private static final int DRL_MORE_LEVELS = 8;

  /**
   * One row of a table.
   *
   * @param name what to call it on the command line
   * @param title what is different, for people
   * @param table 9 or 10
   * @param overrides the settings that differ, each as {@code path=value}
   * @param published the figure of the paper, see {@link #PUBLISHED}; empty where it has none
   */
  public record Variant(
      String name, String title, int table, List<String> overrides, Optional<String> published) {
    /** Copies the list. */
    public Variant {
      overrides = List.copyOf(overrides);
    }
  }

  private Ablation() {}

  /**
   * The variants of a configuration, the whole method first.
   *
   * @param base the whole method, which must be cooperative
   */
  public static List<Variant> variants(TrainingConfig base) {
    List<Variant> variants = new ArrayList<>();
    variants.add(variant("full", "CDRL, the whole method", 9, "4.31"));
    List<String> alone = withoutInitializer(base);
    List<String> drl = new ArrayList<>(alone);
    drl.add("training.varianceReduction=false");
    drl.add("schedule.kind=drl");
    drl.add("schedule.levels=" + DRL_LEVELS);
    variants.add(
        new Variant(
            "drl",
            "DRL, the method before" + levels(DRL_LEVELS, base),
            9,
            drl,
            Optional.of("9.58")));
    variants.add(
        new Variant(
            "no-initializer", "without cooperative training", 9, alone, Optional.of("6.47")));
    variants.add(
        variant(
            "no-variance-reduction",
            "without noise variance reduction",
            9,
            "5.51",
            "training.varianceReduction=false"));
    variants.add(
        variant(
            "predicts-clean",
            "initializer predicts the clean item",
            9,
            "5.17",
            "model.initializer.predicts=clean"));
    variants.add(
        variant(
            "predicts-noise",
            "initializer predicts the noise",
            9,
            "4.95",
            "model.initializer.predicts=noise"));
    variants.add(
        variant(
            "drl-t8",
            "noise schedule of DRL-T8" + levels(DRL_MORE_LEVELS, base),
            9,
            "4.94",
            "schedule.kind=drl",
            "schedule.levels=" + DRL_MORE_LEVELS));
    variants.add(
        variant(
            "learns-from-data",
            "initializer learns from the data",
            9,
            "5.95",
            "training.initializerLearnsFrom=data"));
    int levels = base.schedule().levels();
    for (int fewer = levels - 2; fewer < levels; fewer++) {
      if (fewer >= 2) {
        String published = levels != DRL_LEVELS ? "" : fewer == 4 ? "did not converge" : "5.08";
        variants.add(
            variant(
                "levels-" + fewer,
                fewer + " noise levels",
                10,
                published,
                "schedule.levels=" + fewer));
      }
    }
    int steps = base.langevinSteps();
    addSteps(variants, Math.max(1, Math.round(steps * 2 / 3f)), steps, "4.50");
    addSteps(variants, 2 * steps, steps, "5.08");
    return variants;
  }

  /** Their schedules fix the number of levels, which must not go unsaid where others have fewer. */
  private static String levels(int fixed, TrainingConfig base) {
    return base.schedule().levels() == DRL_LEVELS ? "" : ", " + fixed + " levels";
  }

  private static void addSteps(List<Variant> variants, int other, int steps, String published) {
    if (other != steps) {
      variants.add(
          variant(
              "steps-" + other,
              other + " Langevin steps",
              10,
              steps == 15 ? published : "",
              "langevin.steps=" + other));
    }
  }

  /** Langevin dynamics has to go all the way by itself, with twice the steps as in the paper. */
  private static List<String> withoutInitializer(TrainingConfig base) {
    List<String> overrides = new ArrayList<>();
    overrides.add("training.cooperative=false");
    overrides.add("langevin.steps=" + 2 * base.langevinSteps());
    if (base.model() instanceof ImageModelSpec) {
      overrides.add("model.initializer.conditional=false");
    }
    return overrides;
  }

  private static Variant variant(
      String name, String title, int table, String published, String... overrides) {
    return new Variant(
        name,
        title,
        table,
        List.of(overrides),
        published.isEmpty() ? Optional.empty() : Optional.of(published));
  }

  /** Whether a configuration is the whole method, from which something can be left out. */
  public static boolean isWhole(TrainingConfig config) {
    return config.prediction() == Prediction.NEXT
        && config.training().varianceReduction()
        && config.training().teacher() == TrainingConfig.Teacher.REFINED;
  }
}
