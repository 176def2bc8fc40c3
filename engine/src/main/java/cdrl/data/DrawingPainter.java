package cdrl.data;

import java.util.List;

/**
 * Paints one drawing after another, each of which mostly adds to the one before: only what is new
 * is painted anew. For one thread.
 */
public final class DrawingPainter {
  private Drawing settled = Drawing.EMPTY;
  private float[] brightness = settled.brightness();

  /** How bright every place of a drawing is, as {@link Drawing#brightness} tells. */
  public float[] paint(Drawing drawing) {
    List<Stroke> strokes = drawing.strokes();
    // The last stroke may still grow, so it is never taken as settled.
    int last = Math.max(0, strokes.size() - 1);
    int known = settled.strokes().size();
    boolean goesOn =
        settled.start() == drawing.start()
            && known <= last
            && settled.strokes().equals(strokes.subList(0, known));
    if (!goesOn) {
      known = 0;
      brightness = new Drawing(drawing.start(), List.of()).brightness();
    }
    paint(strokes.subList(known, last), brightness);
    settled = new Drawing(drawing.start(), strokes.subList(0, last));
    float[] whole = brightness.clone();
    paint(strokes.subList(last, strokes.size()), whole);
    return whole;
  }

  private static void paint(List<Stroke> strokes, float[] onto) {
    for (Stroke stroke : strokes) {
      stroke.paint(onto, PaintedDensity.SIDE, PaintedDensity.EXTENT);
    }
  }
}
