package cdrl.model;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import cdrl.runtime.ScriptProgram;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What an energy network does around its gradient in y, each in one native call. */
final class EnergyProgram {
  private final Parameters parameters;
  private final ScriptProgram program;
  private final LevelEmbedding embedding;
  private final NDArray head;
  private final int[] blocksPerLevel;
  private final int[] plan;
  private final List<NDArray> matrices = new ArrayList<>();
  private final List<NDArray> biases = new ArrayList<>();
  private final List<NDArray> lefts = new ArrayList<>();
  private final List<NDArray> rights = new ArrayList<>();
  private final List<NDArray> gains = new ArrayList<>();

  /**
   * @param levels the blocks of each resolution; a single list for points
   * @param head the last weight, which has no spectral normalization
   */
  EnergyProgram(
      Parameters parameters,
      LevelEmbedding embedding,
      SpectralWeight stem,
      List<List<ResidualBlock>> levels,
      NDArray head) {
    this.parameters = parameters;
    this.embedding = embedding;
    this.head = head;
    program = new ScriptProgram(parameters.manager(), EnergyProgram.class, "Energy", "energy.py");
    add(embedding.first());
    add(embedding.second());
    add(embedding.classes());
    add(stem);
    List<Integer> codes = new ArrayList<>();
    for (int level = 0; level < levels.size(); level++) {
      for (int i = 0; i < levels.get(level).size(); i++) {
        ResidualBlock block = levels.get(level).get(i);
        add(block.first());
        add(block.second());
        add(block.embedding());
        add(block.shortcut());
        gains.add(block.gain());
        codes.add((block.shortcut() == null ? 0 : 1) + (level > 0 && i == 0 ? 2 : 0));
      }
    }
    plan = codes.stream().mapToInt(code -> code).toArray();
    blocksPerLevel = levels.stream().mapToInt(List::size).toArray();
  }

  private void add(@Nullable SpectralWeight weight) {
    if (weight != null) {
      matrices.add(weight.weight());
      biases.add(weight.bias());
      lefts.add(weight.u());
      rights.add(weight.v());
    }
  }

  /** As {@link EnergyModel#powerIteration}. */
  void powerIteration() {
    try (NDManager scope = parameters.manager().newSubManager()) {
      program.call("power_iteration", List.of(scope.create(0)), List.of(matrices, lefts, rights));
    }
  }

  /** As {@link EnergyModel#frozen}. */
  FrozenEnergy frozen(NDManager scope, float[] logSnr, int @Nullable [] labels) {
    NDList parts =
        program.callForAll(
            "frozen",
            List.of(
                NoiseEmbedding.of(scope, logSnr, embedding.inputs()),
                classes(scope, labels),
                scope.create(plan),
                head),
            List.of(matrices, biases, gains, lefts, rights));
    parts.attach(scope);
    int shortcuts = 0;
    for (int code : plan) {
      shortcuts += code % 2;
    }
    int layers = 1 + 2 * plan.length + shortcuts;
    int offsets = 1 + plan.length + shortcuts;
    List<NDArray> weights = new ArrayList<>();
    int layer = 0;
    int offset = layers;
    weights.add(parts.get(layer++));
    weights.add(parts.get(offset++));
    for (int code : plan) {
      weights.add(parts.get(layer++));
      weights.add(parts.get(layer++));
      weights.add(parts.get(offset++));
      if (code % 2 == 1) {
        weights.add(parts.get(layer++));
        weights.add(parts.get(offset++));
      }
    }
    List<NDArray> shifts =
        new ArrayList<>(parts.subList(layers + offsets, layers + offsets + plan.length));
    NDArray direction = parts.get(parts.size() - 1);
    if (weights.get(0).getShape().dimension() == 2) {
      weights.add(direction);
      direction = scope.zeros(new Shape(1));
    } else {
      direction = Layers.perChannel(direction, weights.get(0));
      direction.attach(scope);
    }
    return new FrozenEnergy(blocksPerLevel, weights, shifts, direction);
  }

  /** As {@link EnergyModel#contrast}. */
  EnergyModel.Contrast contrast(
      NDManager scope,
      NDArray positive,
      NDArray negative,
      float[] logSnr,
      int @Nullable [] labels,
      float[] weights) {
    NDList results =
        program.callForAll(
            "contrast",
            List.of(
                positive,
                negative,
                scope.create(weights),
                NoiseEmbedding.of(scope, logSnr, embedding.inputs()),
                // One row per item, as gradients are summed over items.
                classes(scope, labels == null ? new int[logSnr.length] : labels),
                scope.create(plan),
                head),
            List.of(matrices, biases, gains, lefts, rights));
    results.attach(scope);
    List<NDArray> own = new ArrayList<>(matrices);
    own.addAll(biases);
    own.addAll(gains);
    own.add(head);
    Map<NDArray, NDArray> byWeight = new IdentityHashMap<>();
    for (int i = 0; i < own.size(); i++) {
      byWeight.put(own.get(i), results.get(2 + i));
    }
    return new EnergyModel.Contrast(
        results.get(0).toFloatArray(),
        results.get(1).toFloatArray(),
        parameters.trainable().values().stream().map(byWeight::get).toList());
  }

  private NDArray classes(NDManager scope, int @Nullable [] labels) {
    return embedding.classes() == null
        ? scope.zeros(new Shape(1))
        : OneHot.of(scope, labels, embedding.classCount());
  }
}
