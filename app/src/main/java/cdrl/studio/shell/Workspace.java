package cdrl.studio.shell;

import java.util.List;
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

  /** The nodes; called once, when the workspace is first shown. */
  Node content();

  /** What its keys do while it is shown. */
  List<Command> commands();

  /** Called each time it comes to the front, after {@link #content}. */
  void shown();
}
