package cdrl.sampling;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * A weighted sum Σ_j a_j F(y, c_j) over classes c_j, for a number of samples.
 *
 * @param items the number of samples
 * @param terms at least one; no two have the same classes, and no weight is zero unless it is the
 *     only one
 */
public record Mixture(int items, List<Term> terms) {
  /** Weights that differ by no more than rounding errors of their sum count as zero. */
  private static final double NEGLIGIBLE = 1e-9;

  /** Copies the list. */
  public Mixture {
    terms = List.copyOf(terms);
  }

  /**
   * One summand.
   *
   * @param weight a_j
   * @param labels c_j of each sample, or a single one for all
   */
  @SuppressWarnings("ArrayRecordComponent") // read only
  public record Term(double weight, int[] labels) {}

  /** Whether this is F(y, ∅). */
  boolean isPlain() {
    Term first = terms.get(0);
    return terms.size() == 1 && first.weight() == 1 && Arrays.equals(first.labels(), new int[1]);
  }

  /** The weight of each evaluation, term by term. */
  float[] weights() {
    float[] weights = new float[terms.size() * items];
    for (int j = 0; j < terms.size(); j++) {
      Arrays.fill(weights, j * items, (j + 1) * items, (float) terms.get(j).weight());
    }
    return weights;
  }

  /** The class of each evaluation, term by term; a single one when all are the same. */
  int[] labels() {
    if (terms.size() == 1) {
      return terms.get(0).labels();
    }
    int[] labels = new int[terms.size() * items];
    for (int j = 0; j < terms.size(); j++) {
      int[] own = terms.get(j).labels();
      for (int i = 0; i < items; i++) {
        labels[j * items + i] = own[own.length == 1 ? 0 : i];
      }
    }
    return labels;
  }

  /** Numbers of each sample, repeated for every term; a single number stays one. */
  float[] repeated(float[] perItem) {
    if (perItem.length == 1) {
      return perItem;
    }
    float[] all = new float[terms.size() * perItem.length];
    for (int j = 0; j < terms.size(); j++) {
      System.arraycopy(perItem, 0, all, j * perItem.length, perItem.length);
    }
    return all;
  }

  /** Collects summands; equal ones become one, and those that vanish are left out. */
  static final class Builder {
    private final int items;
    private final List<Term> terms = new ArrayList<>();

    Builder(int items) {
      this.items = items;
    }

    /** Adds a summand with the class of each sample, or one class for all. */
    Builder add(double weight, int... labels) {
      boolean same = Arrays.stream(labels).allMatch(label -> label == labels[0]);
      int[] shortest = same ? new int[] {labels[0]} : labels.clone();
      for (int j = 0; j < terms.size(); j++) {
        if (Arrays.equals(terms.get(j).labels(), shortest)) {
          terms.set(j, new Term(terms.get(j).weight() + weight, shortest));
          return this;
        }
      }
      terms.add(new Term(weight, shortest));
      return this;
    }

    Mixture build() {
      List<Term> kept =
          terms.stream().filter(term -> Math.abs(term.weight()) > NEGLIGIBLE).toList();
      return new Mixture(items, kept.isEmpty() ? terms.subList(0, 1) : kept);
    }
  }
}
