package cdrl.cli;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ParameterException;

/** Says which words an option takes, where it takes only a few. */
final class Choices {
  private Choices() {}

  /** A sentence about a word that is none of them; null when that is not what is wrong. */
  static @Nullable String problem(ParameterException failure) {
    ArgSpec argument = failure.getArgSpec();
    if (argument == null || failure.getValue() == null) {
      return null;
    }
    Object[] constants = argument.typeInfo().getType().getEnumConstants();
    if (constants == null) {
      return null;
    }
    List<String> words = Arrays.stream(constants).map(Choices::word).toList();
    int last = words.size() - 1;
    return (argument instanceof OptionSpec option ? option.longestName() : argument.paramLabel())
        + " must be "
        + (last == 0 ? "" : String.join(", ", words.subList(0, last)) + " or ")
        + words.get(last)
        + ", not '"
        + failure.getValue()
        + "'";
  }

  /** As the help shows it. */
  private static String word(Object constant) {
    return constant.toString().toLowerCase(Locale.ROOT);
  }
}
