package cdrl.store;

import cdrl.runtime.Explained;
import cdrl.runtime.Sentence;
import cdrl.store.TorchValue.Bytes;
import cdrl.store.TorchValue.Dictionary;
import cdrl.store.TorchValue.Name;
import cdrl.store.TorchValue.Nothing;
import cdrl.store.TorchValue.Real;
import cdrl.store.TorchValue.Sequence;
import cdrl.store.TorchValue.Text;
import cdrl.store.TorchValue.Truth;
import cdrl.store.TorchValue.Whole;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Interprets the pickle of a PyTorch checkpoint. It knows the instructions that PyTorch writes and
 * builds {@link TorchValue}s only: a name outside a short list is refused by name, and no class is
 * ever looked up, let alone instantiated.
 */
final class PickleReader {
  /** Limits that no real checkpoint comes near; they bound the memory that a hostile one takes. */
  private static final int MOST_INSTRUCTIONS = 2_000_000;

  private static final int LONGEST_NAME = 200;

  /** What is wrong with a pickle; the reason completes "… because". */
  static final class Refusal extends Exception implements Explained {
    private static final long serialVersionUID = 1L;

    private final Sentence sentence;

    Refusal(String pattern, Object... arguments) {
      this(new Sentence(pattern, arguments));
    }

    private Refusal(Sentence sentence) {
      super(sentence.toString());
      this.sentence = sentence;
    }

    @Override
    public Sentence sentence() {
      return sentence;
    }
  }

  /** Tells how large the entry of a storage is. */
  @FunctionalInterface
  interface StorageSizes {
    /**
     * The size in bytes of the storage with the given key, or -1 when there is none.
     *
     * @param claimed the size that the pickle claims for it
     */
    long bytes(String key, long claimed);
  }

  private final ByteBuffer code;
  private final TorchObjects objects;
  private final List<TorchValue> stack = new ArrayList<>();
  private final List<Integer> marks = new ArrayList<>();
  private final Map<Integer, TorchValue> memo = new HashMap<>();

  private PickleReader(ByteBuffer code, StorageSizes sizes) {
    this.code = code;
    objects = new TorchObjects(sizes);
  }

  /** The value that a pickle describes. */
  static TorchValue read(byte[] code, StorageSizes sizes) throws Refusal {
    ByteBuffer buffer = ByteBuffer.wrap(code).order(ByteOrder.LITTLE_ENDIAN);
    TorchValue value = readNext(buffer, sizes);
    if (buffer.hasRemaining()) {
      throw new Refusal("its pickle does not end where it should");
    }
    return value;
  }

  /**
   * The value that the next pickle describes.
   *
   * @param code little-endian; stands behind the pickle afterwards
   */
  static TorchValue readNext(ByteBuffer code, StorageSizes sizes) throws Refusal {
    try {
      return new PickleReader(code, sizes).run();
    } catch (BufferUnderflowException e) {
      throw new Refusal("its pickle is cut short");
    }
  }

  private TorchValue run() throws Refusal {
    for (int count = 0; count < MOST_INSTRUCTIONS; count++) {
      int instruction = code.get() & 0xff;
      if (instruction == '.') {
        TorchValue result = pop();
        if (!stack.isEmpty() || !marks.isEmpty()) {
          throw new Refusal("its pickle does not end where it should");
        }
        return result;
      }
      execute(instruction);
    }
    throw new Refusal("its pickle has more than {0} instructions", MOST_INSTRUCTIONS);
  }

  private void execute(int instruction) throws Refusal {
    switch (instruction) {
      case 0x80 -> checkProtocol(code.get());
      case '(' -> marks.add(stack.size());
      case ')' -> push(new Sequence(List.of(), true));
      case ']' -> push(new Sequence(new ArrayList<>(), false));
      case '}' -> push(new Dictionary(new LinkedHashMap<>()));
      case 't' -> push(tuple(popToMark()));
      case 0x85 -> push(tuple(pop(1)));
      case 0x86 -> push(tuple(pop(2)));
      case 0x87 -> push(tuple(pop(3)));
      case 'N' -> push(new Nothing());
      case 0x88 -> push(new Truth(true));
      case 0x89 -> push(new Truth(false));
      case 'J' -> push(new Whole(code.getInt()));
      case 'K' -> push(new Whole(code.get() & 0xff));
      case 'M' -> push(new Whole(code.getShort() & 0xffff));
      case 0x8a -> push(new Whole(longNumber()));
      case 'G' -> push(new Real(Double.longBitsToDouble(Long.reverseBytes(code.getLong()))));
      case 'X' -> push(new Text(text(bytes(code.getInt() & 0xffff_ffffL))));
      case 'B' -> push(new Bytes(bytes(code.getInt() & 0xffff_ffffL)));
      case 'C' -> push(new Bytes(bytes(code.get() & 0xff)));
      case 'q' -> memo.put(code.get() & 0xff, top());
      case 'r' -> memo.put(code.getInt(), top());
      case 'h' -> push(remembered(code.get() & 0xff));
      case 'j' -> push(remembered(code.getInt()));
      case 'a' -> append(pop(1));
      case 'e' -> append(popToMark());
      case 's' -> setItems(pop(2));
      case 'u' -> setItems(popToMark());
      case 'c' -> push(TorchObjects.name(line() + "." + line()));
      case 'Q' -> push(objects.storage(pop()));
      case 'R' -> reduce();
      case 'b' -> build();
      default ->
          throw new Refusal(
              "its pickle has the instruction {0}, which is not read",
              String.format("0x%02x", instruction));
    }
  }

  private static void checkProtocol(int version) throws Refusal {
    if (version != 2 && version != 3) {
      throw new Refusal("its pickle has protocol {0}, and only 2 and 3 are read", version);
    }
  }

  // The stack.

  private void push(TorchValue value) {
    stack.add(value);
  }

  private int floor() {
    return marks.isEmpty() ? 0 : marks.get(marks.size() - 1);
  }

  private TorchValue top() throws Refusal {
    if (stack.size() <= floor()) {
      throw new Refusal("its pickle takes more from its stack than there is");
    }
    return stack.get(stack.size() - 1);
  }

  private TorchValue pop() throws Refusal {
    TorchValue value = top();
    stack.remove(stack.size() - 1);
    return value;
  }

  private List<TorchValue> pop(int count) throws Refusal {
    List<TorchValue> values = new ArrayList<>(count);
    for (int i = 0; i < count; i++) {
      values.add(pop());
    }
    Collections.reverse(values);
    return values;
  }

  private List<TorchValue> popToMark() throws Refusal {
    if (marks.isEmpty()) {
      throw new Refusal("its pickle takes more from its stack than there is");
    }
    List<TorchValue> above = stack.subList(marks.remove(marks.size() - 1), stack.size());
    List<TorchValue> values = new ArrayList<>(above);
    above.clear();
    return values;
  }

  private TorchValue remembered(int index) throws Refusal {
    TorchValue value = memo.get(index);
    if (value == null) {
      throw new Refusal("its pickle refers to something that is not there");
    }
    return value;
  }

  // Plain values.

  private static Sequence tuple(List<TorchValue> items) {
    return new Sequence(Collections.unmodifiableList(items), true);
  }

  private byte[] bytes(long count) throws Refusal {
    if (count > code.remaining()) {
      throw new Refusal("its pickle claims a text of {0} bytes and is shorter", count);
    }
    byte[] bytes = new byte[(int) count];
    code.get(bytes);
    return bytes;
  }

  private static String text(byte[] bytes) throws Refusal {
    try {
      return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
    } catch (CharacterCodingException e) {
      throw new Refusal("its pickle has a text that is not UTF-8");
    }
  }

  private long longNumber() throws Refusal {
    byte[] bytes = bytes(code.get() & 0xff);
    if (bytes.length > Long.BYTES) {
      throw new Refusal("its pickle has a number of {0} bytes", bytes.length);
    }
    long value = bytes.length > 0 && bytes[bytes.length - 1] < 0 ? -1 : 0;
    for (int i = bytes.length - 1; i >= 0; i--) {
      value = value << 8 | bytes[i] & 0xff;
    }
    return value;
  }

  private String line() throws Refusal {
    StringBuilder line = new StringBuilder();
    for (char c = (char) (code.get() & 0xff); c != '\n'; c = (char) (code.get() & 0xff)) {
      line.append(c);
      if (line.length() > LONGEST_NAME) {
        throw new Refusal("its pickle has a name of more than {0} characters", LONGEST_NAME);
      }
    }
    return line.toString();
  }

  private void append(List<TorchValue> items) throws Refusal {
    if (!(top() instanceof Sequence list) || list.isTuple()) {
      throw new Refusal("its pickle appends to something that is not a list");
    }
    list.items().addAll(items);
  }

  private void setItems(List<TorchValue> items) throws Refusal {
    if (!(top() instanceof Dictionary dictionary) || items.size() % 2 != 0) {
      throw new Refusal("its pickle sets items of something that is not a dictionary");
    }
    for (int i = 0; i < items.size(); i += 2) {
      TorchObjects.put(dictionary, items.get(i), items.get(i + 1));
    }
  }

  private void reduce() throws Refusal {
    if (!(pop() instanceof Sequence arguments) || !arguments.isTuple()) {
      throw new Refusal("its pickle calls something without a tuple of arguments");
    }
    if (!(pop() instanceof Name function)) {
      throw new Refusal("its pickle calls something that is not a name");
    }
    push(TorchObjects.call(function, arguments.items()));
  }

  /** Attributes, which PyTorch adds to dictionaries of weights, are dropped. */
  private void build() throws Refusal {
    pop();
    if (!(top() instanceof Dictionary)) {
      throw new Refusal("its pickle gives attributes to something that is not a dictionary");
    }
  }
}
