package cdrl.evaluate;

/** What the Fréchet distance needs of linear algebra, in doubles. */
final class SymmetricMatrices {
  /** Pivots smaller than this share of the largest diagonal entry count as zero. */
  private static final double RANK_TOLERANCE = 1e-14;

  private static final int MOST_ROTATIONS_PER_EIGENVALUE = 200;

  private SymmetricMatrices() {}

  /** A lower triangular L with L L' = matrix, for positive semidefinite matrices of any rank. */
  static double[][] cholesky(double[][] matrix) {
    int n = matrix.length;
    double largest = 0;
    for (int i = 0; i < n; i++) {
      largest = Math.max(largest, matrix[i][i]);
    }
    double[][] lower = new double[n][n];
    for (int j = 0; j < n; j++) {
      double pivot = matrix[j][j] - dot(lower[j], lower[j], j);
      if (pivot <= RANK_TOLERANCE * largest) {
        continue; // the column depends on those before it and stays zero
      }
      double root = Math.sqrt(pivot);
      lower[j][j] = root;
      for (int i = j + 1; i < n; i++) {
        lower[i][j] = (matrix[i][j] - dot(lower[i], lower[j], j)) / root;
      }
    }
    return lower;
  }

  private static double dot(double[] a, double[] b, int length) {
    double sum = 0;
    for (int i = 0; i < length; i++) {
      sum += a[i] * b[i];
    }
    return sum;
  }

  static double[][] product(double[][] a, double[][] b) {
    int columns = b[0].length;
    double[][] product = new double[a.length][columns];
    for (int i = 0; i < a.length; i++) {
      double[] row = product[i];
      for (int k = 0; k < b.length; k++) {
        double factor = a[i][k];
        if (factor != 0) {
          double[] other = b[k];
          for (int j = 0; j < columns; j++) {
            row[j] += factor * other[j];
          }
        }
      }
    }
    return product;
  }

  static double[][] transposed(double[][] matrix) {
    double[][] transposed = new double[matrix[0].length][matrix.length];
    for (int i = 0; i < matrix.length; i++) {
      for (int j = 0; j < matrix[0].length; j++) {
        transposed[j][i] = matrix[i][j];
      }
    }
    return transposed;
  }

  /** The eigenvalues of a symmetric matrix, in no particular order. */
  static double[] eigenvalues(double[][] symmetric) {
    int n = symmetric.length;
    double[][] a = new double[n][];
    for (int i = 0; i < n; i++) {
      a[i] = symmetric[i].clone();
    }
    double[] diagonal = new double[n];
    double[] beside = new double[n]; // beside[i] stands between the entries i and i + 1
    tridiagonalize(a, diagonal, beside);
    diagonalize(diagonal, beside);
    return diagonal;
  }

  /** Reflects one column after another onto the diagonal below the main one (Householder). */
  private static void tridiagonalize(double[][] a, double[] diagonal, double[] beside) {
    int n = a.length;
    double[] v = new double[n];
    double[] p = new double[n];
    for (int k = 0; k < n - 2; k++) {
      double square = 0;
      for (int i = k + 1; i < n; i++) {
        v[i] = a[i][k];
        square += v[i] * v[i];
      }
      double norm = Math.sqrt(square);
      double target = v[k + 1] > 0 ? -norm : norm;
      double scale = square - target * v[k + 1]; // half the squared length of the reflector
      beside[k] = target;
      if (scale == 0) {
        continue;
      }
      v[k + 1] -= target;
      // A ← A − v w' − w v' with w = p − (v'p / 2 scale) v and p = A v / scale.
      double overlap = 0;
      for (int i = k + 1; i < n; i++) {
        double sum = 0;
        double[] row = a[i];
        for (int j = k + 1; j < n; j++) {
          sum += row[j] * v[j];
        }
        p[i] = sum / scale;
        overlap += v[i] * p[i];
      }
      double share = overlap / (2 * scale);
      for (int i = k + 1; i < n; i++) {
        p[i] -= share * v[i];
      }
      for (int i = k + 1; i < n; i++) {
        double[] row = a[i];
        double left = v[i];
        double right = p[i];
        for (int j = k + 1; j < n; j++) {
          row[j] -= left * p[j] + right * v[j];
        }
      }
    }
    for (int i = 0; i < n; i++) {
      diagonal[i] = a[i][i];
    }
    if (n > 1) {
      beside[n - 2] = a[n - 1][n - 2];
    }
  }

  /** The implicit QR iteration with Wilkinson's shift on a tridiagonal matrix. */
  private static void diagonalize(double[] diagonal, double[] beside) {
    int end = diagonal.length - 1;
    long rotations = 0;
    while (end > 0) {
      int begin = end;
      while (begin > 0 && !isNegligible(diagonal, beside, begin - 1)) {
        begin--;
      }
      if (begin == end) {
        end--;
        continue;
      }
      if (++rotations > (long) MOST_ROTATIONS_PER_EIGENVALUE * diagonal.length) {
        throw new ArithmeticException("the eigenvalues do not settle");
      }
      double half = (diagonal[end - 1] - diagonal[end]) / 2;
      double below = beside[end - 1];
      double sign = half < 0 ? -1 : 1;
      double shift = diagonal[end] - below * below / (half + sign * Math.hypot(half, below));
      double x = diagonal[begin] - shift;
      double z = beside[begin];
      for (int k = begin; k < end; k++) {
        double length = Math.hypot(x, z);
        double cosine = length == 0 ? 1 : x / length;
        double sine = length == 0 ? 0 : z / length;
        if (k > begin) {
          beside[k - 1] = length;
        }
        double upper = diagonal[k];
        double lower = diagonal[k + 1];
        double middle = beside[k];
        double mixed = 2 * cosine * sine * middle;
        diagonal[k] = cosine * cosine * upper + sine * sine * lower + mixed;
        diagonal[k + 1] = sine * sine * upper + cosine * cosine * lower - mixed;
        beside[k] = cosine * sine * (lower - upper) + (cosine * cosine - sine * sine) * middle;
        if (k + 1 < end) {
          x = beside[k];
          z = sine * beside[k + 1];
          beside[k + 1] *= cosine;
        }
      }
    }
  }

  private static boolean isNegligible(double[] diagonal, double[] beside, int i) {
    boolean small =
        Math.abs(beside[i]) <= Math.ulp(1.0) * (Math.abs(diagonal[i]) + Math.abs(diagonal[i + 1]))
            || Math.abs(beside[i]) < Double.MIN_NORMAL;
    if (small) {
      beside[i] = 0;
    }
    return small;
  }
}
