package cdrl.cli;

import cdrl.model.CdrlModel;
import cdrl.model.ImageModelSpec;
import cdrl.model.ModelDescription;
import cdrl.model.ModelSpec;
import cdrl.model.PointModelSpec;
import cdrl.model.Provenance;
import cdrl.runtime.DeviceChoice;
import cdrl.runtime.TensorRuntime;
import cdrl.schedule.ScheduleSpec;
import cdrl.store.ModelFile;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** Tiny models with random weights. */
final class TestModels {
  /** Grey images of 8 × 8 pixels. */
  static final ImageModelSpec IMAGES =
      new ImageModelSpec(
          8,
          1,
          0,
          false,
          new ImageModelSpec.Energy(4, List.of(1), 1),
          new ImageModelSpec.Unet(32, List.of(1), 1, List.of(), 0));

  private TestModels() {}

  /** Writes a model of points. */
  static String points(Path folder) {
    PointModelSpec spec = new PointModelSpec(8, List.of(1), 64, 8);
    return write(folder.resolve("points.safetensors"), spec, List.of(), List.of());
  }

  /** Writes a model of images. */
  static String images(Path folder) {
    return write(folder.resolve("images.safetensors"), IMAGES, List.of(), List.of());
  }

  /** Writes a model of images with two attributes, whose values are the classes. */
  static String attributes(Path folder) {
    ImageModelSpec spec = new ImageModelSpec(8, 1, 4, false, IMAGES.energy(), IMAGES.initializer());
    return write(
        folder.resolve("attributes.safetensors"),
        spec,
        List.of("Male", "not Male", "Smiling", "not Smiling"),
        List.of("Male", "Smiling"));
  }

  private static String write(
      Path file, ModelSpec spec, List<String> classNames, List<String> attributeNames) {
    ModelDescription description =
        new ModelDescription(
            "tiny",
            spec,
            ScheduleSpec.cosine(3),
            2,
            classNames,
            attributeNames,
            new Provenance("test", "2024-01-01T00:00:00Z", "none", "", 0, 1, "any", Map.of()));
    try (TensorRuntime runtime = TensorRuntime.open(DeviceChoice.CPU, 1)) {
      runtime.run(
          cancellation -> {
            try (CdrlModel model = CdrlModel.create(description, 1, runtime)) {
              return ModelFile.write(file, description, model.weights());
            }
          });
    }
    return file.toString();
  }
}
