package cdrl.cli;

import cdrl.model.ModelDescription;
import cdrl.sampling.Condition;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The options that ask for a class. */
final class ConditionOptions {
  @Option(
      names = "--class",
      paramLabel = "C",
      description = {
        "A class by its name or number, from 1 ('cdrl info MODEL' lists them); several with commas"
            + " between come by turns, 'all' stands for all of them."
      })
  private @Nullable String wanted;

  @Option(
      names = "--guidance",
      paramLabel = "W",
      description =
          "How much the class is emphasized: (1 + W) F(class) − W F(no class). 0 is the default.")
  private @Nullable Double guidance;

  @Spec(Spec.Target.MIXEE)
  private CommandSpec mixee;

  /**
   * The condition that the options ask for.
   *
   * @throws cdrl.runtime.CdrlException when the model has no such class
   */
  Condition of(ModelDescription model) {
    if (guidance != null && !Double.isFinite(guidance)) {
      throw new ParameterException(mixee.commandLine(), "--guidance must be a finite number");
    }
    if (wanted == null) {
      if (guidance != null) {
        throw new ParameterException(
            mixee.commandLine(), "--guidance needs a class, so say which with --class");
      }
      return Condition.NONE;
    }
    return new Condition.Guided(labels(wanted, model), guidance == null ? 0 : guidance);
  }

  private static List<Integer> labels(String wanted, ModelDescription model) {
    if (wanted.equalsIgnoreCase("all") && model.spec().classes() > 0) {
      return model.allClasses();
    }
    // A name may have a comma itself.
    if (model.classNames().stream().anyMatch(wanted::equalsIgnoreCase)) {
      return List.of(model.findClass(wanted));
    }
    return Arrays.stream(wanted.split(",", -1)).map(model::findClass).toList();
  }
}
