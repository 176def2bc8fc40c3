package cdrl.cli;

import cdrl.model.ModelDescription;
import cdrl.sampling.Condition;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** Draws samples from a model. */
@Command(
    name = "sample",
    sortOptions = false,
    description = "Draws samples from a model: pictures, or points as CSV.")
final class SampleCommand extends SamplingCommand {
  @Mixin private ConditionOptions condition;

  @Override
  Condition condition(ModelDescription model) {
    return condition.of(model);
  }
}
