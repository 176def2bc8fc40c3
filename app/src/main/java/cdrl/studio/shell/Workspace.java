package cdrl.studio.shell;

import java.util.List;
import java.util.Map;
import javafx.scene.Node;
import org.kordamp.ikonli.Ikon;

/** One of the places to work that the rail at the left leads to. */
public interface Workspace {
  /** A short name that never changes, for the preferences. */
  String id();

  /** The name people see. */
  String name();

  /** The picture in the rail. */
  Ikon icon();

  /** The nodes; called once, when the workspace is first shown or before. */
  Node content();

  /** What can be done in it; keys work while it is shown, and all is in the command palette. */
  List<Command> commands();

  /**
   * The settings to bring back at the next start, by names of the workspace's own choice; asked for
   * when the window closes.
   */
  default Map<String, String> settings() {
    return Map.of();
  }

  /**
   * Brings settings back, before the window opens and before {@link #content}; what is missing or
   * makes no sense is left as it is.
   */
  default void restore(Map<String, String> settings) {}

  /** Called each time it comes to the front, after {@link #content}. */
  void shown();
}
