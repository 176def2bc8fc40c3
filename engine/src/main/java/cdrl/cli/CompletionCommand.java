package cdrl.cli;

import picocli.AutoComplete;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Prints a completion script for a shell. */
@Command(
    name = "completion",
    description = "Prints a script that completes commands and options in a shell.",
    footer = {"", "For bash and zsh: source <(cdrl completion bash)"})
final class CompletionCommand extends SubCommand {
  /** Shells with a completion script. */
  enum Shell {
    BASH
  }

  @Parameters(paramLabel = "SHELL", description = "The shell: bash.")
  private Shell shell;

  @Spec private CommandSpec command;

  @Override
  int run(Report report) {
    report.value("shell", shell.name());
    String script = AutoComplete.bash("cdrl", command.root().commandLine());
    report.line(script, "script", script);
    return 0;
  }
}
