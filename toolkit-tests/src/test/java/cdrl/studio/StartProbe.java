package cdrl.studio;

import java.lang.management.ManagementFactory;
import javafx.animation.AnimationTimer;
import javafx.application.Application;
import javafx.scene.Node;
import javafx.stage.Stage;
import javafx.stage.Window;

/**
 * The program itself, which prints when its window can be used, and ends: the milliseconds from the
 * start of the Java machine until the main button can be pressed, and until the model is loaded.
 */
public final class StartProbe {
  private StartProbe() {}

  /** Opens the window. */
  public static void main(String[] arguments) {
    Application.launch(Probed.class, arguments);
  }

  /** The program with a look at every frame. */
  public static final class Probed extends Application {
    private final StudioApplication program = new StudioApplication();

    /** Made by the toolkit. */
    public Probed() {}

    @Override
    public void init() {
      program.init();
    }

    @Override
    public void start(Stage stage) {
      program.start(stage);
      new AnimationTimer() {
        private boolean told;

        @Override
        public void handle(long now) {
          if (!told && isUsable("sample")) {
            told = true;
            System.out.println("usable " + elapsed());
          }
          if (told && isUsable("model-details-button")) {
            System.out.println("loaded " + elapsed());
            stop();
            System.exit(0);
          }
        }
      }.start();
    }

    private static long elapsed() {
      return System.currentTimeMillis() - ManagementFactory.getRuntimeMXBean().getStartTime();
    }

    private static boolean isUsable(String id) {
      for (Window window : Window.getWindows()) {
        Node node = window.getScene().getRoot().lookup("#" + id);
        if (node != null && !node.isDisabled()) {
          return true;
        }
      }
      return false;
    }
  }
}
