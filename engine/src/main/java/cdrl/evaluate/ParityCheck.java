package cdrl.evaluate;

import ai.djl.engine.EngineException;
import cdrl.runtime.Cancellation;
import cdrl.runtime.CdrlException;
import cdrl.runtime.TensorRuntime;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Stream;

/**
 * Compares this program with numbers that the published implementation computed: schedules, network
 * outputs and gradients, whole sampling runs, and training steps. A folder may hold any of these
 * cases; each of its files that is known by its name is checked.
 */
public final class ParityCheck {
  /** The outcome of a comparison. */
  public enum Verdict {
    /** Within the tolerance. */
    PASSED,
    /** Outside the tolerance, or impossible to compute. */
    FAILED,
    /** Left out. */
    NOT_CHECKED
  }

  /**
   * A comparison.
   *
   * @param file the file with the expected numbers
   * @param quantity what was compared
   * @param error ‖computed − expected‖ / ‖expected‖, or NaN when there is none
   * @param tolerance the largest error that is allowed
   * @param verdict the outcome
   * @param note why there is no error, or what else to know about it, or empty
   */
  public record Row(
      String file, String quantity, double error, double tolerance, Verdict verdict, String note) {
    static Row of(String file, String quantity, double error, double tolerance) {
      return of(file, quantity, error, tolerance, "");
    }

    static Row of(String file, String quantity, double error, double tolerance, String note) {
      // A comparison with NaN is false, so that NaN fails.
      Verdict verdict = error <= tolerance ? Verdict.PASSED : Verdict.FAILED;
      return new Row(file, quantity, error, tolerance, verdict, note);
    }

    Row withNote(String remark) {
      return new Row(file, quantity, error, tolerance, verdict, note.isEmpty() ? remark : note);
    }

    static Row failed(String file, String quantity, String note) {
      return new Row(file, quantity, Double.NaN, Double.NaN, Verdict.FAILED, note);
    }

    static Row notChecked(String file, String note) {
      return notChecked(file, "", note);
    }

    static Row notChecked(String file, String quantity, String note) {
      return new Row(file, quantity, Double.NaN, Double.NaN, Verdict.NOT_CHECKED, note);
    }
  }

  private final TensorRuntime runtime;

  /**
   * @param runtime what to compute with
   */
  public ParityCheck(TensorRuntime runtime) {
    this.runtime = runtime;
  }

  /**
   * Checks all cases of a folder.
   *
   * @param observer told of each comparison as soon as it is done
   * @return all comparisons
   * @throws CdrlException when the folder cannot be read or holds no case
   */
  public List<Row> run(Path folder, Consumer<Row> observer, Cancellation cancellation) {
    List<Row> rows = new ArrayList<>();
    Consumer<Row> both =
        row -> {
          rows.add(row);
          observer.accept(row);
        };
    List<Path> files = list(folder);
    for (Path file : files) {
      cancellation.throwIfCancelled();
      String name = String.valueOf(file.getFileName());
      try {
        if (name.equals("schedule.json")) {
          new ScheduleParity(file).check(both);
        } else if (name.endsWith(".npz")) {
          new TensorParity(runtime, folder, name).check(both, cancellation);
        }
      } catch (CdrlException e) {
        both.accept(Row.failed(name, "", String.valueOf(e.getMessage())));
      } catch (IllegalArgumentException | IndexOutOfBoundsException | EngineException e) {
        // Numbers that contradict each other: one file must not keep the others from being checked.
        both.accept(Row.failed(name, "", "its arrays do not fit each other (" + e + ")"));
      }
    }
    if (rows.isEmpty()) {
      throw new CdrlException(
          "The folder '{0}' holds no parity data (schedule.json or .npz files); check the path.",
          folder);
    }
    return rows;
  }

  private static List<Path> list(Path folder) {
    if (!Files.isDirectory(folder)) {
      throw new CdrlException("There is no folder '{0}'; check the path.", folder);
    }
    try (Stream<Path> files = Files.list(folder)) {
      // The schedule first, because everything else follows from it.
      return files
          .sorted(
              Comparator.comparing((Path file) -> !file.endsWith("schedule.json"))
                  .thenComparing(Comparator.naturalOrder()))
          .toList();
    } catch (IOException e) {
      throw new CdrlException(e, "The folder '{0}' cannot be read.", folder);
    }
  }
}
