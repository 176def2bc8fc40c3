package cdrl.studio.charts;

/** The colour of a curve, told by what it stands for; the theme makes a colour of it. */
public sealed interface Ink {
  /**
   * One of many that have no order.
   *
   * @param index from 0; near numbers look different
   */
  record Distinct(int index) implements Ink {}

  /**
   * One of a sequence.
   *
   * @param share 0 for the first, 1 for the last
   */
  record Ordered(double share) implements Ink {}
}
