package cdrl.studio.shell;

import cdrl.studio.engine.DeviceInUse;
import cdrl.studio.engine.EngineWords;
import cdrl.studio.resources.Messages;

/**
 * What the job bar says about the device.
 *
 * @param text a few words
 * @param explanation more, from the engine
 */
public record DeviceNote(String text, String explanation) {
  /** While the engine starts. */
  public static DeviceNote starting(Messages messages) {
    return of(messages.text("device.starting"));
  }

  /** When the engine did not start. */
  public static DeviceNote failed(Messages messages) {
    return of(messages.text("device.failed"));
  }

  /** When it has. */
  public static DeviceNote of(Messages messages, DeviceInUse device) {
    return new DeviceNote(
        device.gpu().isPresent()
            ? messages.text("device.using.gpu", device.gpu().getAsInt())
            : messages.text("device.using.cpu"),
        EngineWords.of(device.sentence(), messages));
  }

  private static DeviceNote of(String text) {
    return new DeviceNote(text, text);
  }
}
