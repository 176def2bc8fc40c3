package cdrl.studio.shell;

import cdrl.runtime.ResidentMemory;
import cdrl.studio.resources.Messages;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import javafx.application.Platform;
import javafx.scene.control.Label;
import javafx.scene.control.Tooltip;

/** How much memory the program uses, looked at every other second while it is in a window. */
final class MemoryReadout extends Label {
  private static final double GIGABYTE = 1e9;
  private static final int SECONDS = 2;

  private final Messages messages;
  private final Supplier<OptionalLong> resident;

  MemoryReadout(Messages messages) {
    this(messages, ResidentMemory::now);
  }

  MemoryReadout(Messages messages, Supplier<OptionalLong> resident) {
    this.messages = messages;
    this.resident = resident;
    setId("memory");
    getStyleClass().add("muted");
    setMinWidth(USE_PREF_SIZE);
    sceneProperty()
        .addListener(
            (property, before, after) -> {
              if (before == null) {
                lookAgainAndAgain();
              }
            });
  }

  /** No animation: that would make the toolkit draw frame after frame, with nothing to see. */
  private void lookAgainAndAgain() {
    if (getScene() != null) {
      look();
      CompletableFuture.delayedExecutor(SECONDS, TimeUnit.SECONDS, Platform::runLater)
          .execute(this::lookAgainAndAgain);
    }
  }

  /** The whole process where the system tells, else what Java's objects use. */
  private void look() {
    OptionalLong whole = resident.get();
    Runtime java = Runtime.getRuntime();
    long bytes = whole.orElseGet(() -> java.totalMemory() - java.freeMemory());
    setText(messages.text("memory", messages.number(bytes / GIGABYTE, 1)));
    if (getTooltip() == null) {
      setTooltip(new Tooltip(messages.text(whole.isPresent() ? "memory.all" : "memory.java")));
    }
  }
}
