package cdrl.studio.engine;

import cdrl.runtime.Sentence;
import cdrl.studio.resources.Messages;

/** What the engine says, in the language of the window. */
public final class EngineWords {
  private EngineWords() {}

  /** A sentence of the engine; what the bundle does not have stays English. */
  public static String of(Sentence sentence, Messages messages) {
    return sentence.in(pattern -> messages.textOr(pattern, () -> pattern));
  }
}
