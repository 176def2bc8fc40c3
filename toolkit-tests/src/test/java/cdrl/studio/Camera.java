package cdrl.studio;

import static cdrl.studio.Window.onFxThread;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import javafx.embed.swing.SwingFXUtils;
import javafx.stage.Stage;
import javax.imageio.ImageIO;
import org.testfx.util.WaitForAsyncUtils;

/** Writes what a window shows into {@code target/screenshots}. */
final class Camera {
  private static final Path TARGET = Path.of("target", "screenshots");

  private Camera() {}

  /** Takes a picture when all that was asked for has been drawn. */
  static void take(Stage stage, String name) throws IOException {
    WaitForAsyncUtils.waitForFxEvents();
    BufferedImage picture =
        onFxThread(() -> SwingFXUtils.fromFXImage(stage.getScene().snapshot(null), null));
    Files.createDirectories(TARGET);
    ImageIO.write(picture, "png", TARGET.resolve(name + ".png").toFile());
  }
}
