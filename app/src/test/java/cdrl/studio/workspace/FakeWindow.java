package cdrl.studio.workspace;

import cdrl.studio.resources.Messages;
import cdrl.studio.shell.Jobs;
import cdrl.studio.shell.Preferences;
import cdrl.studio.shell.Problems;
import java.util.Locale;
import java.util.Random;

/** What the window gives to workspaces, without a window: all work is done at once. */
public final class FakeWindow {
  /** Time that passes between two looks at the clock; more than a frame. */
  private static final long TICK_NANOS = 20_000_000;

  public final Messages messages = new Messages(Locale.ENGLISH);
  public final Preferences preferences = Preferences.inMemory();
  public final Jobs jobs = new Jobs();
  public final Problems problems = new Problems(messages);
  private long now;

  /** For a workspace; the dice are as new. */
  public WorkspaceContext context() {
    return new WorkspaceContext(
        messages,
        preferences,
        jobs,
        problems,
        Runnable::run,
        Runnable::run,
        () -> now += TICK_NANOS,
        new Random(1));
  }
}
