package cdrl.cli;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** Lines of text in columns, the first ones to the left and numbers to the right. */
final class TextTable {
  private final List<List<String>> rows = new ArrayList<>();
  private final int words;

  /**
   * A table with nothing but its header.
   *
   * @param words how many columns, from the left, hold words
   */
  TextTable(int words, List<String> header) {
    this.words = words;
    rows.add(List.copyOf(header));
  }

  /** Adds a row with a field for each column. */
  void add(List<String> row) {
    rows.add(List.copyOf(row));
  }

  /** The header, then the rows. */
  List<String> lines() {
    List<Integer> widths = new ArrayList<>(Collections.nCopies(rows.get(0).size(), 0));
    for (List<String> row : rows) {
      for (int i = 0; i < row.size(); i++) {
        widths.set(i, Math.max(widths.get(i), row.get(i).length()));
      }
    }
    return rows.stream().map(row -> line(row, widths)).toList();
  }

  private String line(List<String> row, List<Integer> widths) {
    StringBuilder line = new StringBuilder();
    for (int i = 0; i < row.size(); i++) {
      String space = " ".repeat(widths.get(i) - row.get(i).length());
      line.append(i == 0 ? "" : "  ").append(i < words ? row.get(i) + space : space + row.get(i));
    }
    return line.toString().stripTrailing();
  }
}
