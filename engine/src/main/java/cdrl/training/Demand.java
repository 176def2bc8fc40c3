package cdrl.training;

import java.text.MessageFormat;
import java.util.List;

/**
 * What a setting must be. Its text follows the words "must be"; a program that speaks another
 * language makes a text of its own from the form and the values.
 *
 * @param form the kind of value
 * @param values the bounds, alternatives or examples, in the order in which the form names them
 */
public record Demand(Form form, List<String> values) {
  /** The kinds of value that are told apart, each with its English pattern. */
  public enum Form {
    /** A whole number within two bounds. */
    INTEGER("a whole number from {0} to {1}"),
    /** A whole number from a bound on. */
    LONG("a whole number of at least {0}"),
    /** A number within two bounds. */
    NUMBER("a number from {0} to {1}"),
    /** A number from 0 up to but not including 1. */
    SHARE("a number of at least 0 and below 1"),
    /** True or false. */
    FLAG("true or false"),
    /** One of a few words, which are one value, separated by commas. */
    CHOICE("one of {0}"),
    /** A text. */
    TEXT("a text of one line and at most 1000 characters"),
    /** A list whose length and numbers have two bounds each. */
    INTEGERS("a list of {0} to {1} whole numbers from {2} to {3}, such as [1, 2, 2]"),
    /** A list of texts, after an example. */
    TEXTS("a list of different texts, such as {0}");

    private final String pattern;

    Form(String pattern) {
      this.pattern = pattern;
    }
  }

  /** Takes a copy of the values. */
  public Demand {
    values = List.copyOf(values);
  }

  static Demand of(Form form, Object... values) {
    return new Demand(form, List.of(values).stream().map(String::valueOf).toList());
  }

  /** In English, to follow the words "must be". */
  @Override
  public String toString() {
    return MessageFormat.format(form.pattern, values.toArray());
  }
}
