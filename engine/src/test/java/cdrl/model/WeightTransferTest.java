package cdrl.model;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import cdrl.runtime.CdrlException;
import cdrl.runtime.Computation;
import cdrl.runtime.HostTensor;
import cdrl.runtime.RandomNumbers;
import cdrl.runtime.RandomNumbers.Purpose;
import cdrl.runtime.TestRuntime;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class WeightTransferTest {
  private static final ImageModelSpec PLAIN = TestModels.images(8, 1);

  private static ImageModelSpec classes(int count, boolean initializerToo) {
    return new ImageModelSpec(8, 1, count, initializerToo, PLAIN.energy(), PLAIN.initializer());
  }

  @Test
  void noClassComputesWhatTheModelComputedAndEveryClassStartsApart() {
    TestRuntime.onLane(
        runtime -> {
          ImageModelSpec told = classes(3, true);
          try (CdrlModel start = TestModels.create(PLAIN, 1, runtime);
              NDManager scope = start.manager().newSubManager()) {
            Map<String, HostTensor> weights =
                WeightTransfer.apply(
                    start.description(), start.weights(), told, Prediction.NEXT, 5);
            try (CdrlModel model = CdrlModel.of(TestModels.describe(told), weights, runtime)) {
              float[] pixels = new float[4 * 64];
              new RandomNumbers(2).normal(Purpose.DATA, 0, 0, pixels);
              NDArray x = new HostTensor(new long[] {4, 1, 8, 8}, pixels).toArray(scope);
              float[] level = {1, 0, -2, 3};
              int[] labels = {0, 1, 2, 3};
              // As in training: the vectors of spectral norms must already be right.
              model.energy().powerIteration();
              start.energy().powerIteration();
              float[] before = energy(start, scope, x, level, null);
              assertArrayEquals(before, energy(model, scope, x, level, new int[4]), 1e-4f);
              float[] ofClasses = energy(model, scope, x, level, labels);
              assertEquals(before[0], ofClasses[0], 1e-4f);
              for (int i = 1; i < 4; i++) {
                assertTrue(
                    Math.abs(before[i] - ofClasses[i]) > 1e-3, "class " + i + " starts silent");
              }
              assertArrayEquals(mean(start, x, level, null), mean(model, x, level, labels), 1e-6f);
            }
          }
        });
  }

  private static float[] energy(
      CdrlModel model, NDManager scope, NDArray x, float[] level, int[] labels) {
    return model
        .energy()
        .at(scope, level, labels, EnergyModel.Mode.FROZEN)
        .negativeEnergy(x)
        .toFloatArray();
  }

  private static float[] mean(CdrlModel model, NDArray x, float[] level, int[] labels) {
    return model.initializer().mean(x, level, labels, Computation.EAGER).toFloatArray();
  }

  @Test
  void newClassesCanBeLearned() {
    TestRuntime.onLane(
        runtime -> {
          ImageModelSpec told = classes(3, false);
          try (CdrlModel start = TestModels.create(PLAIN, 1, runtime)) {
            Map<String, HostTensor> weights =
                WeightTransfer.apply(
                    start.description(), start.weights(), told, Prediction.NEXT, 5);
            try (CdrlModel model = CdrlModel.of(TestModels.describe(told), weights, runtime);
                NDManager scope = model.manager().newSubManager()) {
              float[] pixels = new float[128];
              new RandomNumbers(2).normal(Purpose.DATA, 0, 0, pixels);
              NDArray x = new HostTensor(new long[] {2, 1, 8, 8}, pixels).toArray(scope);
              NDArray y = new HostTensor(new long[] {2, 1, 8, 8}, pixels.clone()).toArray(scope);
              EnergyModel.Contrast contrast =
                  model
                      .energy()
                      .contrast(
                          scope,
                          x,
                          y.neg(),
                          new float[] {1, 1},
                          new int[] {1, 2},
                          new float[] {1, 1},
                          Computation.EAGER);
              int index =
                  List.copyOf(model.energy().parameters().trainable().keySet())
                      .indexOf("energy.classes.weight");
              float[] gradient = contrast.gradients().get(index).toFloatArray();
              double apart = 0;
              for (int row = 0; row < gradient.length / 4; row++) {
                apart += Math.abs(gradient[4 * row + 1] - gradient[4 * row + 2]);
              }
              assertTrue(apart > 1e-4, "classes stay the same: " + apart);
            }
          }
        });
  }

  @Test
  void sameClassesKeepTheirEmbeddings() {
    TestRuntime.onLane(
        runtime -> {
          ImageModelSpec spec = classes(3, false);
          try (CdrlModel start = TestModels.create(spec, 1, runtime)) {
            assertEquals(
                start.weights(),
                WeightTransfer.apply(
                    start.description(), start.weights(), spec, Prediction.NEXT, 5));
          }
        });
  }

  private static void refused(ModelSpec from, ModelSpec to, Prediction prediction, String reason) {
    String sentence =
        assertThrows(
                CdrlException.class,
                () -> WeightTransfer.requireFitting(TestModels.describe(from), to, prediction))
            .getMessage();
    assertTrue(sentence.contains(reason), sentence);
    assertFalse(sentence.contains("Spec["), sentence);
    assertTrue(sentence.contains("'test'") && sentence.endsWith("."), sentence);
  }

  @Test
  void otherNetworksAreRefused() {
    ImageModelSpec.Unet unet = PLAIN.initializer();
    refused(PLAIN, TestModels.images(16, 1), Prediction.NEXT, "resolution is 8");
    refused(PLAIN, TestModels.images(8, 3), Prediction.NEXT, "channels is 1");
    refused(PLAIN, PLAIN, Prediction.NOISE, "predicts the next level");
    refused(PLAIN, TestModels.points(), Prediction.NEXT, "for images where");
    PointModelSpec points = new PointModelSpec(8, List.of(1, 2), 64, 8);
    refused(points, new PointModelSpec(16, List.of(1, 2), 64, 8), Prediction.NEXT, "width 8 where");
    refused(points, new PointModelSpec(8, List.of(1), 64, 8), Prediction.NEXT, "[1, 2] where");
    refused(points, new PointModelSpec(8, List.of(1, 2), 96, 8), Prediction.NEXT, "width 64");
    refused(points, new PointModelSpec(8, List.of(1, 2), 64, 10), Prediction.NEXT, "embedding");
    refused(classes(3, false), PLAIN, Prediction.NEXT, "classes is 3");
    refused(classes(3, false), classes(4, false), Prediction.NEXT, "classes is 3");
    refused(classes(3, true), classes(3, false), Prediction.NEXT, "told the class");
    refused(
        PLAIN,
        new ImageModelSpec(8, 1, 0, false, new ImageModelSpec.Energy(6, List.of(1), 1), unet),
        Prediction.NEXT,
        "energy network has the width 4 where the configuration says 6;");
    refused(
        PLAIN,
        new ImageModelSpec(
            8,
            1,
            0,
            false,
            PLAIN.energy(),
            new ImageModelSpec.Unet(64, List.of(1), 1, List.of(), 0)),
        Prediction.NEXT,
        "initializer has");
    // Dropout is no width.
    WeightTransfer.requireFitting(
        TestModels.describe(PLAIN),
        new ImageModelSpec(
            8,
            1,
            0,
            false,
            PLAIN.energy(),
            new ImageModelSpec.Unet(
                unet.channels(), unet.multipliers(), unet.blocks(), unet.attention(), 0.3)),
        Prediction.NEXT);
  }
}
