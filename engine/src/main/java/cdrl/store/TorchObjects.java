package cdrl.store;

import cdrl.store.PickleReader.Refusal;
import cdrl.store.PickleReader.StorageSizes;
import cdrl.store.TorchValue.Dictionary;
import cdrl.store.TorchValue.Name;
import cdrl.store.TorchValue.Nothing;
import cdrl.store.TorchValue.Sequence;
import cdrl.store.TorchValue.Storage;
import cdrl.store.TorchValue.Tensor;
import cdrl.store.TorchValue.Text;
import cdrl.store.TorchValue.Whole;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Set;

/**
 * What the names in a pickle may make: dictionaries, storages, and tensors that lie within their
 * storage. Any other name is refused.
 */
final class TorchObjects {
  private static final int MOST_DIMENSIONS = 16;

  private static final String ORDERED_DICT = "collections.OrderedDict";
  private static final String TENSOR = "torch._utils._rebuild_tensor_v2";
  private static final String PARAMETER = "torch._utils._rebuild_parameter";
  private static final String SIZE = "torch.Size";
  private static final Set<String> CALLABLE = Set.of(ORDERED_DICT, TENSOR, PARAMETER, SIZE);

  private final StorageSizes sizes;

  TorchObjects(StorageSizes sizes) {
    this.sizes = sizes;
  }

  /** A name that may be called or mentioned. */
  static Name name(String name) throws Refusal {
    if (CALLABLE.contains(name) || TorchElement.of(name) != null) {
      return new Name(name);
    }
    throw new Refusal(
        "it asks for '{0}', and nothing but tensors and plain containers is ever built from a file",
        Sentences.shown(name));
  }

  /** What a name makes of arguments. */
  static TorchValue call(Name function, List<TorchValue> arguments) throws Refusal {
    return switch (function.name()) {
      case ORDERED_DICT -> orderedDictionary(arguments);
      case TENSOR -> tensor(arguments);
      case PARAMETER -> parameter(arguments);
      case SIZE -> size(arguments);
      default -> throw new Refusal("its pickle calls '{0}'", Sentences.shown(function.name()));
    };
  }

  /** Adds an entry to a dictionary that does not have its key. */
  static void put(Dictionary dictionary, TorchValue key, TorchValue value) throws Refusal {
    if (!(key instanceof Text) && !(key instanceof Whole)) {
      throw new Refusal("it has a dictionary whose keys are neither texts nor whole numbers");
    }
    if (dictionary.entries().put(key, value) != null) {
      String shown = key instanceof Text text ? text.value() : Long.toString(((Whole) key).value());
      throw new Refusal("it has the key '{0}' twice", Sentences.shown(shown));
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

  /** The storage that the pickle refers to. */
  Storage storage(TorchValue identifier) throws Refusal {
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
      throw new Refusal("it has a storage of '{0}'", Sentences.shown(typeName.name()));
    }
    String shown = Sentences.shown(key.value());
    long claimed = count.value() < 0 ? -1 : Math.min(count.value(), 1L << 40) * type.bytes();
    long bytes = sizes.bytes(key.value(), claimed);
    if (bytes < 0) {
      throw new Refusal("its storage '{0}' is missing", shown);
    }
    if (count.value() < 0
        || count.value() > Integer.MAX_VALUE - 8
        || count.value() * type.bytes() != bytes) {
      throw new Refusal(
          "its storage '{0}' claims {1} elements of {2} bytes and has {3} bytes",
          shown, count.value(), type.bytes(), bytes);
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
          "it has a tensor that reaches beyond its storage '{0}' of {1} elements",
          Sentences.shown(storage.key()), storage.elements());
    }
  }

  private static long[] numbers(Sequence items) throws Refusal {
    if (items.items().size() > MOST_DIMENSIONS) {
      throw new Refusal("it has a tensor of more than {0} dimensions", MOST_DIMENSIONS);
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
