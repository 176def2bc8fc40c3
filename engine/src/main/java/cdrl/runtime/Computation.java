package cdrl.runtime;

/** How networks are computed where there is a choice. */
public enum Computation {
  /** Operator by operator in 32 bits: the reference for the others. */
  EAGER(6),
  /** In few native calls, with 32 bits. */
  FLOAT32(6),
  /**
   * In few native calls; images with 16 bits that have the exponent of 32, weights with 32 bits.
   */
  BFLOAT16(15);

  private final int code;

  Computation(int code) {
    this.code = code;
  }

  /** The engine's number for the type of images. */
  public int code() {
    return code;
  }
}
