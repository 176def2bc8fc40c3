package cdrl.studio;

import static cdrl.studio.Window.await;
import static cdrl.studio.Window.awaitChange;

import cdrl.data.Pictures;
import cdrl.runtime.HostTensor;
import java.nio.file.Path;
import java.util.Optional;
import javafx.scene.Node;
import javafx.scene.control.Label;
import javafx.scene.input.KeyCode;
import org.testfx.api.FxRobot;

/** Tests of a workspace whose runs fill a gallery. */
abstract class GalleryTest extends WindowTest {
  GalleryTest(String workspace) {
    super(workspace);
  }

  /** Does something that draws samples and waits for the whole run. */
  final void awaitDone(Runnable cause) {
    Node cancel = window.node("cancel", Node.class);
    awaitChange(cancel.disabledProperty(), disabled -> !disabled, cause);
    await(cancel.disabledProperty(), disabled -> disabled);
  }

  /** Saves all pictures and reads the file. */
  final HostTensor saved(FxRobot robot, String name) {
    Path file = folder.resolve(name);
    window.picked = Optional.of(file);
    awaitChange(
        window.node("job-news", Label.class).textProperty(),
        text -> text.contains(name),
        () -> robot.push(KeyCode.CONTROL, KeyCode.S));
    return Pictures.read(file, 3);
  }

  /** The largest change of a value. */
  static double largestChange(HostTensor before, HostTensor after) {
    double largest = 0;
    for (int i = 0; i < before.values().length; i++) {
      largest = Math.max(largest, Math.abs(after.values()[i] - before.values()[i]));
    }
    return largest;
  }
}
