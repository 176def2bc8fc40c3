package cdrl.studio.inpaint;

import org.jspecify.annotations.Nullable;

/**
 * One step of the history.
 *
 * @param mask what it changed in the mask, if anything
 * @param before the picture before, null when the step left it as it was
 * @param after the picture after
 */
record Edit(
    @Nullable MaskDelta mask, @Nullable WorkingPicture before, @Nullable WorkingPicture after) {

  /** Roughly the memory it takes; pictures are shared between steps that follow each other. */
  int bytes() {
    return 64
        + (mask == null ? 0 : mask.bytes())
        + (after == null ? 0 : 4 * after.image().values().length);
  }
}
