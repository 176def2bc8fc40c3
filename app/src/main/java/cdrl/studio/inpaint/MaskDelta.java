package cdrl.studio.inpaint;

import java.io.ByteArrayOutputStream;
import java.util.zip.DataFormatException;
import java.util.zip.Deflater;
import java.util.zip.Inflater;

/**
 * What one action changed in a mask: the exclusive or of before and after, compressed. Applying it
 * leads from one to the other and back.
 */
@SuppressWarnings("ArrayRecordComponent") // written once and only read here
record MaskDelta(Area area, byte[] packed) {

  /** The difference of two masks inside an area. */
  static MaskDelta between(byte[] before, byte[] after, int side, Area area) {
    byte[] change = new byte[area.width() * area.height()];
    int at = 0;
    for (int y = area.top(); y < area.bottom(); y++) {
      for (int x = area.left(); x < area.right(); x++) {
        change[at++] = (byte) (before[y * side + x] ^ after[y * side + x]);
      }
    }
    Deflater deflater = new Deflater(Deflater.BEST_SPEED);
    try {
      deflater.setInput(change);
      deflater.finish();
      ByteArrayOutputStream packed = new ByteArrayOutputStream();
      byte[] part = new byte[4096];
      while (!deflater.finished()) {
        packed.write(part, 0, deflater.deflate(part));
      }
      return new MaskDelta(area, packed.toByteArray());
    } finally {
      deflater.end();
    }
  }

  /** Changes a mask to the other of the two. */
  void apply(byte[] coverage, int side) {
    byte[] change = new byte[area.width() * area.height()];
    Inflater inflater = new Inflater();
    try {
      inflater.setInput(packed);
      int done = 0;
      while (done < change.length) {
        int count = inflater.inflate(change, done, change.length - done);
        if (count == 0) {
          throw new IllegalStateException("the step is cut short");
        }
        done += count;
      }
    } catch (DataFormatException e) {
      throw new IllegalStateException(e); // it was packed above
    } finally {
      inflater.end();
    }
    int at = 0;
    for (int y = area.top(); y < area.bottom(); y++) {
      for (int x = area.left(); x < area.right(); x++) {
        coverage[y * side + x] ^= change[at++];
      }
    }
  }

  /** Roughly the memory it takes. */
  int bytes() {
    return packed.length + 64;
  }
}
