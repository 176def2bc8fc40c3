package cdrl.studio.inpaint;

import cdrl.runtime.HostTensor;
import cdrl.studio.raster.Raster;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a run has made of a picture so far.
 *
 * @param images (count, channels, height, width), the most plausible first once energies are known
 * @param energies one per image, ascending; empty while the run goes on
 * @param original the picture that was filled, as it was opened
 */
public record Candidates(HostTensor images, List<Float> energies, Raster original) {

  /** How many there are. */
  public int count() {
    return images.count();
  }

  /** One of them for showing. */
  Raster raster(int index) {
    return Raster.of(images, index);
  }

  /** Which of them a wanted index means. */
  int nearest(int index) {
    return Math.max(0, Math.min(count() - 1, index));
  }

  /** The energy of one of them, or null. */
  @Nullable Float energy(int index) {
    return index < energies.size() ? energies.get(index) : null;
  }
}
