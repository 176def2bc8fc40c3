package cdrl.studio.workspace;

import java.util.List;
import java.util.Map;

/** Tells pictures of charts and planes, which nobody wants to inpaint, from other pictures. */
public final class ChartNotes {
  private static final List<String> WORKSPACES = List.of("density", "detect", "train");

  private ChartNotes() {}

  /** Whether what a picture tells is that it shows charts or planes. */
  public static boolean tells(Map<String, String> notes) {
    return WORKSPACES.contains(workspace(notes));
  }

  /** The workspace that saved a picture; empty where it tells none. */
  public static String workspace(Map<String, String> notes) {
    return notes.getOrDefault("cdrl.workspace", "");
  }
}
