package cdrl.cli;

import picocli.CommandLine.Option;
import picocli.CommandLine.ScopeType;

/** The options that say what to print; every command takes them. */
final class OutputOptions {
  @Option(
      names = "--json",
      scope = ScopeType.INHERIT,
      description = "Prints the result as one JSON object.")
  private boolean json;

  @Option(
      names = "--verbose",
      scope = ScopeType.INHERIT,
      description = "Prints the stack trace with an error.")
  private boolean verbose;

  /** Whether the result is to be one JSON object. */
  boolean json() {
    return json;
  }

  /** Whether errors come with their stack trace. */
  boolean verbose() {
    return verbose;
  }
}
