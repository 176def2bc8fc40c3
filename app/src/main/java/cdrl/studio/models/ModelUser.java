package cdrl.studio.models;

/** Those who work with the models at hand. */
public interface ModelUser {
  /** Opens a model by its reference, under a name, where it can be used. */
  void use(String reference, String name);

  /** Goes on with a model that is opened by another reference from now on. */
  void moved(String before, String after, String name);
}
