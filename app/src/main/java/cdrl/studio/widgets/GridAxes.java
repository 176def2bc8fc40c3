package cdrl.studio.widgets;

import java.util.List;

/**
 * What stands at the sides of a grid whose rows and columns mean something.
 *
 * @param across what changes from left to right
 * @param columns one text for each column
 * @param up what changes from bottom to top
 * @param rows one text for each row, from the top
 */
public record GridAxes(String across, List<String> columns, String up, List<String> rows) {
  /** Copies the lists. */
  public GridAxes {
    columns = List.copyOf(columns);
    rows = List.copyOf(rows);
  }
}
