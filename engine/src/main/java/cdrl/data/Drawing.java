package cdrl.data;

import cdrl.runtime.CdrlException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * A distribution over [−8, 8]² that a person draws: a shape to start from, or nothing, and strokes
 * over it. Immutable; {@link #text} holds all of it.
 *
 * @param start what the strokes lie over, or null for nothing
 * @param strokes in the order in which they were drawn
 */
public record Drawing(@Nullable PlaneShape start, List<Stroke> strokes) {
  /** Nothing. */
  public static final Drawing EMPTY = new Drawing(null, List.of());

  private static final String NOTHING = "nothing";

  /** Copies the list. */
  public Drawing {
    strokes = List.copyOf(strokes);
  }

  /** With one more stroke. */
  public Drawing and(Stroke stroke) {
    List<Stroke> all = new ArrayList<>(strokes);
    all.add(stroke);
    return new Drawing(start, all);
  }

  /** Whether anything in it was drawn by hand. */
  public boolean isDrawn() {
    return !strokes.isEmpty();
  }

  /** How bright every place is, as {@link PaintedDensity#of} takes it. */
  public float[] brightness() {
    float[] brightness = start == null ? PaintedDensity.dark() : start.brightness();
    for (Stroke stroke : strokes) {
      stroke.paint(brightness, PaintedDensity.SIDE, PaintedDensity.EXTENT);
    }
    return brightness;
  }

  /** Whether there is no place where a point could lie. */
  public boolean isBlank() {
    for (float value : brightness()) {
      if (value > 0) {
        return false;
      }
    }
    return true;
  }

  /**
   * The distribution: the shape itself while nothing was drawn over it.
   *
   * @throws CdrlException when it is blank
   */
  public PlaneDistribution distribution() {
    return start != null && strokes.isEmpty()
        ? start
        : PaintedDensity.of("drawn by hand", brightness());
  }

  /**
   * One line, as {@link #parse} reads it: the start, then every stroke as {@code paint} or {@code
   * erase}, its radius, and its points.
   */
  public String text() {
    StringBuilder text = new StringBuilder(start == null ? NOTHING : start.title());
    for (Stroke stroke : strokes) {
      text.append(stroke.erase() ? "; erase " : "; paint ").append(stroke.radius()).append(':');
      text.append(stroke.path().stream().map(place -> " " + place).collect(Collectors.joining()));
    }
    return text.toString();
  }

  /**
   * Reads what {@link #text} wrote.
   *
   * @throws CdrlException for any other text
   */
  public static Drawing parse(String text) {
    try {
      String[] parts = text.split("; ", -1);
      Drawing drawing = new Drawing(start(parts[0]), List.of());
      for (int i = 1; i < parts.length; i++) {
        drawing = drawing.and(stroke(parts[i]));
      }
      return drawing;
    } catch (IllegalArgumentException e) {
      throw new CdrlException(
          e,
          "A drawing cannot be read from '{0}'; take it from a model that was trained on one.",
          text.substring(0, Math.min(60, text.length())));
    }
  }

  private static @Nullable PlaneShape start(String word) {
    return word.equals(NOTHING) ? null : PlaneShape.valueOf(word.toUpperCase(Locale.ROOT));
  }

  private static Stroke stroke(String part) {
    String[] words = part.split(":? ", -1);
    boolean erase = words[0].equals("erase");
    if (words.length < 4 || !erase && !words[0].equals("paint")) {
      throw new IllegalArgumentException(part);
    }
    List<Double> path =
        Arrays.stream(words, 2, words.length).map(Double::valueOf).collect(Collectors.toList());
    return new Stroke(erase, Double.parseDouble(words[1]), path);
  }
}
