package cdrl.model;

import cdrl.schedule.StepSize;

/** The networks of a model and the shape of its data. */
public sealed interface ModelSpec permits ImageModelSpec, PointModelSpec {
  /** The number of classes, 0 for a model without classes; label 0 always means "no class". */
  int classes();

  /** Whether the initializer is told the class too, where there are classes. */
  boolean conditionalInitializer();

  /** The shape of one data item: (channels, height, width) for images, (2) for points. */
  long[] itemShape();

  /** The step size rule that belongs to this kind of data. */
  StepSize stepSize();
}
