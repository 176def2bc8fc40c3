package cdrl.training;

import cdrl.runtime.CdrlException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * When which {@linkplain Dials dials} were turned: together with configuration and data this is all
 * that a training follows from. Immutable.
 *
 * @param turns in the order of their iterations, at most one for each
 */
public record DialTurns(List<Turn> turns) {
  /** Nothing was turned. */
  public static final DialTurns NONE = new DialTurns(List.of());

  /**
   * The dials from one iteration on.
   *
   * @param iteration the first iteration that is made with them, counted from 0
   */
  public record Turn(long iteration, Dials dials) {
    private String text() {
      return iteration
          + ": "
          + dials.energyRate()
          + " "
          + dials.initializerRate()
          + " "
          + dials.langevinSteps();
    }
  }

  /** Copies the list. */
  public DialTurns {
    turns = List.copyOf(turns);
  }

  /** With one more; a turn of the same iteration, of which nothing has come yet, gives way. */
  DialTurns and(Turn turn) {
    List<Turn> all = new ArrayList<>(turns);
    all.removeIf(before -> before.iteration() == turn.iteration());
    all.add(turn);
    return new DialTurns(all);
  }

  /** What was turned right before an iteration. */
  public Optional<Dials> at(long iteration) {
    return turns.stream()
        .filter(turn -> turn.iteration() == iteration)
        .map(Turn::dials)
        .findFirst();
  }

  /** What was turned last. */
  public Optional<Dials> newest() {
    return turns.isEmpty() ? Optional.empty() : Optional.of(turns.get(turns.size() - 1).dials());
  }

  /** One line, as {@link #parse} reads it: {@code 120: 1.0E-4 3.0E-4 15; 200: …}. */
  public String text() {
    return turns.stream().map(Turn::text).collect(Collectors.joining("; "));
  }

  /**
   * Reads what {@link #text} wrote.
   *
   * @throws CdrlException for any other text
   */
  public static DialTurns parse(String text) {
    DialTurns all = NONE;
    if (text.isBlank()) {
      return all;
    }
    try {
      for (String part : text.split(";", -1)) {
        String[] words = part.strip().split(":? ", -1);
        if (words.length != 4) {
          throw new IllegalArgumentException(part);
        }
        Dials dials =
            new Dials(
                Double.parseDouble(words[1]),
                Double.parseDouble(words[2]),
                Integer.parseInt(words[3]));
        if (dials.energyRate() > 1 || dials.initializerRate() > 1) {
          throw new IllegalArgumentException("a learning rate above 1");
        }
        all = all.and(new Turn(Long.parseLong(words[0]), dials));
      }
      return all;
    } catch (IllegalArgumentException e) {
      throw new CdrlException(
          e,
          "The changes of a training cannot be read from '{0}'; they look like '120: 1.0E-4 3.0E-4"
              + " 15; 200: …'.",
          text);
    }
  }
}
