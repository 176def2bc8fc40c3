package cdrl.model;

import cdrl.runtime.MisfitException;
import cdrl.schedule.StepSize;
import java.util.List;

/**
 * Networks for points in the plane: residual multilayer perceptrons.
 *
 * @param width width of the energy network before multipliers and of its embedding's input; even
 * @param multipliers the width of each residual block in units of {@code width}
 * @param initializerWidth width of the initializer, a multiple of 32 from 64 on
 * @param initializerEmbedding width of the initializer's noise-level embedding, even
 */
public record PointModelSpec(
    int width, List<Integer> multipliers, int initializerWidth, int initializerEmbedding)
    implements ModelSpec {

  /** The published network: 128 × (1, 2, 2, 2) and an initializer of width 64. */
  public static final PointModelSpec PAPER = new PointModelSpec(128, List.of(1, 2, 2, 2), 64, 128);

  /** With 32 groups a narrower network would normalize every number by itself, to nothing. */
  public static final int LEAST_INITIALIZER_WIDTH = 64;

  /** Copies the list and checks the ranges. */
  public PointModelSpec {
    multipliers = List.copyOf(multipliers);
    Ranges.check("width", width, 4, 4096);
    Ranges.checkEven("width", width);
    Ranges.checkAll("multipliers", multipliers, 1, 16);
    Ranges.check("initializer.width", initializerWidth, LEAST_INITIALIZER_WIDTH, 4096);
    if (initializerWidth % 32 != 0) {
      throw new MisfitException(
          "initializer.width must be a multiple of 32, not {0}", initializerWidth);
    }
    Ranges.check("initializer.embedding", initializerEmbedding, 4, 4096);
    Ranges.checkEven("initializer.embedding", initializerEmbedding);
  }

  @Override
  public int classes() {
    return 0;
  }

  @Override
  public boolean conditionalInitializer() {
    return false;
  }

  @Override
  public long[] itemShape() {
    return new long[] {2};
  }

  @Override
  public StepSize stepSize() {
    return StepSize.POINT;
  }
}
