package cdrl.studio.compose;

import cdrl.model.ModelDescription;
import java.util.ArrayList;
import java.util.List;
import javafx.beans.property.DoubleProperty;
import javafx.beans.property.SimpleDoubleProperty;

/** An attribute of a model and how much of it is wanted. */
public final class Attribute {
  /** Weights are used in steps of this size. */
  static final double STEP = 0.05;

  private final String name;
  private final int label;
  private final int opposite;
  private final DoubleProperty weight = new SimpleDoubleProperty();

  /**
   * @param label the class of images that have the attribute, from 1
   * @param opposite the class of those that have it not
   */
  Attribute(String name, int label, int opposite) {
    this.name = name;
    this.label = label;
    this.opposite = opposite;
  }

  /** The attributes of a model, all of them off. */
  static List<Attribute> of(ModelDescription model) {
    List<Attribute> attributes = new ArrayList<>();
    List<String> names = model.attributeNames();
    for (int i = 0; i < names.size(); i++) {
      // By name where classes have names; each attribute has two classes, in order, where not.
      int label = model.classNames().indexOf(names.get(i)) + 1;
      attributes.add(
          label == 0
              ? new Attribute(names.get(i), 2 * i + 1, 2 * i + 2)
              : new Attribute(names.get(i), label, label % 2 == 1 ? label + 1 : label - 1));
    }
    return List.copyOf(attributes);
  }

  /** What people call it. */
  public String name() {
    return name;
  }

  /** The class of images that have the attribute. */
  int label() {
    return label;
  }

  /** The class of images that have it not. */
  int opposite() {
    return opposite;
  }

  /** The slider's value, 1 + w of equation 14; 0 leaves the attribute out. */
  public DoubleProperty weightProperty() {
    return weight;
  }

  /** The weight that is used. */
  public double used() {
    return rounded(weight.get());
  }

  /** The nearest weight that is used. */
  static double rounded(double weight) {
    return Math.round(weight / STEP) * STEP;
  }
}
