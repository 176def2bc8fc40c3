package cdrl.store;

import cdrl.store.TorchValue.Bytes;
import cdrl.store.TorchValue.Dictionary;
import cdrl.store.TorchValue.Name;
import cdrl.store.TorchValue.Nothing;
import cdrl.store.TorchValue.Real;
import cdrl.store.TorchValue.Sequence;
import cdrl.store.TorchValue.Storage;
import cdrl.store.TorchValue.Tensor;
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
import java.util.Set;

/**
 * Interprets the pickle of a PyTorch checkpoint. It knows the instructions that PyTorch writes and
 * builds {@link TorchValue}s only: a name outside a short list is refused by name, and no class is
 * ever looked up, let alone instantiated.
 */
final class PickleReader {
  /** Limits that no real checkpoint comes near; they bound the memory that a hostile one takes. */
  private static final int MOST_INSTRUCTIONS = 2_000_000;

  private static final int MOST_DIMENSIONS = 16;
  private static final int LONGEST_NAME = 200;

  private static final String ORDERED_DICT = "collections.OrderedDict";
  private static final String TENSOR = "torch._utils._rebuild_tensor_v2";
  private static final String PARAMETER = "torch._utils._rebuild_parameter";
  private static final String SIZE = "torch.Size";
  private static final Set<String> CALLABLE = Set.of(ORDERED_DICT, TENSOR, PARAMETER, SIZE);

  /** What is wrong with a pickle; the reason completes "… because". */
  static final class Refusal extends Exception {
    private static final long serialVersionUID = 1L;

    private final String reason;

    Refusal(String reason) {
      super(reason);
      this.reason = reason;
    }

    String reason() {
      return reason;
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
  private final StorageSizes sizes;
  private final List<TorchValue> stack = new ArrayList<>();
  private final List<Integer> marks = new ArrayList<>();
  private final Map<Integer, TorchValue> memo = new HashMap<>();

  private PickleReader(ByteBuffer code, StorageSizes sizes) {
    this.code = code;
    this.sizes = sizes;
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
    throw new Refusal("its pickle has more than " + MOST_INSTRUCTIONS + " instructions");
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
      case 'c' -> push(name(line() + "." + line()));
      case 'Q' -> push(storage(pop()));
      case 'R' -> reduce();
      case 'b' -> build();
      default ->
          throw new Refusal(
              String.format(
                  "its pickle has the instruction 0x%02x, which is not read", instruction));
    }
  }

  private static void checkProtocol(int version) throws Refusal {
    if (version != 2 && version != 3) {
      throw new Refusal("its pickle has protocol " + version + ", and only 2 and 3 are read");
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
      throw new Refusal("its pickle claims a text of " + count + " bytes and is shorter");
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
      throw new Refusal("its pickle has a number of " + bytes.length + " bytes");
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
        throw new Refusal("its pickle has a name of more than " + LONGEST_NAME + " characters");
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
      put(dictionary, items.get(i), items.get(i + 1));
    }
  }

  private static void put(Dictionary dictionary, TorchValue key, TorchValue value) throws Refusal {
    if (!(key instanceof Text) && !(key instanceof Whole)) {
      throw new Refusal("it has a dictionary whose keys are neither texts nor whole numbers");
    }
    if (dictionary.entries().put(key, value) != null) {
      String shown = key instanceof Text text ? text.value() : Long.toString(((Whole) key).value());
      throw new Refusal("it has the key " + Sentences.quote(shown) + " twice");
    }
  }

  // Names, and what may be made of them.

  private static Name name(String name) throws Refusal {
    if (CALLABLE.contains(name) || TorchElement.of(name) != null) {
      return new Name(name);
    }
    throw new Refusal(
        "it asks for "
            + Sentences.quote(name)
            + ", and nothing but tensors and plain containers is ever built from a file");
  }

  private void reduce() throws Refusal {
    if (!(pop() instanceof Sequence arguments) || !arguments.isTuple()) {
      throw new Refusal("its pickle calls something without a tuple of arguments");
    }
    if (!(pop() instanceof Name function)) {
      throw new Refusal("its pickle calls something that is not a name");
    }
    List<TorchValue> items = arguments.items();
    push(
        switch (function.name()) {
          case ORDERED_DICT -> orderedDictionary(items);
          case TENSOR -> tensor(items);
          case PARAMETER -> parameter(items);
          case SIZE -> size(items);
          default -> throw new Refusal("its pickle calls " + Sentences.quote(function.name()));
        });
  }

  /** Attributes, which PyTorch adds to dictionaries of weights, are dropped. */
  private void build() throws Refusal {
    pop();
    if (!(top() instanceof Dictionary)) {
      throw new Refusal("its pickle gives attributes to something that is not a dictionary");
    }
  }

  private static TorchValue orderedDictionary(List<TorchValue> arguments) throws Refusal {
    Dictionary dictionary = new Dictionary(new LinkedHashMap<>());
    if (arguments.isEmpty()) {
      return dictionary;
    }
    if (arguments.size() == 1 && arguments.get(0) instanceof Sequence pairs) {
      for (TorchValue pair : pairs.items()) {
        if (!(pair instanceof Sequence two) || two.items().size() != 2) {
          throw new Refusal("its pickle makes a dictionary of something else than pairs");
        }
        put(dictionary, two.items().get(0), two.items().get(1));
      }
      return dictionary;
    }
    throw new Refusal("its pickle makes a dictionary of something else than pairs");
  }

  private static TorchValue parameter(List<TorchValue> arguments) throws Refusal {
    if (arguments.size() == 3 && arguments.get(0) instanceof Tensor tensor) {
      return tensor;
    }
    throw new Refusal("it has a parameter without a tensor");
  }

  private static TorchValue size(List<TorchValue> arguments) throws Refusal {
    if (arguments.size() == 1 && arguments.get(0) instanceof Sequence sizes) {
      return sizes;
    }
    throw new Refusal("it has a size that is not a sequence");
  }

  private Storage storage(TorchValue identifier) throws Refusal {
    if (!(identifier instanceof Sequence tuple)
        || !isIdentifier(tuple.items())
        || !tuple.items().get(0).equals(new Text("storage"))
        || !(tuple.items().get(1) instanceof Name typeName)
        || !(tuple.items().get(2) instanceof Text key)
        || !(tuple.items().get(4) instanceof Whole count)) {
      throw new Refusal("it refers to something that is not a storage");
    }
    TorchElement type = TorchElement.of(typeName.name());
    if (type == null) {
      throw new Refusal("it has a storage of " + Sentences.quote(typeName.name()));
    }
    String shown = Sentences.quote(key.value());
    long claimed = count.value() < 0 ? -1 : Math.min(count.value(), 1L << 40) * type.bytes();
    long bytes = sizes.bytes(key.value(), claimed);
    if (bytes < 0) {
      throw new Refusal("its storage " + shown + " is missing");
    }
    if (count.value() < 0
        || count.value() > Integer.MAX_VALUE - 8
        || count.value() * type.bytes() != bytes) {
      throw new Refusal(
          "its storage "
              + shown
              + " claims "
              + count.value()
              + " elements of "
              + type.bytes()
              + " bytes and has "
              + bytes
              + " bytes");
    }
    return new Storage(type, key.value(), (int) count.value());
  }

  /** The older format adds which part of a storage is meant; all of it, ever since. */
  private static boolean isIdentifier(List<TorchValue> items) {
    return items.size() == 5 || items.size() == 6 && items.get(5) instanceof Nothing;
  }

  private static Tensor tensor(List<TorchValue> arguments) throws Refusal {
    if (arguments.size() < 6
        || arguments.size() > 7
        || !(arguments.get(0) instanceof Storage storage)
        || !(arguments.get(1) instanceof Whole offset)
        || !(arguments.get(2) instanceof Sequence shapeItems)
        || !(arguments.get(3) instanceof Sequence strideItems)) {
      throw new Refusal("it has a tensor that is not described like one");
    }
    long[] shape = numbers(shapeItems);
    long[] strides = numbers(strideItems);
    if (shape.length != strides.length || offset.value() < 0) {
      throw new Refusal("it has a tensor that is not described like one");
    }
    checkBounds(storage, offset.value(), shape, strides);
    return new Tensor(storage, offset.value(), shape, strides);
  }

  private static void checkBounds(Storage storage, long offset, long[] shape, long[] strides)
      throws Refusal {
    long elements = 1;
    long last = offset;
    try {
      for (int d = 0; d < shape.length; d++) {
        elements = Math.multiplyExact(elements, shape[d]);
        last = Math.addExact(last, Math.multiplyExact(shape[d] - 1, strides[d]));
      }
    } catch (ArithmeticException e) {
      throw new Refusal("it has a tensor too large to count");
    }
    if (elements > storage.elements() || elements > 0 && last >= storage.elements()) {
      throw new Refusal(
          "it has a tensor that reaches beyond its storage "
              + Sentences.quote(storage.key())
              + " of "
              + storage.elements()
              + " elements");
    }
  }

  private static long[] numbers(Sequence items) throws Refusal {
    if (items.items().size() > MOST_DIMENSIONS) {
      throw new Refusal("it has a tensor of more than " + MOST_DIMENSIONS + " dimensions");
    }
    long[] numbers = new long[items.items().size()];
    for (int i = 0; i < numbers.length; i++) {
      if (!(items.items().get(i) instanceof Whole number) || number.value() < 0) {
        throw new Refusal("it has a tensor whose sizes or strides are not whole numbers");
      }
      numbers[i] = number.value();
    }
    return numbers;
  }
}
