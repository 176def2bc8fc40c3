package cdrl.cli;

import cdrl.model.ModelDescription;
import cdrl.sampling.Condition;
import cdrl.sampling.Condition.Concept;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Draws samples that follow several concepts at once. */
@Command(
    name = "compose",
    sortOptions = false,
    description = {
      "Draws samples that follow several concepts at once, or avoid some:",
      "F = F(∅) + Σ WEIGHT [F(concept) − F(∅)], where ∅ is the model without a class.",
      "WEIGHT is 1 + w of the paper's formula: 1 asks for the concept as it was learned, more"
          + " emphasizes it, 0 leaves it out, and a negative weight avoids it."
    })
final class ComposeCommand extends SamplingCommand {
  @Option(
      names = "--attribute",
      paramLabel = "NAME=WEIGHT",
      required = true,
      description = {
        "An attribute or class of the model with its weight, such as Smiling=1.5; may be repeated.",
        "'not NAME' is the other value of an attribute."
      })
  private List<String> attributes = new ArrayList<>();

  @Option(
      names = "--product-of-experts",
      description =
          "Adds up the energies without the term that is missing then: F = Σ WEIGHT F(concept).")
  private boolean productOfExperts;

  @Override
  Condition condition(ModelDescription model) {
    List<Concept> concepts = new ArrayList<>();
    for (String attribute : attributes) {
      Concept concept = concept(attribute, model);
      if (concepts.stream().anyMatch(other -> other.label() == concept.label())) {
        throw wrongUsage(
            "--attribute names '"
                + model.className(concept.label())
                + "' twice; give it one weight");
      }
      concepts.add(concept);
    }
    return productOfExperts
        ? new Condition.ProductOfExperts(concepts)
        : new Condition.Composition(concepts);
  }

  private Concept concept(String text, ModelDescription model) {
    int equals = text.lastIndexOf('=');
    String weight = text.substring(equals + 1).strip();
    if (equals < 1 || !weight.matches("[+-]?([0-9]+\\.?[0-9]*|\\.[0-9]+)")) {
      throw wrongUsage(
          "--attribute needs the form NAME=WEIGHT, such as Smiling=1.5, not '" + text + "'");
    }
    int label = model.findClass(text.substring(0, equals));
    if (label == 0) {
      throw wrongUsage("--attribute needs a class, and 0 stands for none");
    }
    return new Concept(label, Double.parseDouble(weight));
  }
}
