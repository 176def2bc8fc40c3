package cdrl.data;

/** What to do with a picture whose size is not the one wanted. */
public enum Fit {
  /** Nothing: another size is an error. */
  EXACT,
  /** Take the largest square around the centre and scale it. */
  CROP,
  /** Scale the whole picture, without regard to its proportions. */
  STRETCH,
  /** Take the part of an aligned portrait that models of CelebA faces are trained on. */
  ALIGNED_FACE;

  /** The part of a picture that is used. */
  Crop crop(int width, int height) {
    return switch (this) {
      case EXACT, STRETCH -> Crop.whole(width, height);
      case CROP -> Crop.centreSquare(width, height);
      case ALIGNED_FACE -> Crop.celeba(width, height);
    };
  }
}
