package cdrl.studio.engine;

final class LiveRecipe {
  static final String DRAWING = "data.drawing";
}
