package cdrl.studio;

import cdrl.model.CdrlModel;
import cdrl.model.ImageModelSpec;
import cdrl.model.ModelDescription;
import cdrl.runtime.DeviceChoice;
import cdrl.runtime.TensorRuntime;
import cdrl.store.ModelFile;
import cdrl.store.ModelLibrary;
import java.nio.file.Path;
import java.util.List;

/**
 * A shipped model's networks with classes and random weights: it takes as long, and can be guided.
 */
final class GuidedModel {
  private static final List<String> CLASSES = List.of("one", "two", "three");

  private GuidedModel() {}

  /** Writes it beside a place, with the ending of models. */
  static Path write(ModelLibrary library, String name, Path place) {
    ModelDescription known = library.open(name).description();
    ImageModelSpec spec = (ImageModelSpec) known.spec();
    ModelDescription guided =
        new ModelDescription(
            "guided",
            new ImageModelSpec(
                spec.resolution(),
                spec.imageChannels(),
                CLASSES.size(),
                true,
                spec.energy(),
                spec.initializer()),
            known.schedule(),
            known.langevinSteps(),
            CLASSES,
            List.of(),
            known.provenance());
    Path file = place.resolveSibling(place.getFileName() + ".safetensors");
    try (TensorRuntime runtime = TensorRuntime.open(DeviceChoice.CPU, 1)) {
      runtime.run(
          cancellation -> {
            try (CdrlModel model = CdrlModel.create(guided, 1, runtime)) {
              return ModelFile.write(file, guided, model.weights());
            }
          });
    }
    return file;
  }
}
