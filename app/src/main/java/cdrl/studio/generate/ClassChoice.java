package cdrl.studio.generate;

import cdrl.model.ModelDescription;
import java.util.ArrayList;
import java.util.List;

/**
 * What the samples can be asked to show.
 *
 * @param labels the classes that come by turns; none for anything the model can make
 * @param name what people see
 */
public record ClassChoice(List<Integer> labels, String name) {
  /** Copies the list. */
  public ClassChoice {
    labels = List.copyOf(labels);
  }

  /**
   * The choices that a model offers: no class, all of them by turns, and each one.
   *
   * @param none the name of the first
   * @param all the name of the second
   */
  static List<ClassChoice> of(ModelDescription model, String none, String all) {
    List<ClassChoice> choices = new ArrayList<>();
    choices.add(new ClassChoice(List.of(), none));
    List<Integer> classes = model.allClasses();
    if (classes.size() > 1) {
      choices.add(new ClassChoice(classes, all));
    }
    for (int label : classes) {
      choices.add(new ClassChoice(List.of(label), model.className(label)));
    }
    return List.copyOf(choices);
  }
}
