package cdrl.studio.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class ModelPickerTest {
  @TempDir private Path folder;
  private final FakeEngine engine = new FakeEngine().with(FakeEngine.images("faces"));
  private final List<Throwable> problems = new ArrayList<>();
  private final ModelPicker picker =
      new ModelPicker(engine, ModelKind.IMAGES, Runnable::run, model -> "wrong", problems::add);

  private String picked() {
    return Objects.requireNonNull(picker.pickedProperty().get()).reference();
  }

  @Test
  void theModelThatWasUsedLastIsPickedAlsoWhenItIsAFile() throws IOException {
    Path own = Files.writeString(folder.resolve("own.safetensors"), "");
    engine.models.put(own.toString(), CompletableFuture.completedFuture(FakeEngine.images("own")));
    picker.list(own.toString());
    assertEquals(own.toString(), picked());
    assertTrue(problems.isEmpty());
  }

  @Test
  void aFileThatIsGoneIsForgotten() {
    picker.list(folder.resolve("gone.safetensors").toString());
    assertEquals("faces", picked());
    assertTrue(problems.isEmpty());
  }

  @Test
  void aModelThatIsRenamedStaysPicked() throws IOException {
    Path own = Files.writeString(folder.resolve("own.safetensors"), "");
    Path other = folder.resolve("other.safetensors");
    engine.models.put(own.toString(), CompletableFuture.completedFuture(FakeEngine.images("own")));
    engine.models.put(
        other.toString(), CompletableFuture.completedFuture(FakeEngine.images("own")));
    picker.list(own.toString());
    picker.moved(own.toString(), other.toString(), "other");
    assertEquals(other.toString(), picked());
    assertTrue(
        picker.choices().stream().noneMatch(choice -> choice.reference().equals(own.toString())));
    assertTrue(problems.isEmpty());
  }
}
