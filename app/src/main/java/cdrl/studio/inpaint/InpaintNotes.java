package cdrl.studio.inpaint;

import cdrl.data.Crop;
import cdrl.data.PixelValues;
import cdrl.runtime.HostTensor;
import cdrl.sampling.Inpainter;
import cdrl.studio.engine.SeedText;
import cdrl.studio.engine.Trace;
import cdrl.studio.workspace.PictureExport;
import java.util.Base64;
import java.util.Map;
import java.util.Optional;

/** What a saved picture tells about how it was filled: enough to do it again. */
final class InpaintNotes {
  private static final String FRAME = "cdrl.frame";
  private static final String MASK = "cdrl.mask";
  private static final String ORIGINAL = "cdrl.original";
  private static final String ROUNDS = "cdrl.rounds";
  private static final String SHAPE = "cdrl.original.shape";

  private InpaintNotes() {}

  /**
   * How a candidate was made.
   *
   * @param name what people call the picture that was opened
   * @param index the candidate's number, from 0
   */
  static Map<String, String> of(FillingRun run, Trace trace, String name, int index) {
    Map<String, String> notes = PictureExport.notes("inpaint", trace.model());
    PictureExport.add(notes, trace.settings());
    notes.put("cdrl.picture", name);
    notes.put("cdrl.candidate", Integer.toString(index + 1));
    Inpainter.Result result = run.result();
    if (result != null) {
      notes.put("cdrl.energy", Float.toString(result.energies()[index]));
    }
    add(notes, run);
    return notes;
  }

  /** Adds the picture that was filled, byte by byte, and the mask, bit by bit. */
  private static void add(Map<String, String> notes, FillingRun run) {
    addFrame(notes, run.picture().frame());
    HostTensor image = run.picture().image();
    byte[] bytes = new byte[image.values().length];
    for (int i = 0; i < bytes.length; i++) {
      bytes[i] = (byte) PixelValues.toByte(image.values()[i]);
    }
    notes.put(ROUNDS, Integer.toString(run.rounds()));
    notes.put(SHAPE, image.shape()[0] + " " + image.shape()[1] + " " + image.shape()[2]);
    notes.put(ORIGINAL, Base64.getEncoder().encodeToString(bytes));
    byte[] bits = new byte[(run.mask().length + 7) / 8];
    for (int i = 0; i < run.mask().length; i++) {
      if (run.mask()[i]) {
        bits[i / 8] |= (byte) (1 << i % 8);
      }
    }
    notes.put(MASK, Base64.getEncoder().encodeToString(bits));
  }

  static void addFrame(Map<String, String> notes, Crop frame) {
    notes.put(FRAME, frame.x() + " " + frame.y() + " " + frame.width() + " " + frame.height());
  }

  /** The picture that was filled, (channels, height, width), when the notes hold it. */
  static Optional<HostTensor> original(Map<String, String> notes) {
    try {
      String[] shape = notes.getOrDefault(SHAPE, "").split(" ", -1);
      byte[] bytes = Base64.getDecoder().decode(notes.getOrDefault(ORIGINAL, ""));
      if (shape.length != 3) {
        return Optional.empty();
      }
      long[] sizes = new long[3];
      for (int i = 0; i < 3; i++) {
        sizes[i] = Integer.parseInt(shape[i]);
      }
      boolean possible =
          (sizes[0] == 1 || sizes[0] == 3)
              && sizes[1] > 0
              && sizes[2] > 0
              && sizes[0] * sizes[1] * sizes[2] == bytes.length;
      if (!possible) {
        return Optional.empty();
      }
      float[] values = new float[bytes.length];
      for (int i = 0; i < values.length; i++) {
        values[i] = PixelValues.toValue(bytes[i]);
      }
      return Optional.of(new HostTensor(sizes, values));
    } catch (IllegalArgumentException damaged) {
      return Optional.empty();
    }
  }

  /** How often the upper noise levels were gone through; pictures that do not say so: once. */
  static int rounds(Map<String, String> notes) {
    long rounds = SeedText.parse(notes.getOrDefault(ROUNDS, "")).orElse(1);
    return (int) Math.max(1, Math.min(Filling.MOST_ROUNDS, rounds));
  }

  /** The mask, when the notes hold one for so many pixels. */
  static Optional<boolean[]> mask(Map<String, String> notes, int pixels) {
    try {
      byte[] bits = Base64.getDecoder().decode(notes.getOrDefault(MASK, ""));
      if (bits.length != (pixels + 7) / 8) {
        return Optional.empty();
      }
      boolean[] mask = new boolean[pixels];
      for (int i = 0; i < pixels; i++) {
        mask[i] = (bits[i / 8] >> i % 8 & 1) == 1;
      }
      return Optional.of(mask);
    } catch (IllegalArgumentException damaged) {
      return Optional.empty();
    }
  }
}
