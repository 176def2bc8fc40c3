package cdrl.data;

import cdrl.runtime.CdrlException;
import cdrl.runtime.Suggestions;
import java.util.BitSet;
import java.util.List;

/** Yes-or-no attributes of every image of a data set, such as "Smiling". */
public final class ImageAttributes {
  private final List<String> names;
  private final BitSet values;

  /**
   * @param names the attributes
   * @param values bit (image · number of attributes + attribute) is set where the attribute holds
   */
  ImageAttributes(List<String> names, BitSet values) {
    this.names = List.copyOf(names);
    this.values = values;
  }

  /** The attributes in the order of the file. */
  public List<String> names() {
    return names;
  }

  /**
   * The position of an attribute.
   *
   * @throws CdrlException when there is none of that name
   */
  public int indexOf(String name) {
    int index = names.indexOf(name);
    if (index < 0) {
      String nearest = Suggestions.nearest(name, names);
      throw nearest != null
          ? new CdrlException("The data has no attribute '{0}'; did you mean '{1}'?", name, nearest)
          : new CdrlException(
              "The data has no attribute '{0}'; it has {1}.", name, String.join(", ", names));
    }
    return index;
  }

  /** Whether the image has the attribute. */
  public boolean holds(int image, int attribute) {
    return values.get(Math.addExact(Math.multiplyExact(image, names.size()), attribute));
  }

  BitSet values() {
    return values;
  }
}
