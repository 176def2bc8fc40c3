package cdrl.sampling;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import cdrl.model.CdrlModel;
import cdrl.model.EnergyModel;
import cdrl.model.ModelDescription;
import cdrl.model.Provenance;
import cdrl.model.TestModels;
import cdrl.runtime.Cancellation;
import cdrl.runtime.CdrlException;
import cdrl.runtime.Computation;
import cdrl.runtime.HostTensor;
import cdrl.runtime.RandomNumbers;
import cdrl.runtime.RandomNumbers.Purpose;
import cdrl.runtime.TestRuntime;
import cdrl.sampling.Condition.Composition;
import cdrl.sampling.Condition.Concept;
import cdrl.sampling.Condition.Guided;
import cdrl.sampling.Condition.ProductOfExperts;
import cdrl.schedule.ScheduleSpec;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class ConditionTest {
  private static final int ITEMS = 3;
  private static final int CLASSES = 4;
  private static final float[] LOG_SNR = {6, 0.5f, -4};

  private static final ModelDescription ANIMALS =
      new ModelDescription(
          "animals",
          TestModels.images(8, 1, CLASSES),
          ScheduleSpec.PAPER,
          3,
          List.of("cat", "dog", "red fish", "7"),
          List.of(),
          new Provenance("", "", "", "", 0, 0, "", Map.of()));

  private static Condition composition(boolean missingTerm, double first, double second) {
    List<Concept> concepts = List.of(new Concept(1, first), new Concept(3, second));
    return missingTerm ? new Composition(concepts) : new ProductOfExperts(concepts);
  }

  /** Each condition with the weights of classes 0 to 4 that it must come to. */
  static Stream<Object[]> conditions() {
    return Stream.of(
        new Object[] {Condition.NONE, new double[] {1, 0, 0, 0, 0}},
        new Object[] {new Guided(2, 0), new double[] {0, 0, 1, 0, 0}},
        new Object[] {new Guided(2, 0.7), new double[] {-0.7, 0, 1.7, 0, 0}},
        new Object[] {new Guided(2, -1), new double[] {1, 0, 0, 0, 0}},
        new Object[] {composition(true, 1.5, -0.5), new double[] {0, 1.5, 0, -0.5, 0}},
        new Object[] {composition(true, 2, 3), new double[] {-4, 2, 0, 3, 0}},
        new Object[] {composition(true, 0, 0), new double[] {1, 0, 0, 0, 0}},
        new Object[] {new Composition(List.of()), new double[] {1, 0, 0, 0, 0}},
        new Object[] {composition(false, 2, -1), new double[] {0, 2, 0, -1, 0}},
        new Object[] {
          new ProductOfExperts(List.of(new Concept(2, 2))), new double[] {0, 0, 2, 0, 0}
        });
  }

  private static NDArray normal(NDManager manager, Purpose purpose, int step) {
    Shape shape = new Shape(ITEMS, 1, 8, 8);
    float[] values = new float[(int) shape.size()];
    new RandomNumbers(4).normal(purpose, step, 0, values);
    return manager.create(values, shape);
  }

  private static float[] gradient(NDManager scope, EnergyModel energy, int[] labels, NDArray y) {
    return EagerLangevin.gradient(
            scope, energy.at(scope, LOG_SNR, labels, EnergyModel.Mode.FROZEN), y)
        .toFloatArray();
  }

  @ParameterizedTest
  @MethodSource("conditions")
  void energiesAndGradientsAreTheWeightedSums(Condition condition, double[] weights) {
    TestRuntime.onLane(
        runtime -> {
          try (CdrlModel model = TestModels.create(ANIMALS.spec(), 3, runtime);
              FusedLangevin fused = new FusedLangevin(model.manager(), Computation.FLOAT32);
              FusedLangevin half = new FusedLangevin(model.manager(), Computation.BFLOAT16);
              NDManager scope = model.manager().newSubManager()) {
            NDArray y = normal(scope, Purpose.PROPOSAL, 0);
            EnergyModel energy = ConditionedEnergy.of(model.energy(), condition.energies(0, ITEMS));
            float[] expected = new float[ITEMS];
            float[] expectedGradient = new float[ITEMS * 64];
            double sizes = 0;
            for (int label = 0; label < weights.length; label++) {
              int[] labels = {label, label, label};
              float[] single =
                  model
                      .energy()
                      .at(scope, LOG_SNR, labels, EnergyModel.Mode.FROZEN)
                      .negativeEnergy(y)
                      .toFloatArray();
              float[] singleGradient = gradient(scope, model.energy(), labels, y);
              sizes += Math.abs(weights[label]) * length(singleGradient);
              for (int i = 0; i < expected.length; i++) {
                expected[i] += (float) weights[label] * single[i];
              }
              for (int i = 0; i < expectedGradient.length; i++) {
                expectedGradient[i] += (float) weights[label] * singleGradient[i];
              }
            }
            float[] computed =
                energy
                    .at(scope, LOG_SNR, null, EnergyModel.Mode.FROZEN)
                    .negativeEnergy(y)
                    .toFloatArray();
            assertTrue(TestModels.distance(computed, expected) < 1e-4);
            assertTrue(
                TestModels.distance(gradient(scope, energy, null, y), expectedGradient) < 1e-4);

            // One step without noise that goes where the gradient points.
            LangevinLevels levels =
                new LangevinLevels(
                    LOG_SNR, new float[] {1, 1, 1}, new float[] {0, 0, 0}, new float[] {0, 0, 0});
            LangevinKernel.Chain chain =
                new LangevinKernel.Chain(
                    energy,
                    levels,
                    null,
                    y,
                    normal(scope, Purpose.DATA, 0),
                    1,
                    (manager, step) -> manager.zeros(y.getShape()),
                    null);
            assertTrue(moved(scope, new EagerLangevin(), chain, y, expectedGradient) < 1e-4);
            assertTrue(moved(scope, fused, chain, y, expectedGradient) < 1e-4);
            // Where energies nearly cancel, the rounding errors of each of them stay.
            double cancelled = sizes / length(expectedGradient);
            assertTrue(moved(scope, half, chain, y, expectedGradient) < 4e-2 * cancelled);
          }
        });
  }

  private static double length(float[] values) {
    double sum = 0;
    for (float value : values) {
      sum += value * value;
    }
    return Math.sqrt(sum);
  }

  /** The distance of what a kernel adds to y from the expected gradient. */
  private static double moved(
      NDManager scope,
      LangevinKernel kernel,
      LangevinKernel.Chain chain,
      NDArray y,
      float[] expected) {
    return TestModels.distance(
        kernel.refine(scope, chain, null, new Cancellation()).sub(y).toFloatArray(), expected);
  }

  @ParameterizedTest
  @MethodSource("conditions")
  void meansAreWeightedTheSameWayAndAddUpToOne(Condition condition, double[] weights) {
    TestRuntime.onLane(
        runtime -> {
          try (CdrlModel model = TestModels.create(ANIMALS.spec(), 3, runtime);
              NDManager scope = model.manager().newSubManager()) {
            Mixture mixture = condition.means(0, ITEMS);
            assertEquals(
                1, mixture.terms().stream().mapToDouble(Mixture.Term::weight).sum(), 1e-12);
            NDArray x = normal(scope, Purpose.START, 0);
            double[] actual = weights.clone();
            actual[0] = 1 - Arrays.stream(weights).skip(1).sum();
            float[] expected = new float[ITEMS * 64];
            for (int label = 0; label < actual.length; label++) {
              float[] single =
                  model
                      .initializer()
                      .mean(x, new float[] {0.5f}, new int[] {label}, Computation.EAGER)
                      .toFloatArray();
              for (int i = 0; i < expected.length; i++) {
                expected[i] += (float) actual[label] * single[i];
              }
            }
            float[] computed =
                new ConditionedMean(model, mixture, Computation.EAGER).at(x, 0.5f).toFloatArray();
            assertTrue(TestModels.distance(computed, expected) < 1e-4);
          }
        });
  }

  @Test
  void nothingIsEvaluatedTwiceOrForNothing() {
    assertTrue(Condition.NONE.energies(0, 5).isPlain());
    assertTrue(new Guided(2, -1).energies(0, 5).isPlain());
    assertTrue(composition(true, 0, 0).energies(0, 5).isPlain());
    assertEquals(1, new Guided(2, 0).energies(0, 5).terms().size());
    assertEquals(2, composition(true, 0.3, 0.7).energies(0, 5).terms().size());
    Concept cat = new Concept(1, 1);
    assertEquals(1, new Composition(List.of(cat, cat)).energies(0, 5).terms().get(0).labels()[0]);
    assertArrayEquals(
        new float[] {2, 2, -1, -1}, new Composition(List.of(cat, cat)).energies(0, 2).weights());
  }

  @Test
  void classesComeByTurnsWhateverTheBatch() {
    Guided turns = new Guided(List.of(1, 2, 3), 1);
    assertArrayEquals(new int[] {1, 2, 3, 1, 0, 0, 0, 0}, turns.energies(0, 4).labels());
    assertArrayEquals(new int[] {2, 3, 0, 0}, turns.energies(4, 2).labels());
    TestRuntime.onLane(
        runtime -> {
          try (CdrlModel model = TestModels.create(ANIMALS.spec(), 3, runtime);
              FusedLangevin kernel = new FusedLangevin(model.manager(), Computation.FLOAT32)) {
            SamplingSettings settings =
                new SamplingSettings(4, 7, 2, false, 6).withCondition(turns);
            HostTensor all = sample(model, kernel, settings);
            for (int i = 0; i < 4; i++) {
              HostTensor alone =
                  sample(
                      model, kernel, settings.part(i, 1).withCondition(new Guided(1 + i % 3, 1)));
              assertTrue(
                  TestModels.distance(alone.values(), all.get(i).values()) < 1e-3, "sample " + i);
            }
          }
        });
  }

  @Test
  void conditionsChangeSamplesAndNoConditionDoesNot() {
    TestRuntime.onLane(
        runtime -> {
          try (CdrlModel model = TestModels.create(ANIMALS.spec(), 3, runtime);
              FusedLangevin kernel = new FusedLangevin(model.manager(), Computation.FLOAT32)) {
            SamplingSettings settings = new SamplingSettings(2, 7, 2, false, 6);
            HostTensor plain = sample(model, kernel, settings);
            assertEquals(plain, sample(model, kernel, settings.withCondition(new Guided(3, -1))));
            assertNotEquals(plain, sample(model, kernel, settings.withCondition(new Guided(3, 0))));
            HostTensor guided = sample(model, kernel, settings.withCondition(new Guided(3, 0.5)));
            HostTensor composed =
                sample(
                    model,
                    kernel,
                    settings.withCondition(new Composition(List.of(new Concept(3, 1.5)))));
            assertTrue(TestModels.distance(guided.values(), composed.values()) < 1e-4);
            HostTensor eager =
                sample(model, new EagerLangevin(), settings.withCondition(new Guided(3, 0.5)));
            assertTrue(TestModels.distance(guided.values(), eager.values()) < 1e-3);
          }
        });
  }

  private static HostTensor sample(
      CdrlModel model, LangevinKernel kernel, SamplingSettings settings) {
    return new Sampler(model, kernel).sample(settings, SampleObserver.NONE, new Cancellation());
  }

  @Test
  void candidatesOfAPictureFollowTheConditionToo() {
    TestRuntime.onLane(
        runtime -> {
          try (CdrlModel model = TestModels.create(ANIMALS.spec(), 3, runtime)) {
            boolean[] mask = new boolean[64];
            Arrays.fill(mask, 10, 40, true);
            HostTensor image = new HostTensor(new long[] {1, 8, 8}, new float[64]);
            Condition guided = new Guided(2, 2);
            Inpainter.Result result =
                new Inpainter(model, new EagerLangevin())
                    .inpaint(
                        image,
                        mask,
                        1,
                        new SamplingSettings(1, 7, 2, false, 6).withCondition(guided),
                        SampleObserver.NONE,
                        new Cancellation());
            try (NDManager scope = model.manager().newSubManager()) {
              NDArray y = result.images().toArray(scope).mul(model.schedule().inputScale(1));
              float[] lowest = {(float) model.schedule().logSnr(0)};
              float expected =
                  ConditionedEnergy.of(model.energy(), guided.energies(0, 1))
                      .at(scope, lowest, null, EnergyModel.Mode.FROZEN)
                      .negativeEnergy(y)
                      .toFloatArray()[0];
              assertEquals(-expected, result.energies()[0], 1e-3 * Math.abs(expected));
            }
          }
        });
  }

  @Test
  void formulasAreWrittenWithTheirNumbers() {
    assertEquals("F = F(∅)", Condition.NONE.formula(ANIMALS));
    assertEquals("F = F(cat)", new Guided(1, 0).formula(ANIMALS));
    assertEquals("F = 1.7 F(cat) − 0.7 F(∅)", new Guided(1, 0.7).formula(ANIMALS));
    assertEquals("F = 0.5 F(cat) + 0.5 F(∅)", new Guided(1, -0.5).formula(ANIMALS));
    assertEquals(
        "F = 11 F(c) − 10 F(∅), c = cat, red fish by turns",
        new Guided(List.of(1, 3), 10).formula(ANIMALS));
    assertEquals(
        "F = F(∅) + 1.5 [F(cat) − F(∅)] − 1 [F(red fish) − F(∅)]",
        composition(true, 1.5, -1).formula(ANIMALS));
    assertEquals("F = −2 F(cat) + 0.25 F(red fish)", composition(false, -2, 0.25).formula(ANIMALS));
  }

  @Test
  void classesAreFoundByNameAndByNumber() {
    assertEquals(3, ANIMALS.findClass("Red Fish"));
    assertEquals(2, ANIMALS.findClass("2"));
    assertEquals(0, ANIMALS.findClass("0"));
    assertEquals(4, ANIMALS.findClass("7"));
    assertEquals(
        "The model 'animals' has no class 'kat'; did you mean 'cat'?",
        problem(() -> ANIMALS.findClass("kat")));
    assertEquals(
        "The model 'animals' has no class 5; its classes are numbered from 1 to 4.",
        problem(() -> ANIMALS.findClass("5")));
    ModelDescription unnamed = TestModels.describe(TestModels.images(8, 1, 2));
    assertEquals(
        "The model 'test' has no class 'cat'; its classes have no names but numbers from 1 to 2.",
        problem(() -> unnamed.findClass("cat")));
    assertEquals("class 2", unnamed.className(2));
    ModelDescription none = TestModels.describe(TestModels.images(8, 1));
    String without =
        "The model 'test' was trained without classes, so it cannot be asked for one; use a model"
            + " with classes ('cdrl info MODEL' lists them).";
    assertEquals(without, problem(() -> none.findClass("cat")));
    assertEquals(without, problem(() -> new Guided(1, 0).check(none)));
    Condition.NONE.check(none);
  }

  private static String problem(org.junit.jupiter.api.function.Executable executable) {
    return assertThrows(CdrlException.class, executable).getMessage();
  }

  @Test
  void conditionsThatMakeNoSenseAreRefused() {
    assertTrue(problem(() -> composition(false, 0, 0)).startsWith("A product of experts needs"));
    assertThrows(IllegalArgumentException.class, () -> new Concept(0, 1));
    assertThrows(IllegalArgumentException.class, () -> new Guided(1, Double.NaN));
    assertThrows(IllegalArgumentException.class, () -> new Guided(List.of(), 1));
  }
}
