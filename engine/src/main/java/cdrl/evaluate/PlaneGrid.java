package cdrl.evaluate;

/**
 * The centres of the cells of a square grid, row by row from the lowest y, each row from the lowest
 * x.
 *
 * @param size cells per side
 * @param centreX of the square
 * @param centreY of the square
 * @param half half its side length
 */
record PlaneGrid(int size, double centreX, double centreY, double half) {
  /** The horizontal coordinate of a cell's centre. */
  double x(int cell) {
    return centreX + offset(cell % size);
  }

  /** The vertical coordinate of a cell's centre. */
  double y(int cell) {
    return centreY + offset(cell / size);
  }

  private double offset(int index) {
    return ((index + 0.5) / size * 2 - 1) * half;
  }

  /** The points of all cells, x before y. */
  float[] points() {
    float[] points = new float[2 * size * size];
    for (int cell = 0; cell < size * size; cell++) {
      points[2 * cell] = (float) x(cell);
      points[2 * cell + 1] = (float) y(cell);
    }
    return points;
  }
}
