package cdrl.store;

import cdrl.runtime.CdrlException;
import cdrl.runtime.HostTensor;
import cdrl.runtime.Sentence;
import com.google.gson.Strictness;
import com.google.gson.stream.JsonReader;
import com.google.gson.stream.JsonToken;
import com.google.gson.stream.JsonWriter;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.StringWriter;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The header of a safetensors file: names, shapes and places of the tensors, which cover the data
 * without overlap, hole or rest.
 *
 * @param metadata free text by name
 * @param entries by their place in the data
 */
record SafeTensorsHeader(Map<String, String> metadata, List<Entry> entries) {
  /** The largest header that the format allows. */
  static final int MOST_BYTES = 100_000_000;

  /** Limits that no real file comes near; they bound the memory that a hostile header can take. */
  private static final int MOST_ENTRIES = 100_000;

  private static final int MOST_DIMENSIONS = 16;
  private static final int ALIGNMENT = 8;
  private static final String METADATA = "__metadata__";
  private static final String TYPE = "F32";

  /**
   * The place of a tensor.
   *
   * @param name its name
   * @param shape its sizes
   * @param elements the product of the sizes
   * @param begin the first byte, counted from the end of the header
   * @param end the byte after the last
   */
  @SuppressWarnings("ArrayRecordComponent") // never compared
  record Entry(String name, long[] shape, int elements, long begin, long end) {}

  /**
   * Reads a header.
   *
   * @param json its bytes
   * @param dataBytes the number of bytes that follow it in the file
   * @param source the file's name for sentences
   * @throws CdrlException when it breaks a rule of the format
   */
  static SafeTensorsHeader parse(byte[] json, long dataBytes, String source) {
    if (json.length == 0 || json[0] != '{') {
      throw SafeTensors.damaged(source, "its header does not begin with '{'");
    }
    Parser parser = new Parser(source);
    SafeTensorsHeader header;
    try {
      header = parser.parse(json);
    } catch (IOException | IllegalStateException | NumberFormatException e) {
      throw SafeTensors.damaged(source, "its header is not strict JSON");
    }
    header.checkCoverage(dataBytes, source);
    return header;
  }

  private void checkCoverage(long dataBytes, String source) {
    long covered = 0;
    @Nullable String previous = null;
    for (Entry entry : entries) {
      String name = Sentences.shown(entry.name());
      if (entry.end() > dataBytes) {
        throw SafeTensors.damaged(
            source,
            "the tensor '{0}' ends at byte {1} of its data, which has only {2}",
            name,
            entry.end(),
            dataBytes);
      }
      if (entry.begin() < covered && previous != null) {
        throw SafeTensors.damaged(
            source, "the tensors '{0}' and '{1}' overlap", Sentences.shown(previous), name);
      }
      if (entry.begin() > covered) {
        throw SafeTensors.damaged(
            source, "there is a hole of {0} bytes before '{1}'", entry.begin() - covered, name);
      }
      covered = entry.end();
      previous = entry.name();
    }
    if (covered < dataBytes) {
      throw SafeTensors.damaged(
          source, "{0} bytes follow after its last tensor", dataBytes - covered);
    }
  }

  /** The header of a file, padded with spaces so that the data begin at a multiple of 8 bytes. */
  static byte[] encode(TensorFile file) {
    StringWriter text = new StringWriter();
    try (JsonWriter json = new JsonWriter(text)) {
      json.setStrictness(Strictness.STRICT);
      json.beginObject();
      if (!file.metadata().isEmpty()) {
        json.name(METADATA).beginObject();
        for (Map.Entry<String, String> entry : file.metadata().entrySet()) {
          json.name(entry.getKey()).value(entry.getValue());
        }
        json.endObject();
      }
      long offset = 0;
      for (Map.Entry<String, HostTensor> entry : file.tensors().entrySet()) {
        if (entry.getKey().equals(METADATA)) {
          throw new IllegalArgumentException("no tensor can be named " + METADATA);
        }
        long end = offset + (long) entry.getValue().values().length * Float.BYTES;
        json.name(entry.getKey()).beginObject();
        json.name("dtype").value(TYPE);
        json.name("shape").beginArray();
        for (long size : entry.getValue().shape()) {
          json.value(size);
        }
        json.endArray();
        json.name("data_offsets").beginArray().value(offset).value(end).endArray();
        json.endObject();
        offset = end;
      }
      json.endObject();
    } catch (IOException e) {
      throw new IllegalStateException("memory does not fail", e);
    }
    byte[] bytes = text.toString().getBytes(StandardCharsets.UTF_8);
    int padded = (bytes.length + ALIGNMENT - 1) / ALIGNMENT * ALIGNMENT;
    if (padded > MOST_BYTES) {
      throw new IllegalArgumentException("the metadata are larger than the format allows");
    }
    byte[] aligned = Arrays.copyOf(bytes, padded);
    Arrays.fill(aligned, bytes.length, padded, (byte) ' ');
    return aligned;
  }

  /** Reads token by token, so that nothing is kept that the format does not have. */
  private static final class Parser {
    private final String source;
    private final Map<String, String> metadata = new LinkedHashMap<>();
    private final List<Entry> entries = new ArrayList<>();

    Parser(String source) {
      this.source = source;
    }

    SafeTensorsHeader parse(byte[] bytes) throws IOException {
      JsonReader json =
          new JsonReader(
              new InputStreamReader(
                  new ByteArrayInputStream(bytes),
                  StandardCharsets.UTF_8
                      .newDecoder()
                      .onMalformedInput(CodingErrorAction.REPORT)
                      .onUnmappableCharacter(CodingErrorAction.REPORT)));
      json.setStrictness(Strictness.STRICT);
      Set<String> names = new HashSet<>();
      json.beginObject();
      while (json.hasNext()) {
        String name = uniqueName(json, names);
        if (name.equals(METADATA)) {
          readMetadata(json);
        } else {
          entries.add(readEntry(json, name));
        }
      }
      json.endObject();
      if (json.peek() != JsonToken.END_DOCUMENT) {
        throw new IllegalStateException("more than one value");
      }
      entries.sort(Comparator.comparingLong(Entry::begin).thenComparingLong(Entry::end));
      return new SafeTensorsHeader(metadata, entries);
    }

    private void readMetadata(JsonReader json) throws IOException {
      Set<String> names = new HashSet<>();
      json.beginObject();
      while (json.hasNext()) {
        String name = uniqueName(json, names);
        if (json.peek() != JsonToken.STRING) {
          throw SafeTensors.damaged(
              source, "its metadata entry '{0}' is not text", Sentences.shown(name));
        }
        metadata.put(name, json.nextString());
      }
      json.endObject();
    }

    private Entry readEntry(JsonReader json, String name) throws IOException {
      @Nullable String type = null;
      long @Nullable [] shape = null;
      long @Nullable [] offsets = null;
      Set<String> keys = new HashSet<>();
      json.beginObject();
      while (json.hasNext()) {
        String key = uniqueName(json, keys);
        switch (key) {
          case "dtype" -> {
            if (json.peek() != JsonToken.STRING) {
              throw wrong(name, "has a type that is not text");
            }
            type = json.nextString();
          }
          case "shape" -> shape = readNumbers(json, name, MOST_DIMENSIONS);
          case "data_offsets" -> offsets = readNumbers(json, name, 2);
          default -> throw wrong(name, "has the unknown property '{0}'", Sentences.shown(key));
        }
      }
      json.endObject();
      if (type == null || shape == null || offsets == null || offsets.length != 2) {
        throw wrong(name, "lacks its type, its shape or its two offsets");
      }
      if (!type.equals(TYPE)) {
        throw wrong(
            name, "has the type '{0}', and only {1} can be used", Sentences.shown(type), TYPE);
      }
      if (offsets[0] > offsets[1]) {
        throw wrong(name, "ends before it begins");
      }
      return new Entry(name, shape, elements(name, shape, offsets), offsets[0], offsets[1]);
    }

    private int elements(String name, long[] shape, long[] offsets) {
      long bytes;
      try {
        bytes = Math.multiplyExact(HostTensor.elements(shape), (long) Float.BYTES);
      } catch (ArithmeticException e) {
        throw wrong(name, "has a shape too large to count");
      }
      if (bytes != offsets[1] - offsets[0]) {
        throw wrong(
            name,
            "takes {0} bytes by its shape and {1} by its offsets",
            bytes,
            offsets[1] - offsets[0]);
      }
      if (bytes / Float.BYTES > Integer.MAX_VALUE - 8) {
        throw wrong(name, "is larger than 8 GB");
      }
      return (int) (bytes / Float.BYTES);
    }

    private long[] readNumbers(JsonReader json, String name, int most) throws IOException {
      List<Long> numbers = new ArrayList<>();
      json.beginArray();
      while (json.hasNext()) {
        if (json.peek() != JsonToken.NUMBER) {
          throw wrong(name, "has a size or offset that is not a number");
        }
        String digits = json.nextString();
        if (numbers.size() == most) {
          throw wrong(name, "has more than {0} sizes or offsets", most);
        }
        numbers.add(wholeNumber(digits, name));
      }
      json.endArray();
      return numbers.stream().mapToLong(Long::longValue).toArray();
    }

    private long wholeNumber(String digits, String name) {
      try {
        if (digits.matches("0|[1-9][0-9]*")) {
          return Long.parseLong(digits);
        }
      } catch (NumberFormatException e) {
        // said below
      }
      throw wrong(
          name,
          "has the size or offset '{0}', not a whole number in range",
          Sentences.shown(digits));
    }

    private String uniqueName(JsonReader json, Set<String> seen) throws IOException {
      String name = json.nextName();
      if (!seen.add(name)) {
        throw SafeTensors.damaged(
            source, "its header has the name '{0}' twice", Sentences.shown(name));
      }
      if (seen.size() > MOST_ENTRIES) {
        throw SafeTensors.damaged(source, "its header has more than {0} entries", MOST_ENTRIES);
      }
      return name;
    }

    private CdrlException wrong(String name, String pattern, Object... arguments) {
      return SafeTensors.damaged(
          source, "the tensor '{0}' {1}", Sentences.shown(name), new Sentence(pattern, arguments));
    }
  }
}
