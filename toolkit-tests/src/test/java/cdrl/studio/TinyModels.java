package cdrl.studio;

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
import cdrl.store.ModelLibrary;
import java.io.IOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** Small models with random weights: what they make is noise, but they behave like real ones. */
final class TinyModels {
  /** Images; done in a moment. */
  static final String QUICK = "quick-images";

  /** Images with so many Langevin steps that a run only ends when it is stopped. */
  static final String ENDLESS = "endless-images";

  /** Points in the plane. */
  static final String POINTS = "points";

  /** Images of three classes. */
  static final String CLASSES = "quick-classes";

  /** Images whose classes are the values of three attributes. */
  static final String ATTRIBUTES = "quick-attributes";

  private TinyModels() {}

  /** Writes the models and gives a library that takes them for the shipped ones. */
  static ModelLibrary library(Path folder) throws IOException {
    Path models = Files.createDirectories(folder.resolve("cdrl/samples/models"));
    try (TensorRuntime runtime = TensorRuntime.open(DeviceChoice.CPU, 1)) {
      write(models, QUICK, images(), 4, "noise", runtime);
      write(models, ENDLESS, images(), 1000, "noise", runtime);
      write(models, POINTS, new PointModelSpec(8, List.of(1), 64, 8), 4, "checkerboard", runtime);
      write(
          models,
          CLASSES,
          images(3, true),
          4,
          List.of("boot", "shirt", "bag"),
          List.of(),
          "noise",
          runtime);
      write(
          models,
          ATTRIBUTES,
          images(6, false),
          4,
          List.of("Male", "not Male", "Smiling", "not Smiling", "Young", "not Young"),
          List.of("Male", "Smiling", "Young"),
          "noise",
          runtime);
    }
    Files.writeString(
        models.resolve("index.txt"),
        String.join("\n", QUICK, ENDLESS, POINTS, CLASSES, ATTRIBUTES) + "\n");
    return new ModelLibrary(new URLClassLoader(new URL[] {folder.toUri().toURL()}, null));
  }

  private static ModelSpec images() {
    return images(0, false);
  }

  private static ModelSpec images(int classes, boolean conditionalInitializer) {
    return new ImageModelSpec(
        16,
        3,
        classes,
        conditionalInitializer,
        new ImageModelSpec.Energy(8, List.of(1, 1), 1),
        new ImageModelSpec.Unet(32, List.of(1, 1), 1, List.of(), 0));
  }

  private static void write(
      Path folder, String name, ModelSpec spec, int steps, String data, TensorRuntime runtime) {
    write(folder, name, spec, steps, List.of(), List.of(), data, runtime);
  }

  private static void write(
      Path folder,
      String name,
      ModelSpec spec,
      int steps,
      List<String> classes,
      List<String> attributes,
      String data,
      TensorRuntime runtime) {
    ModelDescription description =
        new ModelDescription(
            name,
            spec,
            ScheduleSpec.cosine(3),
            steps,
            classes,
            attributes,
            new Provenance("test", "2026-01-01T00:00:00Z", data, "", 1, 1, "", Map.of()));
    runtime.run(
        cancellation -> {
          try (CdrlModel model = CdrlModel.create(description, 1, runtime)) {
            return ModelFile.write(
                folder.resolve(name + ".safetensors"), description, model.weights());
          }
        });
  }
}
