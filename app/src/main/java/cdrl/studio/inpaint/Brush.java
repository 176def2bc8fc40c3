package cdrl.studio.inpaint;

/**
 * A round brush.
 *
 * @param radius in pixels of the model, above 0
 * @param hardness the share of the radius that covers fully, 0 to 1; from there to the rim the
 *     paint grows thin
 */
public record Brush(double radius, double hardness) {}
