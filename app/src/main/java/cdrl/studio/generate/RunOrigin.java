package cdrl.studio.generate;

import cdrl.studio.resources.Messages;
import cdrl.studio.workspace.Gallery;
import java.util.Map;
import java.util.function.IntSupplier;
import java.util.function.Supplier;

/**
 * Tells what the pictures of a run are.
 *
 * @param shown the run, asked only while there are pictures
 * @param count the number of pictures
 * @param ending of a file's name
 */
record RunOrigin(Messages messages, Supplier<ShownRun> shown, IntSupplier count, String ending)
    implements Gallery.Origin {
  @Override
  public String fileStem() {
    return shown.get().fileStem() + ending;
  }

  @Override
  public String name(int index) {
    ShownRun run = shown.get();
    return messages.text(
        "generate.sent",
        run.model().description().name(),
        Long.toString(run.settings().seed()),
        index + 1);
  }

  @Override
  public String caption(int index) {
    return messages.text("generate.image", index + 1, count.getAsInt());
  }

  @Override
  public Map<String, String> notes(int index) {
    Map<String, String> notes = shown.get().notes();
    if (index >= 0) {
      notes.put("cdrl.image", Integer.toString(index));
    }
    return notes;
  }
}
