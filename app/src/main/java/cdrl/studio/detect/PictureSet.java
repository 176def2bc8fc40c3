package cdrl.studio.detect;

import cdrl.runtime.HostTensor;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;
import javafx.beans.property.ReadOnlyStringProperty;
import javafx.beans.property.ReadOnlyStringWrapper;
import javafx.beans.property.SimpleStringProperty;
import javafx.beans.property.StringProperty;
import org.jspecify.annotations.Nullable;

/** A named set of pictures and their scores so far. Use it on the user interface's thread. */
final class PictureSet {
  /** How far a set is. */
  enum State {
    /** Its turn has not come. */
    WAITING,
    /** Its pictures are read, drawn or made. */
    READING,
    /** Its pictures are scored. */
    SCORING,
    /** All is done. */
    DONE,
    /** A person stopped it; what was done is kept. */
    STOPPED,
    /** It went wrong; what was done before is kept. */
    FAILED
  }

  /**
   * Pictures that were read.
   *
   * @param images (n, channels, height, width) in [−1, 1]; null when none could be read
   * @param names what people call each of them
   * @param taken how many pictures of the source are behind, with those that could not be read
   * @param total how many there were to choose from
   * @param note something about them that people should know; often empty
   */
  record Chunk(
      @Nullable HostTensor images, List<String> names, int taken, int total, String note) {}

  private final int key;
  private final int ink;
  private final StringProperty name;
  private final ReadOnlyObjectWrapper<State> state = new ReadOnlyObjectWrapper<>(State.WAITING);
  private final ReadOnlyStringWrapper note = new ReadOnlyStringWrapper("");
  private final List<String> names = new ArrayList<>();
  private SetSource source;
  private @Nullable HostTensor images;
  private double[] scores = new double[0];
  private int scored;
  private int taken;
  private int total;

  /**
   * @param key tells it from all others
   * @param ink the number of its colour; the model's own kind has none, −1
   */
  PictureSet(int key, int ink, String name, SetSource source) {
    this.key = key;
    this.ink = ink;
    this.name = new SimpleStringProperty(name);
    this.source = source;
  }

  int key() {
    return key;
  }

  /** The number of its colour; −1 for the model's own kind. */
  int ink() {
    return ink;
  }

  /** Whether this is the model's own kind, which the others are told from. */
  boolean isOwn() {
    return ink < 0;
  }

  StringProperty nameProperty() {
    return name;
  }

  SetSource source() {
    return source;
  }

  /** Puts another source in place, whose first pictures are those of the one before. */
  void extend(SetSource longer) {
    source = longer;
    state.set(State.WAITING);
  }

  ReadOnlyObjectProperty<State> stateProperty() {
    return state.getReadOnlyProperty();
  }

  void become(State next) {
    state.set(next);
  }

  /** Something that people should know about the set: what was left out, or why it failed. */
  ReadOnlyStringProperty noteProperty() {
    return note.getReadOnlyProperty();
  }

  void fail(String sentence) {
    note.set(sentence);
    state.set(State.FAILED);
  }

  /** All pictures so far, or null. */
  @Nullable HostTensor images() {
    return images;
  }

  /** The number of pictures so far. */
  int count() {
    return images == null ? 0 : images.count();
  }

  /** How many pictures of the source are behind. */
  int taken() {
    return taken;
  }

  /** How many pictures there were to choose from; 0 before they are read. */
  int total() {
    return total;
  }

  /** How many of the pictures have a score: the first ones. */
  int scored() {
    return scored;
  }

  /** The scores so far; a copy. */
  double[] scores() {
    return Arrays.copyOf(scores, scored);
  }

  /** What people call a picture. */
  String pictureName(int index) {
    return names.get(index);
  }

  /** The pictures that have no score yet, at least one. */
  HostTensor unscored() {
    HostTensor all = images;
    if (all == null || scored >= all.count()) {
      throw new IllegalStateException("all pictures have scores");
    }
    int size = all.values().length / all.count();
    long[] shape = all.shape().clone();
    shape[0] -= scored;
    return new HostTensor(
        shape, Arrays.copyOfRange(all.values(), scored * size, all.values().length));
  }

  /** Adds pictures behind those that are there. */
  void append(Chunk chunk) {
    taken += chunk.taken();
    total = chunk.total();
    if (!chunk.note().isEmpty()) {
      note.set(note.get().isEmpty() ? chunk.note() : note.get() + " " + chunk.note());
    }
    HostTensor before = images;
    HostTensor more = chunk.images();
    if (more == null) {
      return;
    }
    if (before == null) {
      images = more;
    } else {
      float[] values =
          Arrays.copyOf(before.values(), before.values().length + more.values().length);
      System.arraycopy(more.values(), 0, values, before.values().length, more.values().length);
      long[] shape = before.shape().clone();
      shape[0] += more.count();
      images = new HostTensor(shape, values);
    }
    names.addAll(chunk.names());
  }

  /** Adds scores of the next pictures. */
  void addScores(double... more) {
    scores = Arrays.copyOf(scores, scored + more.length);
    System.arraycopy(more, 0, scores, scored, more.length);
    scored = scores.length;
  }

  /** Forgets the scores. */
  void forgetScores() {
    scores = new double[0];
    scored = 0;
    state.set(State.WAITING);
  }

  /** Forgets pictures and scores. */
  void forgetAll() {
    images = null;
    names.clear();
    note.set("");
    taken = 0;
    total = 0;
    forgetScores();
  }
}
