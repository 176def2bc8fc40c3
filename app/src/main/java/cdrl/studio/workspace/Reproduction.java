package cdrl.studio.workspace;

import cdrl.runtime.CdrlException;
import cdrl.studio.engine.LoadedModel;
import cdrl.studio.engine.ModelChoice;
import cdrl.studio.engine.ModelPicker;
import cdrl.studio.engine.SeedText;
import cdrl.studio.resources.Messages;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;
import java.util.function.ToIntFunction;
import org.jspecify.annotations.Nullable;

/** Brings a saved picture's model and settings back, and says what could not be brought back. */
final class Reproduction {
  private static final int MOST = 1 << 16;

  private final WorkspaceContext context;
  private final Messages messages;
  private final SamplingSetup sampling;
  private final ModelPicker models;
  private final ToIntFunction<LoadedModel> most;
  private final Map<String, String> notes;
  private final Function<LoadedModel, List<String>> then;
  private final String name;
  private final String checksum;

  /**
   * @param most the most samples of one run
   * @param notes what the picture tells
   * @param then takes over the workspace's own settings, and tells what it could not
   */
  Reproduction(
      WorkspaceContext context,
      SamplingSetup sampling,
      ToIntFunction<LoadedModel> most,
      Map<String, String> notes,
      Function<LoadedModel, List<String>> then) {
    this.context = context;
    this.messages = context.messages();
    this.sampling = sampling;
    this.models = sampling.models();
    this.most = most;
    this.notes = notes;
    this.then = then;
    name = notes.getOrDefault("cdrl.model", "");
    checksum = notes.getOrDefault("cdrl.model.sha256", "");
  }

  /** Begins, with the model that is in use where the picture's is missing. */
  void begin() {
    SeedText.parse(notes.getOrDefault("cdrl.seed", ""))
        .ifPresent(number -> sampling.seedProperty().set(Long.toString(number)));
    number("cdrl.count").ifPresent(sampling.countProperty()::set);
    Optional<ModelChoice> choice = models.find(name, checksum);
    choice.ifPresent(models.pickedProperty()::set);
    CompletableFuture<LoadedModel> opening = models.opening();
    if (opening == null) {
      context.problems().report(messages.text("reproduce.no-model.alone", name));
      return;
    }
    opening.thenAccept(
        model -> context.userInterface().execute(() -> opened(model, choice.isPresent())));
  }

  private void opened(LoadedModel model, boolean found) {
    List<String> missed = new ArrayList<>();
    try {
      sampling.settle(
          () -> {
            restoreRun(model, missed);
            missed.addAll(then.apply(model));
          });
    } catch (CdrlException e) {
      if (found) {
        context.problems().report(e);
        return;
      }
    }
    tell(model, found, missed);
  }

  private void restoreRun(LoadedModel model, List<String> missed) {
    number("cdrl.steps")
        .ifPresent(
            steps -> {
              if (sampling.stepChoicesProperty().get().contains(steps)) {
                sampling.stepsProperty().set(steps);
              } else {
                missed.add(messages.text("reproduce.steps", steps));
              }
            });
    int largest = most.applyAsInt(model);
    number("cdrl.count")
        .filter(count -> count > largest)
        .ifPresent(count -> missed.add(messages.text("reproduce.count", count, largest)));
  }

  private void tell(LoadedModel model, boolean found, List<String> missed) {
    String list = String.join("; ", missed);
    @Nullable String about =
        !found
            ? messages.text("reproduce.no-model", name)
            : !model.checksum().equals(checksum)
                ? messages.text("reproduce.other-model", name)
                : null;
    if (about == null && missed.isEmpty()) {
      context.jobs().tell(messages.text("reproduce.done"));
    } else if (about == null) {
      context.problems().report(messages.text("reproduce.partly", list));
    } else {
      context
          .problems()
          .report(missed.isEmpty() ? about : messages.text("reproduce.missed", about, list));
    }
  }

  private Optional<Integer> number(String key) {
    OptionalLong value = SeedText.parse(notes.getOrDefault(key, ""));
    return value.isPresent() && value.getAsLong() >= 1
        ? Optional.of((int) Math.min(value.getAsLong(), MOST))
        : Optional.empty();
  }
}
