package cdrl.studio.resources;

import java.net.URL;
import java.util.List;
import java.util.stream.Stream;

/** Where the stylesheet, the fonts and the program's icons lie on the class path. */
public final class Resources {
  private Resources() {}

  /** The address of the stylesheet that goes on top of the theme. */
  public static String stylesheet() {
    return url("studio.css").toExternalForm();
  }

  /**
   * The address of the stylesheet that gives a theme another accent colour.
   *
   * @param name the colour, in lower case
   * @param dark whether the theme is dark
   */
  public static String accent(String name, boolean dark) {
    return url("accents/" + name + (dark ? "-dark" : "-light") + ".css").toExternalForm();
  }

  /** The fonts to load before the first window is built; their family is Inter. */
  public static List<URL> fonts() {
    return Stream.of("fonts/inter-regular.otf", "fonts/inter-bold.otf")
        .map(Resources::url)
        .toList();
  }

  /** The program's icon in several sizes, smallest first. */
  public static List<URL> icons() {
    return Stream.of(
            "icons/studio-16.png",
            "icons/studio-32.png",
            "icons/studio-64.png",
            "icons/studio-256.png")
        .map(Resources::url)
        .toList();
  }

  private static URL url(String name) {
    URL found = Resources.class.getResource(name);
    if (found == null) {
      throw new IllegalStateException("the resource " + name + " is missing from the program");
    }
    return found;
  }
}
