package cdrl.studio.inpaint;

/**
 * A point of a picture, in pixels from its upper left corner.
 *
 * @param x to the right
 * @param y downwards
 */
public record Place(double x, double y) {}
