package cdrl.studio.compose;

import cdrl.studio.widgets.GridAxes;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.DoubleFunction;

/**
 * What the rows and columns of a matrix mean.
 *
 * @param across the attribute whose weight grows from left to right
 * @param up the attribute whose weight grows from bottom to top
 * @param side pictures per side, odd; weights are whole numbers around 0
 */
record MatrixSides(Attribute across, Attribute up, int side) {
  /** How many pictures there are. */
  int cells() {
    return side * side;
  }

  /** The weights of the two attributes in a cell. */
  Map<Attribute, Double> weights(int cell) {
    int middle = side / 2;
    Map<Attribute, Double> weights = new LinkedHashMap<>();
    weights.put(across, (double) (cell % side - middle));
    weights.put(up, (double) (middle - cell / side));
    return weights;
  }

  /**
   * What stands at the sides.
   *
   * @param words a weight as people read it
   */
  GridAxes labels(DoubleFunction<String> words) {
    List<String> columns = new ArrayList<>();
    List<String> rows = new ArrayList<>();
    int middle = side / 2;
    for (int i = -middle; i <= middle; i++) {
      columns.add(words.apply(i));
      rows.add(words.apply(-i));
    }
    return new GridAxes(across.name(), columns, up.name(), rows);
  }

  /** Both attributes and the number of pictures, for a saved picture. */
  String note() {
    return across.name() + ", " + up.name() + ", " + side;
  }
}
