package cdrl.studio.workspace;

import cdrl.studio.raster.Raster;
import java.util.function.BiConsumer;
import org.kordamp.ikonli.Ikon;

/**
 * A workspace that takes a picture from another one. Whoever shows pictures offers a command, a
 * button and a menu item for each.
 *
 * @param id the workspace; the button is called {@code send-id}
 * @param name what the command does, for people
 * @param icon the picture on the button
 * @param keys what to press, as in {@link cdrl.studio.shell.Command#of}
 * @param open brings the workspace to the front and gives it a picture and the picture's name
 */
public record PictureReceiver(
    String id, String name, Ikon icon, String keys, BiConsumer<String, Raster> open) {}
