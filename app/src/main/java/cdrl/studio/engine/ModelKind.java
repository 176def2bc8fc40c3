package cdrl.studio.engine;

import cdrl.model.ImageModelSpec;
import cdrl.model.ModelSpec;
import cdrl.model.PointModelSpec;

/** What a model makes. */
public enum ModelKind {
  /** Images. */
  IMAGES,
  /** Points in the plane. */
  POINTS;

  /** The kind of a model with the given networks. */
  public static ModelKind of(ModelSpec spec) {
    if (spec instanceof ImageModelSpec) {
      return IMAGES;
    }
    if (spec instanceof PointModelSpec) {
      return POINTS;
    }
    throw new IllegalArgumentException("unknown networks: " + spec);
  }
}
