package cdrl.studio.train;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** Takes the models that training runs have made. */
public interface ModelTaker {
  /**
   * Opens a model in the workspace for what it makes.
   *
   * @param name what people see
   */
  void use(Path model, String name);

  /**
   * Copies a model among the person's own.
   *
   * @param name what to call it
   * @param picture of what it makes, or null
   */
  void keep(Path model, String name, @Nullable Path picture);
}
