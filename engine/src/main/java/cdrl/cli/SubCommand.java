package cdrl.cli;

import cdrl.runtime.Cancellation;
import cdrl.store.ModelLibrary;
import java.io.PrintWriter;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParentCommand;
import picocli.CommandLine.Spec;

/** What all commands have in common: the general options and a report of the result. */
abstract class SubCommand implements Callable<Integer> {
  /** What to say about the parameter that names a model. */
  static final String MODEL_HELP =
      "A model file, the folder of a training run, or the name of a model that ships ('cdrl models'"
          + " lists them).";

  @ParentCommand private Main main;
  @Spec private CommandSpec spec;

  /**
   * Does the work.
   *
   * @param report takes the result
   * @return the exit code
   */
  abstract int run(Report report) throws Exception;

  @Override
  public final Integer call() throws Exception {
    Report report = new Report(spec.commandLine().getOut(), main.output().json());
    int code = run(report);
    report.finish();
    return code;
  }

  /**
   * A wish to stop by SIGINT or SIGTERM. Once it is asked for, such a signal does nothing else, so
   * it is for work that heeds it.
   */
  final Cancellation cancellation() {
    return main.cancellation();
  }

  /** How to compute. */
  final EngineOptions engine() {
    return main.engine();
  }

  /** The models that ship, and those in files. */
  static ModelLibrary library() {
    return new ModelLibrary(Main.class.getClassLoader());
  }

  /** Where messages go that are no results. */
  final PrintWriter errors() {
    return spec.commandLine().getErr();
  }

  /** A progress bar with the given label; it shows only on a terminal. */
  final ProgressBar progress(String label) {
    return new ProgressBar(errors(), main.terminal(), label);
  }

  /** The failure to report when options do not fit together. */
  final ParameterException wrongUsage(String sentence) {
    return new ParameterException(spec.commandLine(), sentence);
  }

  /** Refuses values out of range. */
  final void check(String option, @Nullable Integer value, int least, int most) {
    if (value != null && (value < least || value > most)) {
      throw wrongUsage(option + " must be from " + least + " to " + most + ", not " + value);
    }
  }
}
