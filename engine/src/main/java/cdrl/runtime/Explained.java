package cdrl.runtime;

/** An exception whose message can be said in other languages too. */
public interface Explained {
  /** The message. */
  Sentence sentence();
}
