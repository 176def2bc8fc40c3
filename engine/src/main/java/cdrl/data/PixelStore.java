package cdrl.data;

/** Takes the pixels of images, one image after the other. Not for several threads. */
interface PixelStore {
  /** Refuses early what cannot fit. */
  void expect(long images);

  /** Keeps the bytes of the next image, (channels, height, width). */
  void add(byte[] pixels);
}
