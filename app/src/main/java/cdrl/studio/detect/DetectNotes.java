package cdrl.studio.detect;

import cdrl.evaluate.EnergyScores;
import cdrl.studio.engine.LoadedModel;
import cdrl.studio.engine.ModelChoice;
import cdrl.studio.engine.ScoringService;
import cdrl.studio.engine.SeedText;
import cdrl.studio.resources.Messages;
import cdrl.studio.workspace.PictureExport;
import cdrl.studio.workspace.WorkspaceContext;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import javafx.beans.value.ChangeListener;
import javafx.beans.value.ObservableValue;
import org.jspecify.annotations.Nullable;

/** What saved pictures of the workspace tell, so that they can be made again. */
final class DetectNotes {
  /** What a picture tells that is still at hand. */
  private record Told(Optional<Path> training, SetText.Read sets) {}

  private final WorkspaceContext context;
  private final DetectViewModel model;

  DetectNotes(WorkspaceContext context, DetectViewModel model) {
    this.context = context;
    this.model = model;
  }

  /** Whether a picture is one of this workspace. */
  static boolean tells(Map<String, String> notes) {
    return "detect".equals(notes.get("cdrl.workspace"));
  }

  /** Model, settings and sets. */
  Map<String, String> of(LoadedModel loaded) {
    Map<String, String> notes = PictureExport.notes("detect", loaded);
    EnergyScores.Kind kind = model.kindProperty().get();
    notes.put("cdrl.score", kind == null ? "" : kind.name().toLowerCase(Locale.ROOT));
    notes.put("cdrl.level", String.valueOf(model.levelProperty().get()));
    notes.put("cdrl.seed", Long.toString(ScoringService.NOISE_SEED));
    notes.put("cdrl.most", Integer.toString(model.mostProperty().get()));
    notes.put(
        "cdrl.training",
        model.sets().training().map(place -> place.toAbsolutePath().toString()).orElse(""));
    notes.put("cdrl.sets", SetText.of(model.sets().list().stream().filter(set -> !set.isOwn())));
    return notes;
  }

  /** Takes over what a picture tells, in place of the sets there are. */
  void restore(Map<String, String> notes) {
    context.inBackground(
        () ->
            new Told(
                SetText.path(notes.getOrDefault("cdrl.training", "")),
                SetText.read(notes.getOrDefault("cdrl.sets", ""))),
        told -> {
          if (model.models().listedProperty().get()) {
            pick(notes, told);
          } else {
            model.models().listedProperty().addListener(once(() -> pick(notes, told)));
            model.begin();
          }
        });
  }

  private static ChangeListener<Boolean> once(Runnable action) {
    return new ChangeListener<>() {
      @Override
      public void changed(
          ObservableValue<? extends Boolean> property, Boolean before, Boolean after) {
        property.removeListener(this);
        action.run();
      }
    };
  }

  private void pick(Map<String, String> notes, Told told) {
    String name = notes.getOrDefault("cdrl.model", "");
    ModelChoice choice =
        model.models().choices().stream()
            .filter(known -> known.name().equals(name))
            .findFirst()
            .orElse(null);
    if (choice == null) {
      set(notes);
      context.problems().report(context.messages().text("reproduce.no-model", name));
      return;
    }
    model.models().pickedProperty().set(choice);
    CompletableFuture<LoadedModel> opening = model.models().opening();
    if (opening != null) {
      opening.thenAccept(
          loaded -> context.userInterface().execute(() -> apply(notes, told, loaded)));
    }
  }

  private void apply(Map<String, String> notes, Told told, LoadedModel loaded) {
    model.empty();
    set(notes);
    told.training().ifPresent(model.sets()::setTraining);
    model.sets().addAll(told.sets().known());
    Messages messages = context.messages();
    List<String> lost = told.sets().lost();
    if (!loaded.checksum().equals(notes.get("cdrl.model.sha256"))) {
      context
          .problems()
          .report(messages.text("reproduce.other-model", loaded.description().name()));
    } else if (!lost.isEmpty()) {
      context.problems().report(messages.text("detect.lost", String.join(", ", lost)));
    } else {
      context.jobs().tell(messages.text("reproduce.done"));
    }
  }

  private void set(Map<String, String> notes) {
    for (EnergyScores.Kind kind : EnergyScores.Kind.values()) {
      if (kind.name().equalsIgnoreCase(notes.get("cdrl.score"))) {
        model.kindProperty().set(kind);
      }
    }
    Integer level = number(notes.get("cdrl.level"));
    if (level != null && model.levelChoices().contains(level)) {
      model.levelProperty().set(level);
    }
    Integer most = number(notes.get("cdrl.most"));
    if (most != null
        && most >= DetectViewModel.LEAST_PICTURES
        && most <= DetectViewModel.MOST_PICTURES) {
      model.mostProperty().set(most);
    }
  }

  private static @Nullable Integer number(@Nullable String text) {
    OptionalLong value = SeedText.parse(text == null ? "" : text);
    return value.isPresent() && value.getAsLong() <= Integer.MAX_VALUE
        ? (Integer) (int) value.getAsLong()
        : null;
  }
}
