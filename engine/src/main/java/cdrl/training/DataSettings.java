package cdrl.training;

import cdrl.data.PlaneShape;
import cdrl.runtime.MisfitException;
import cdrl.training.Setting.Scope;
import cdrl.training.TrainingConfig.Data;
import cdrl.training.TrainingConfig.Images;
import cdrl.training.TrainingConfig.LabelKind;
import cdrl.training.TrainingConfig.Labels;
import cdrl.training.TrainingConfig.Picture;
import cdrl.training.TrainingConfig.PointsFile;
import cdrl.training.TrainingConfig.Shape;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** The settings of what to learn: the sections {@code data} and {@code labels}. */
final class DataSettings {
  /** The kinds of training data. */
  enum DataKind {
    CHECKERBOARD,
    RINGS,
    MOONS,
    SPIRALS,
    MIXTURE,
    /** Points from a text file. */
    CSV,
    /** A density painted as a grey picture. */
    PICTURE,
    IMAGES;

    /** Whether the data come from a file or folder. */
    boolean isFile() {
      return this == CSV || this == PICTURE || this == IMAGES;
    }

    private static DataKind of(Data data) {
      if (data instanceof Shape shape) {
        return valueOf(shape.shape().name());
      }
      return data instanceof PointsFile ? CSV : data instanceof Picture ? PICTURE : IMAGES;
    }
  }

  static final SettingTable TABLE = new SettingTable();

  static final Setting<DataKind> DATA_KIND =
      TABLE.add(
          "data.kind",
          SettingType.choice(DataKind.class),
          DataKind.IMAGES,
          Scope.ALWAYS,
          config -> DataKind.of(config.data()),
          "What to learn: a distribution in the plane that comes with the program, points from a"
              + " CSV file, a density painted as a grey picture, or images.");
  private static final Setting<Integer> DATA_POINTS =
      TABLE.add(
          "data.points",
          SettingType.integer(1, 10_000_000),
          50_000,
          Scope.POINTS,
          config -> points(config.data()),
          "The number of points in the data set; of a CSV file the most to read.");
  static final Setting<String> DATA_PATH =
      TABLE.add(
          "data.path",
          SettingType.text(),
          "",
          Scope.FILES,
          config -> path(config.data()).map(Path::toString).orElse(""),
          "The CSV file or picture; or, recognized by its content, a folder of images, a CelebA"
              + " folder, an idx file or a CIFAR-10 or CIFAR-100 binary file or folder. Relative"
              + " to the working directory.");
  static final Setting<Integer> DATA_RESOLUTION =
      TABLE.add(
          "data.resolution",
          SettingType.integer(8, 256),
          32,
          Scope.IMAGES,
          config -> ((Images) config.data()).resolution(),
          "Width and height in pixels; images are cropped to a square and scaled to it.");
  static final Setting<Integer> DATA_CHANNELS =
      TABLE.add(
          "data.channels",
          SettingType.integer(1, 3),
          3,
          Scope.IMAGES,
          config -> ((Images) config.data()).channels(),
          "1 for grey images, 3 for colour.");
  private static final Setting<Boolean> DATA_FLIP =
      TABLE.add(
          "data.flip",
          SettingType.flag(),
          true,
          Scope.IMAGES,
          config -> ((Images) config.data()).flip(),
          "Mirrors half of the images at random; not for letters and digits.");
  static final Setting<LabelKind> LABEL_KIND =
      TABLE.add(
          "labels.kind",
          SettingType.choice(LabelKind.class),
          Labels.NONE.kind(),
          Scope.IMAGES,
          config -> labels(config).kind(),
          "What the networks are told about an image: nothing, its class, or the value of one of"
              + " its attributes, picked at random for every batch.");
  private static final Setting<Integer> LABEL_CLASSES =
      TABLE.add(
          "labels.classes",
          SettingType.integer(1, 100_000),
          Labels.NONE.classes(),
          Scope.IMAGES,
          config -> labels(config).classes(),
          "The number of classes of the data (for classes).");
  private static final Setting<List<String>> LABEL_NAMES =
      TABLE.add(
          "labels.names",
          SettingType.texts("[cat, dog]"),
          Labels.NONE.names(),
          Scope.IMAGES,
          config -> labels(config).names(),
          "The names of the classes in their order; an empty list takes those of the data.");
  private static final Setting<List<String>> LABEL_ATTRIBUTES =
      TABLE.add(
          "labels.attributes",
          SettingType.texts("[Male, Smiling]"),
          Labels.NONE.attributes(),
          Scope.IMAGES,
          config -> labels(config).attributes(),
          "The attributes of the data (for attributes); each of their values is one class.");
  private static final Setting<Double> LABEL_DROPPING =
      TABLE.add(
          "labels.dropping",
          SettingType.share(),
          Labels.NONE.dropping(),
          Scope.IMAGES,
          config -> labels(config).dropping(),
          "The share of images that are shown without their class; guidance and composition need"
              + " more than 0.");

  private DataSettings() {}

  /** What the values say about the data. */
  static Data data(SettingValues values) {
    int points = values.get(DATA_POINTS);
    return switch (values.get(DATA_KIND)) {
      case CHECKERBOARD -> new Shape(PlaneShape.CHECKERBOARD, points);
      case RINGS -> new Shape(PlaneShape.RINGS, points);
      case MOONS -> new Shape(PlaneShape.MOONS, points);
      case SPIRALS -> new Shape(PlaneShape.SPIRALS, points);
      case MIXTURE -> new Shape(PlaneShape.MIXTURE, points);
      case CSV -> new PointsFile(path(values), points);
      case PICTURE -> new Picture(path(values), points);
      case IMAGES -> imageData(values);
    };
  }

  private static Path path(SettingValues values) {
    String path = values.get(DATA_PATH);
    if (path.isBlank()) {
      throw new MisfitException("data.path is missing; set it to the file or folder to learn from");
    }
    return Path.of(path).toAbsolutePath().normalize();
  }

  private static int points(Data data) {
    if (data instanceof Shape shape) {
      return shape.points();
    }
    return data instanceof PointsFile file ? file.points() : ((Picture) data).points();
  }

  /** The file or folder that data come from. */
  static Optional<Path> path(Data data) {
    if (data instanceof Images images) {
      return Optional.of(images.path());
    }
    if (data instanceof PointsFile file) {
      return Optional.of(file.path());
    }
    return data instanceof Picture picture ? Optional.of(picture.path()) : Optional.empty();
  }

  private static Data imageData(SettingValues values) {
    if (values.get(DATA_CHANNELS) == 2) {
      throw new MisfitException("data.channels must be 1 or 3, not 2");
    }
    return new Images(
        path(values),
        values.get(DATA_RESOLUTION),
        values.get(DATA_CHANNELS),
        values.get(DATA_FLIP),
        labels(values));
  }

  /** What the values say about the classes of images. */
  static Labels labels(SettingValues values) {
    Labels labels =
        new Labels(
            values.get(LABEL_KIND),
            values.get(LABEL_CLASSES),
            values.get(LABEL_NAMES),
            values.get(LABEL_ATTRIBUTES),
            values.get(LABEL_DROPPING));
    if (labels.kind() == LabelKind.ATTRIBUTES && labels.attributes().isEmpty()) {
      throw new MisfitException(
          "{0} must name at least one attribute of the data", LABEL_ATTRIBUTES.path());
    }
    if (labels.kind() == LabelKind.CLASSES
        && !labels.names().isEmpty()
        && labels.names().size() != labels.classes()) {
      throw new MisfitException(
          "{0} has {1} names where {2} is {3}",
          LABEL_NAMES.path(), labels.names().size(), LABEL_CLASSES.path(), labels.classes());
    }
    return labels;
  }

  private static Labels labels(TrainingConfig config) {
    return ((Images) config.data()).labels();
  }
}
