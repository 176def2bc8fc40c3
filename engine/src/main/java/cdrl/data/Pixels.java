package cdrl.data;

/** Where the pixels of a data set lie. Safe to read from several threads. */
interface Pixels {
  /** Copies the bytes of one image, (channels, height, width), to the start of an array. */
  void copy(int index, byte[] out);
}
