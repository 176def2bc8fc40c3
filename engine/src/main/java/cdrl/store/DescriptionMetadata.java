package cdrl.store;

import cdrl.model.ImageModelSpec;
import cdrl.model.ModelDescription;
import cdrl.model.ModelSpec;
import cdrl.model.PointModelSpec;
import cdrl.model.Prediction;
import cdrl.model.Provenance;
import cdrl.runtime.CdrlException;
import cdrl.schedule.ScheduleSpec;
import com.google.gson.Gson;
import com.google.gson.GsonBuilder;
import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonPrimitive;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Supplier;

/** A model's description as the metadata of a safetensors file, and back. */
final class DescriptionMetadata {
  private static final String VERSION = "1";
  private static final String IMAGE = "image";
  private static final String POINTS = "points";

  private DescriptionMetadata() {}

  /**
   * Writes a description.
   *
   * @param format what kind of file it goes into
   */
  static Map<String, String> encode(String format, ModelDescription description) {
    Map<String, String> metadata = new LinkedHashMap<>();
    metadata.put("format", format);
    metadata.put("format_version", VERSION);
    metadata.put("name", description.name());
    metadata.put("spec", spec(description.spec()).toString());
    metadata.put("schedule", schedule(description.schedule()).toString());
    metadata.put("langevin_steps", Integer.toString(description.langevinSteps()));
    metadata.put("prediction", description.prediction().name().toLowerCase(Locale.ROOT));
    metadata.put("class_names", array(description.classNames()).toString());
    metadata.put("attribute_names", array(description.attributeNames()).toString());
    metadata.put("provenance", provenance(description.provenance()).toString());
    return metadata;
  }

  /**
   * Reads a description. Entries that it does not have are left to others.
   *
   * @param format what kind of file it must come from
   * @param source the file's name, for sentences
   * @throws CdrlException when the metadata are not such a description, naming file and field
   */
  static ModelDescription decode(String format, Map<String, String> metadata, String source) {
    String found = metadata.getOrDefault("format", "");
    if (!found.equals(format)) {
      String name = Sentences.shown(source);
      throw found.startsWith("cdrl-")
          ? new CdrlException(
              "The file '{0}' is a '{1}', not a '{2}'; name another file.",
              name, Sentences.shown(found), Sentences.shown(format))
          : new CdrlException(
              "The file '{0}' is a safetensors file of another program, not a '{1}'; name another"
                  + " file.",
              name, Sentences.shown(format));
    }
    String version = require(metadata, "format_version", source);
    if (!version.equals(VERSION)) {
      throw new CdrlException(
          "The file '{0}' has format version '{1}', but this program reads version {2}; use the"
              + " version of the program that wrote it.",
          Sentences.shown(source), Sentences.shown(version), VERSION);
    }
    ModelSpec spec =
        spec(JsonFields.parse(require(metadata, "spec", source), source, "spec"), source);
    ScheduleSpec schedule =
        schedule(
            JsonFields.parse(require(metadata, "schedule", source), source, "schedule"), source);
    int steps = langevinSteps(require(metadata, "langevin_steps", source), source);
    Prediction prediction = prediction(metadata, source);
    List<String> classes =
        JsonFields.parseTexts(require(metadata, "class_names", source), source, "class_names");
    if (!classes.isEmpty() && classes.size() != spec.classes()) {
      throw JsonFields.wrong(
          source, "class_names", "has {0} names for {1} classes", classes.size(), spec.classes());
    }
    List<String> attributes =
        JsonFields.parseTexts(
            require(metadata, "attribute_names", source), source, "attribute_names");
    Provenance provenance =
        provenance(JsonFields.parse(require(metadata, "provenance", source), source, "provenance"));
    return checked(
        source,
        "langevin_steps",
        () ->
            new ModelDescription(
                metadata.getOrDefault("name", ""),
                spec,
                schedule,
                steps,
                prediction,
                classes,
                attributes,
                provenance));
  }

  private static String require(Map<String, String> metadata, String key, String source) {
    String value = metadata.get(key);
    if (value == null) {
      throw JsonFields.wrong(source, key, "is missing");
    }
    return value;
  }

  /** Turns a violated range of a record into a sentence. */
  private static <T> T checked(String source, String path, Supplier<T> record) {
    try {
      return record.get();
    } catch (IllegalArgumentException e) {
      throw JsonFields.wrong(source, path, "is out of range ({0})", e);
    }
  }

  private static int langevinSteps(String text, String source) {
    try {
      return Integer.parseInt(text);
    } catch (NumberFormatException e) {
      throw JsonFields.wrong(source, "langevin_steps", "must be a whole number in range");
    }
  }

  /** Files that do not say come from a time when there was one way only. */
  private static Prediction prediction(Map<String, String> metadata, String source) {
    String word = metadata.getOrDefault("prediction", "next");
    for (Prediction prediction : Prediction.values()) {
      if (prediction.name().toLowerCase(Locale.ROOT).equals(word)) {
        return prediction;
      }
    }
    throw JsonFields.wrong(
        source,
        "prediction",
        "is '{0}', but must be next, clean, noise or none",
        Sentences.shown(word));
  }

  private static JsonObject spec(ModelSpec spec) {
    JsonObject json = new JsonObject();
    if (spec instanceof ImageModelSpec image) {
      json.addProperty("kind", IMAGE);
      json.addProperty("resolution", image.resolution());
      json.addProperty("image_channels", image.imageChannels());
      json.addProperty("classes", image.classes());
      json.addProperty("conditional_initializer", image.conditionalInitializer());
      JsonObject energy = new JsonObject();
      energy.addProperty("channels", image.energy().channels());
      energy.add("multipliers", array(image.energy().multipliers()));
      energy.addProperty("blocks", image.energy().blocks());
      json.add("energy", energy);
      JsonObject initializer = new JsonObject();
      initializer.addProperty("channels", image.initializer().channels());
      initializer.add("multipliers", array(image.initializer().multipliers()));
      initializer.addProperty("blocks", image.initializer().blocks());
      initializer.add("attention", array(image.initializer().attention()));
      initializer.addProperty("dropout", image.initializer().dropout());
      json.add("initializer", initializer);
    } else if (spec instanceof PointModelSpec points) {
      json.addProperty("kind", POINTS);
      json.addProperty("width", points.width());
      json.add("multipliers", array(points.multipliers()));
      json.addProperty("initializer_width", points.initializerWidth());
      json.addProperty("initializer_embedding", points.initializerEmbedding());
    }
    return json;
  }

  private static ModelSpec spec(JsonFields json, String source) {
    String kind = json.text("kind");
    return switch (kind) {
      case IMAGE -> imageSpec(json, source);
      case POINTS -> pointSpec(json, source);
      default ->
          throw JsonFields.wrong(
              source,
              "spec.kind",
              "is '{0}', but must be '{1}' or '{2}'",
              Sentences.shown(kind),
              IMAGE,
              POINTS);
    };
  }

  private static ImageModelSpec imageSpec(JsonFields json, String source) {
    JsonFields energyJson = json.object("energy");
    int energyChannels = energyJson.integer("channels");
    List<Integer> energyMultipliers = energyJson.integers("multipliers");
    int energyBlocks = energyJson.integer("blocks");
    energyJson.finish();
    JsonFields unetJson = json.object("initializer");
    int channels = unetJson.integer("channels");
    List<Integer> multipliers = unetJson.integers("multipliers");
    int blocks = unetJson.integer("blocks");
    List<Integer> attention = unetJson.integers("attention");
    double dropout = unetJson.number("dropout");
    unetJson.finish();
    int resolution = json.integer("resolution");
    int imageChannels = json.integer("image_channels");
    int classes = json.integer("classes");
    boolean conditional = json.truth("conditional_initializer");
    json.finish();
    return checked(
        source,
        "spec",
        () ->
            new ImageModelSpec(
                resolution,
                imageChannels,
                classes,
                conditional,
                new ImageModelSpec.Energy(energyChannels, energyMultipliers, energyBlocks),
                new ImageModelSpec.Unet(channels, multipliers, blocks, attention, dropout)));
  }

  private static PointModelSpec pointSpec(JsonFields json, String source) {
    int width = json.integer("width");
    List<Integer> multipliers = json.integers("multipliers");
    int initializerWidth = json.integer("initializer_width");
    int initializerEmbedding = json.integer("initializer_embedding");
    json.finish();
    return checked(
        source,
        "spec",
        () -> new PointModelSpec(width, multipliers, initializerWidth, initializerEmbedding));
  }

  private static JsonObject schedule(ScheduleSpec schedule) {
    JsonObject json = new JsonObject();
    json.addProperty("kind", schedule.kind().name().toLowerCase(Locale.ROOT));
    json.addProperty("levels", schedule.levels());
    json.addProperty("max_log_snr", schedule.maxLogSnr());
    json.addProperty("min_log_snr", schedule.minLogSnr());
    return json;
  }

  private static ScheduleSpec schedule(JsonFields json, String source) {
    String word = json.text("kind");
    ScheduleSpec.Kind kind = null;
    for (ScheduleSpec.Kind candidate : ScheduleSpec.Kind.values()) {
      if (candidate.name().toLowerCase(Locale.ROOT).equals(word)) {
        kind = candidate;
      }
    }
    if (kind == null) {
      throw JsonFields.wrong(
          source, "schedule.kind", "is '{0}', but must be cosine or drl", Sentences.shown(word));
    }
    ScheduleSpec.Kind known = kind;
    int levels = json.integer("levels");
    double most = json.number("max_log_snr");
    double least = json.number("min_log_snr");
    json.finish();
    return checked(source, "schedule", () -> new ScheduleSpec(known, levels, most, least));
  }

  private static JsonObject provenance(Provenance provenance) {
    JsonObject json = new JsonObject();
    json.addProperty("program", provenance.program());
    json.addProperty("created", provenance.created());
    json.addProperty("data", provenance.data());
    json.addProperty("data_fingerprint", provenance.dataFingerprint());
    json.addProperty("iterations", provenance.iterations());
    json.addProperty("seed", provenance.seed());
    json.addProperty("platform", provenance.platform());
    JsonObject settings = new JsonObject();
    provenance.settings().forEach(settings::addProperty);
    json.add("settings", settings);
    if (!provenance.origins().isEmpty()) {
      JsonArray origins = new JsonArray();
      for (Provenance.Origin origin : provenance.origins()) {
        JsonObject entry = new JsonObject();
        entry.addProperty("name", origin.name());
        entry.addProperty("checksum", origin.checksum());
        entry.add("provenance", provenance(origin.provenance()));
        origins.add(entry);
      }
      json.add("origins", origins);
    }
    return json;
  }

  private static Provenance provenance(JsonFields json) {
    Provenance provenance =
        new Provenance(
            json.text("program"),
            json.text("created"),
            json.text("data"),
            json.text("data_fingerprint"),
            json.whole("iterations"),
            json.whole("seed"),
            json.text("platform"),
            json.textsByName("settings"),
            json.objects("origins").stream().map(DescriptionMetadata::origin).toList());
    json.finish();
    return provenance;
  }

  private static Provenance.Origin origin(JsonFields json) {
    Provenance.Origin origin =
        new Provenance.Origin(
            json.text("name"), json.text("checksum"), provenance(json.object("provenance")));
    json.finish();
    return origin;
  }

  /** The provenance as a JSON object, for run folders. */
  static String provenanceText(Provenance provenance) {
    Gson readable = new GsonBuilder().setPrettyPrinting().disableHtmlEscaping().create();
    return readable.toJson(provenance(provenance)) + "\n";
  }

  /** Reads what {@link #provenanceText} wrote. */
  static Provenance provenance(String json, String source) {
    return provenance(JsonFields.parse(json, source, ""));
  }

  private static JsonArray array(List<?> values) {
    JsonArray array = new JsonArray();
    for (Object value : values) {
      JsonElement element =
          value instanceof Number number
              ? new JsonPrimitive(number)
              : new JsonPrimitive(value.toString());
      array.add(element);
    }
    return array;
  }
}
