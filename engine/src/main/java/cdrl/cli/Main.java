package cdrl.cli;

import cdrl.runtime.Cancellation;
import cdrl.runtime.CdrlException;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.charset.Charset;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.logging.Level;
import java.util.logging.LogManager;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.UnmatchedArgumentException;

/** The command line. */
@Command(
    name = "cdrl",
    description = "Trains and uses cooperative diffusion recovery likelihood models.",
    mixinStandardHelpOptions = true,
    scope = CommandLine.ScopeType.INHERIT,
    synopsisSubcommandLabel = "COMMAND",
    versionProvider = VersionText.class,
    sortOptions = false,
    usageHelpAutoWidth = true,
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {
      "0:done",
      "1:failed; one sentence on the standard error stream says why",
      "2:wrong usage",
      "130:cancelled"
    },
    subcommands = {
      DoctorCommand.class,
      ModelsCommand.class,
      InfoCommand.class,
      ImportCommand.class,
      SampleCommand.class,
      ComposeCommand.class,
      InpaintCommand.class,
      DensityCommand.class,
      TrainCommand.class,
      AblateCommand.class,
      EvaluateCommand.class,
      OodCommand.class,
      PresetsCommand.class,
      RunsCommand.class,
      ParityCommand.class,
      BenchCommand.class,
      CompletionCommand.class,
    })
public final class Main implements Runnable {
  /** The exit code of a command that failed. */
  static final int FAILED = 1;

  /** The exit code of a command that was cancelled. */
  static final int CANCELLED = 130;

  @Mixin private EngineOptions engine;
  @Mixin private OutputOptions output;

  private final boolean terminal;
  private @Nullable Interruption interruption;
  @CommandLine.Spec private CommandLine.Model.CommandSpec spec;

  private Main(boolean terminal) {
    this.terminal = terminal;
  }

  /** Runs a command and ends the process with its exit code. */
  public static void main(String[] arguments) {
    quietLibraries(List.of(arguments).contains("--verbose"));
    Charset charset = Charset.defaultCharset();
    int code =
        run(
            new PrintWriter(System.out, true, charset),
            new PrintWriter(System.err, true, charset),
            errorsGoToTerminal(),
            arguments);
    System.exit(code);
  }

  /**
   * Runs a command.
   *
   * @param out takes results
   * @param errors takes messages and progress bars
   * @param terminal whether {@code errors} is a terminal
   * @return the exit code
   */
  static int run(PrintWriter out, PrintWriter errors, boolean terminal, String... arguments) {
    Main main = new Main(terminal);
    CommandLine commandLine =
        new CommandLine(main)
            .setOut(out)
            .setErr(errors)
            .setCaseInsensitiveEnumValuesAllowed(true)
            .registerConverter(int.class, new WholeNumbers.ToInt())
            .registerConverter(Integer.class, new WholeNumbers.ToInt())
            .registerConverter(long.class, new WholeNumbers.ToLong())
            .registerConverter(Long.class, new WholeNumbers.ToLong())
            .setParameterExceptionHandler(Main::reportWrongUsage)
            .setExecutionExceptionHandler(
                (failure, command, parsed) -> main.reportFailure(failure, command.getErr()));
    try {
      return commandLine.execute(arguments);
    } catch (OutOfMemoryError | StackOverflowError failure) {
      return main.reportFailure(failure, errors);
    } finally {
      out.flush();
      errors.flush();
      main.endInterruption();
    }
  }

  /** A wish to stop by SIGINT or SIGTERM; from now on such a signal does nothing else. */
  Cancellation cancellation() {
    if (interruption == null) {
      interruption = new Interruption();
    }
    return interruption.cancellation();
  }

  /** Only when all is said, since an interrupted process ends at once then. */
  private void endInterruption() {
    if (interruption != null) {
      interruption.close();
    }
  }

  @Override
  public void run() {
    throw new ParameterException(spec.commandLine(), "Say which command to run");
  }

  /** How to compute. */
  EngineOptions engine() {
    return engine;
  }

  /** What to print. */
  OutputOptions output() {
    return output;
  }

  /** Whether the standard error stream is a terminal. */
  boolean terminal() {
    return terminal;
  }

  private static int reportWrongUsage(ParameterException failure, String[] arguments) {
    CommandLine command = failure.getCommandLine();
    PrintWriter errors = command.getErr();
    errors.println("cdrl: " + sentence(problem(failure)));
    UnmatchedArgumentException.printSuggestions(failure, errors);
    errors.println("'" + command.getCommandSpec().qualifiedName() + " --help' explains the usage.");
    return CommandLine.ExitCode.USAGE;
  }

  private static @Nullable String problem(ParameterException failure) {
    if (failure instanceof UnmatchedArgumentException unmatched
        && !unmatched.isUnknownOption()
        && !failure.getCommandLine().getSubcommands().isEmpty()) {
      return "There is no command '" + unmatched.getUnmatched().get(0) + "'";
    }
    String choice = Choices.problem(failure);
    return choice == null ? failure.getMessage() : choice;
  }

  private int reportFailure(Throwable failure, PrintWriter errors) {
    Throwable cause = failure;
    while (!(cause instanceof CdrlException)
        && (cause instanceof CompletionException || cause instanceof ExecutionException)
        && cause.getCause() != null) {
      cause = cause.getCause();
    }
    if (cause instanceof CancellationException) {
      errors.println("cdrl: Cancelled.");
      return CANCELLED;
    }
    errors.println("cdrl: " + explanation(cause));
    if (output.verbose()) {
      failure.printStackTrace(errors);
    }
    return FAILED;
  }

  private static String explanation(Throwable failure) {
    if (failure instanceof CdrlException) {
      return sentence(failure.getMessage());
    }
    if (failure instanceof OutOfMemoryError) {
      return "There was not enough memory; use a smaller batch, fewer samples or a larger -Xmx.";
    }
    if (failure instanceof IOException) {
      return "A file could not be read or written (" + reason(failure) + ").";
    }
    return "Something unforeseen went wrong ("
        + reason(failure)
        + "); --verbose shows where, which helps with a bug report.";
  }

  private static String reason(Throwable failure) {
    String message = failure.getMessage();
    String name = failure.getClass().getSimpleName();
    return message == null ? name : name + ": " + message.lines().findFirst().orElse("");
  }

  private static String sentence(@Nullable String text) {
    if (text == null || text.isBlank()) {
      return "Failed without a message.";
    }
    String stripped = text.strip();
    return ".?!".indexOf(stripped.charAt(stripped.length() - 1)) >= 0 ? stripped : stripped + ".";
  }

  /** The libraries tell much that is no news to a user; it is shown only on request. */
  private static void quietLibraries(boolean verbose) {
    LogManager.getLogManager().getLogger("").setLevel(verbose ? Level.INFO : Level.OFF);
  }

  /** Java itself can tell this for the standard error stream on no version. */
  private static boolean errorsGoToTerminal() {
    String told = System.getProperty("cdrl.terminal");
    if (told != null) {
      return Boolean.parseBoolean(told);
    }
    try {
      String target = Files.readSymbolicLink(Path.of("/proc/self/fd/2")).toString();
      return target.startsWith("/dev/pts/") || target.startsWith("/dev/tty");
    } catch (IOException | UnsupportedOperationException e) {
      return System.console() != null;
    }
  }
}
