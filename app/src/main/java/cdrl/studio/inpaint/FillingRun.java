package cdrl.studio.inpaint;

import cdrl.runtime.HostTensor;
import cdrl.sampling.Inpainter;
import cdrl.studio.raster.Raster;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** One run: what it fills, and its result as soon as there is one. */
final class FillingRun {
  private final WorkingPicture picture;
  private final boolean[] mask;
  private final int rounds;
  private final Raster original;
  private Inpainter.@Nullable Result result;

  /**
   * @param mask which pixels are filled, in rows
   * @param rounds how often the upper noise levels are gone through
   */
  FillingRun(WorkingPicture picture, boolean[] mask, int rounds) {
    this.picture = picture;
    this.mask = mask;
    this.rounds = rounds;
    original = Raster.of(picture.opened());
  }

  WorkingPicture picture() {
    return picture;
  }

  boolean[] mask() {
    return mask;
  }

  int rounds() {
    return rounds;
  }

  void finished(Inpainter.Result value) {
    result = value;
  }

  Inpainter.@Nullable Result result() {
    return result;
  }

  /** Puts what was seen at some level in the order of the candidates. */
  Candidates candidates(HostTensor seen, boolean last) {
    Inpainter.Result known = result;
    if (known == null) {
      return new Candidates(seen, List.of(), original);
    }
    List<Float> energies = new ArrayList<>();
    for (float energy : known.energies()) {
      energies.add(energy);
    }
    return new Candidates(last ? known.images() : ordered(seen, known), energies, original);
  }

  /** Puts what is seen of another run from the same seed in the order of this one. */
  Candidates preview(HostTensor seen) {
    Inpainter.Result known = result;
    return new Candidates(
        known == null || known.order().length != seen.count() ? seen : ordered(seen, known),
        List.of(),
        original);
  }

  /** The number in the batch of one of the candidates. */
  int item(int candidate) {
    return result == null || candidate >= result.order().length
        ? candidate
        : result.order()[candidate];
  }

  /** Which candidate a number in the batch is; the first while that is not known. */
  int position(int item) {
    Inpainter.Result known = result;
    for (int i = 0; known != null && i < known.order().length; i++) {
      if (known.order()[i] == item) {
        return i;
      }
    }
    return 0;
  }

  private static HostTensor ordered(HostTensor seen, Inpainter.Result known) {
    int item = seen.values().length / seen.count();
    float[] values = new float[seen.values().length];
    for (int i = 0; i < known.order().length; i++) {
      System.arraycopy(seen.values(), known.order()[i] * item, values, i * item, item);
    }
    return new HostTensor(seen.shape(), values);
  }

  /** The images of a result in the order of the batch. */
  static HostTensor batch(Inpainter.Result result) {
    HostTensor images = result.images();
    int item = images.values().length / images.count();
    float[] values = new float[images.values().length];
    for (int i = 0; i < result.order().length; i++) {
      System.arraycopy(images.values(), i * item, values, result.order()[i] * item, item);
    }
    return new HostTensor(images.shape(), values);
  }
}
