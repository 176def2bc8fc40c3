package cdrl.training;

import cdrl.data.Batch;
import cdrl.data.DataSet;
import cdrl.data.ImageAttributes;
import cdrl.data.ImageDataSet;
import cdrl.runtime.CdrlException;
import cdrl.runtime.RandomNumbers;
import cdrl.runtime.RandomNumbers.Purpose;
import cdrl.runtime.Suggestions;
import cdrl.training.TrainingConfig.LabelKind;
import cdrl.training.TrainingConfig.Labels;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Gives the items of a batch the classes that the networks are told: those of the data, or the
 * value of one attribute picked at random, and for some items none.
 */
final class TrainingLabels {
  private final Labels settings;
  private final List<String> classNames;
  private final @Nullable ImageAttributes attributes;
  private final int[] positions;

  private TrainingLabels(
      Labels settings, List<String> classNames, @Nullable ImageAttributes attributes) {
    this.settings = settings;
    this.classNames = classNames;
    this.attributes = attributes;
    this.positions =
        attributes == null
            ? new int[0]
            : settings.attributes().stream().mapToInt(attributes::indexOf).toArray();
  }

  /**
   * The classes that a configuration asks for.
   *
   * @throws CdrlException when the data do not have them
   */
  static TrainingLabels of(TrainingConfig config, DataSet data) {
    Labels settings =
        config.data() instanceof TrainingConfig.Images images ? images.labels() : Labels.NONE;
    if (settings.kind() == LabelKind.NONE || !(data instanceof ImageDataSet images)) {
      return new TrainingLabels(Labels.NONE, List.of(), null);
    }
    return settings.kind() == LabelKind.CLASSES
        ? ofClasses(settings, images)
        : ofAttributes(settings, images);
  }

  private static TrainingLabels ofClasses(Labels settings, ImageDataSet data) {
    int found = data.classNames().size();
    if (found == 0) {
      throw new CdrlException(
          "The data ({0}) have no classes; set labels.kind to none, or use data with labels.",
          data.description());
    }
    if (found != settings.classes()) {
      throw new CdrlException(
          "The data ({0}) have {1} classes, so labels.classes must be {1}, not {2}.",
          data.description(), found, settings.classes());
    }
    List<String> names = settings.names().isEmpty() ? data.classNames() : settings.names();
    return new TrainingLabels(settings, names, null);
  }

  private static TrainingLabels ofAttributes(Labels settings, ImageDataSet data) {
    ImageAttributes attributes = data.attributes();
    if (attributes == null) {
      throw new CdrlException(
          "The data ({0}) have no attributes; set labels.kind to none or classes, or use a CelebA"
              + " folder.",
          data.description());
    }
    List<String> names = new ArrayList<>();
    for (String attribute : settings.attributes()) {
      if (!attributes.names().contains(attribute)) {
        throw new CdrlException(
            "The data have no attribute '{0}', which labels.attributes names{1}",
            attribute, Suggestions.sentenceEnd(attribute, attributes.names()));
      }
      names.add(attribute);
      names.add("not " + attribute);
    }
    return new TrainingLabels(settings, names, attributes);
  }

  /** The names of classes 1 … n; empty without classes. */
  List<String> classNames() {
    return classNames;
  }

  /** The attributes whose values are the classes, or an empty list. */
  List<String> attributeNames() {
    return attributes == null ? List.of() : settings.attributes();
  }

  /**
   * The class of every item, 0 for none; null when the networks have no classes.
   *
   * @param iteration decides with the random numbers which attributes are picked and which classes
   *     are left out
   */
  int @Nullable [] of(Batch batch, RandomNumbers numbers, long iteration) {
    if (settings.kind() == LabelKind.NONE) {
      return null;
    }
    int[] labels = attributes == null ? batch.labels().clone() : new int[batch.labels().length];
    double[] chances = new double[labels.length];
    numbers.uniform(Purpose.LABEL_DROPPING, iteration, 0, chances);
    for (int i = 0; i < labels.length; i++) {
      if (attributes != null) {
        int picked = numbers.integer(Purpose.ATTRIBUTE, iteration, i, positions.length);
        boolean holds = attributes.holds(batch.indexes()[i], positions[picked]);
        labels[i] = 1 + 2 * picked + (holds ? 0 : 1);
      }
      if (chances[i] < settings.dropping()) {
        labels[i] = 0;
      }
    }
    return labels;
  }
}
