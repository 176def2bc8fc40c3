package cdrl.store;

import cdrl.runtime.CdrlException;
import cdrl.runtime.Sentence;
import cdrl.runtime.Suggestions;
import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonNull;
import com.google.gson.JsonObject;
import com.google.gson.JsonPrimitive;
import com.google.gson.Strictness;
import com.google.gson.stream.JsonReader;
import com.google.gson.stream.JsonToken;
import java.io.IOException;
import java.io.StringReader;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The fields of a JSON object, read strictly: no field twice, none missing, none unknown, none of
 * another type. Whatever is wrong is said in a sentence that names the file and the field.
 */
final class JsonFields {
  private static final int MOST_CHARACTERS = 10_000_000;
  private static final int DEEPEST = 16;
  private static final int LONGEST_NUMBER = 40;

  private final JsonObject object;
  private final String source;
  private final String path;
  private final Set<String> used = new LinkedHashSet<>();

  private JsonFields(JsonObject object, String source, String path) {
    this.object = object;
    this.source = source;
    this.path = path;
  }

  /**
   * Reads a JSON object.
   *
   * @param text the JSON
   * @param source the file's name, for sentences
   * @param path the field of the file that holds this text, for sentences; may be empty
   */
  static JsonFields parse(String text, String source, String path) {
    JsonElement element = parseElement(text, source, path);
    if (!element.isJsonObject()) {
      throw wrong(source, path, "must be a JSON object");
    }
    return new JsonFields(element.getAsJsonObject(), source, path);
  }

  /** Reads a JSON list of texts; parameters as in {@link #parse}. */
  static List<String> parseTexts(String text, String source, String path) {
    return texts(parseElement(text, source, path), source, path);
  }

  static CdrlException wrong(String source, String path, String pattern, Object... arguments) {
    Sentence field =
        path.isEmpty()
            ? new Sentence("its text")
            : new Sentence("the field '{0}'", Sentences.shown(path));
    return new CdrlException(
        "The file '{0}' cannot be used because {1} {2}; use another copy of it.",
        Sentences.shown(source), field, new Sentence(pattern, arguments));
  }

  private static JsonElement parseElement(String text, String source, String path) {
    if (text.length() > MOST_CHARACTERS) {
      throw wrong(source, path, "has more than {0} characters", MOST_CHARACTERS);
    }
    try {
      JsonReader reader = new JsonReader(new StringReader(text));
      reader.setStrictness(Strictness.STRICT);
      JsonElement element = element(reader, DEEPEST);
      if (reader.peek() != JsonToken.END_DOCUMENT) {
        throw wrong(source, path, "has text after its end");
      }
      return element;
    } catch (IOException | IllegalStateException | NumberFormatException e) {
      throw wrong(source, path, "is not strict JSON");
    }
  }

  private static JsonElement element(JsonReader reader, int depth) throws IOException {
    if (depth == 0) {
      throw new IOException("nested too deeply");
    }
    switch (reader.peek()) {
      case BEGIN_OBJECT -> {
        JsonObject object = new JsonObject();
        reader.beginObject();
        while (reader.hasNext()) {
          String name = reader.nextName();
          if (object.has(name)) {
            throw new IOException("a field twice");
          }
          object.add(name, element(reader, depth - 1));
        }
        reader.endObject();
        return object;
      }
      case BEGIN_ARRAY -> {
        JsonArray array = new JsonArray();
        reader.beginArray();
        while (reader.hasNext()) {
          array.add(element(reader, depth - 1));
        }
        reader.endArray();
        return array;
      }
      case STRING -> {
        return new JsonPrimitive(reader.nextString());
      }
      case NUMBER -> {
        String digits = reader.nextString();
        if (digits.length() > LONGEST_NUMBER) {
          throw new IOException("a number that is too long");
        }
        return new JsonPrimitive(new BigDecimal(digits));
      }
      case BOOLEAN -> {
        return new JsonPrimitive(reader.nextBoolean());
      }
      case NULL -> {
        reader.nextNull();
        return JsonNull.INSTANCE;
      }
      default -> throw new IOException("no value");
    }
  }

  private String pathOf(String key) {
    return path.isEmpty() ? key : path + "." + key;
  }

  private JsonElement get(String key) {
    JsonElement element = object.get(key);
    if (element == null) {
      throw wrong(source, pathOf(key), "is missing");
    }
    used.add(key);
    return element;
  }

  String text(String key) {
    return text(get(key), source, pathOf(key));
  }

  private static String text(JsonElement element, String source, String path) {
    if (element instanceof JsonPrimitive primitive && primitive.isString()) {
      return primitive.getAsString();
    }
    throw wrong(source, path, "must be text");
  }

  boolean truth(String key) {
    if (get(key) instanceof JsonPrimitive primitive && primitive.isBoolean()) {
      return primitive.getAsBoolean();
    }
    throw wrong(source, pathOf(key), "must be true or false");
  }

  long whole(String key) {
    return whole(get(key), pathOf(key), Long.MIN_VALUE, Long.MAX_VALUE);
  }

  int integer(String key) {
    return (int) whole(get(key), pathOf(key), Integer.MIN_VALUE, Integer.MAX_VALUE);
  }

  private long whole(JsonElement element, String fieldPath, long least, long most) {
    try {
      if (element instanceof JsonPrimitive primitive && primitive.isNumber()) {
        long value = Long.parseLong(primitive.getAsString());
        if (value >= least && value <= most) {
          return value;
        }
      }
    } catch (NumberFormatException e) {
      // said below
    }
    throw wrong(source, fieldPath, "must be a whole number in range");
  }

  double number(String key) {
    try {
      if (get(key) instanceof JsonPrimitive primitive && primitive.isNumber()) {
        double value = Double.parseDouble(primitive.getAsString());
        if (Double.isFinite(value)) {
          return value;
        }
      }
    } catch (NumberFormatException e) {
      // said below
    }
    throw wrong(source, pathOf(key), "must be a finite number");
  }

  List<Integer> integers(String key) {
    List<Integer> values = new ArrayList<>();
    if (get(key) instanceof JsonArray array) {
      for (JsonElement element : array) {
        values.add((int) whole(element, pathOf(key), Integer.MIN_VALUE, Integer.MAX_VALUE));
      }
      return values;
    }
    throw wrong(source, pathOf(key), "must be a list of whole numbers");
  }

  List<String> texts(String key) {
    return texts(get(key), source, pathOf(key));
  }

  private static List<String> texts(JsonElement element, String source, String path) {
    if (element instanceof JsonArray array) {
      List<String> values = new ArrayList<>();
      for (JsonElement entry : array) {
        values.add(text(entry, source, path));
      }
      return values;
    }
    throw wrong(source, path, "must be a list of texts");
  }

  Map<String, String> textsByName(String key) {
    if (get(key) instanceof JsonObject fields) {
      Map<String, String> values = new LinkedHashMap<>();
      for (String name : fields.keySet()) {
        values.put(name, text(fields.get(name), source, pathOf(key) + "." + name));
      }
      return values;
    }
    throw wrong(source, pathOf(key), "must be an object of texts");
  }

  JsonFields object(String key) {
    if (get(key) instanceof JsonObject fields) {
      return new JsonFields(fields, source, pathOf(key));
    }
    throw wrong(source, pathOf(key), "must be a JSON object");
  }

  /** A list of objects; a field that is not there counts as an empty list. */
  List<JsonFields> objects(String key) {
    if (!object.has(key)) {
      return List.of();
    }
    if (get(key) instanceof JsonArray array) {
      List<JsonFields> values = new ArrayList<>();
      for (JsonElement element : array) {
        if (!(element instanceof JsonObject fields)) {
          throw wrong(source, pathOf(key), "must be a list of JSON objects");
        }
        values.add(new JsonFields(fields, source, pathOf(key)));
      }
      return values;
    }
    throw wrong(source, pathOf(key), "must be a list of JSON objects");
  }

  /** Refuses fields that nobody asked for. */
  void finish() {
    for (String key : object.keySet()) {
      if (!used.contains(key)) {
        throw wrong(
            source, pathOf(key), "is not known (known are {0})", Suggestions.enumeration(used));
      }
    }
  }
}
