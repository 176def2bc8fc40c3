package cdrl.studio.engine;

import cdrl.runtime.CdrlException;
import cdrl.runtime.TensorLane;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
import java.util.function.Function;
import javafx.beans.property.ObjectProperty;
import javafx.beans.property.ReadOnlyBooleanProperty;
import javafx.beans.property.ReadOnlyBooleanWrapper;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;
import javafx.beans.property.SimpleObjectProperty;
import javafx.collections.FXCollections;
import javafx.collections.ObservableList;
import org.jspecify.annotations.Nullable;

/**
 * The models of one kind that can be picked, and the picked one, loaded in the background. The
 * newest pick wins. All methods are to be called on the user interface's thread.
 */
public final class ModelPicker {
  private final ModelService service;
  private final ModelKind kind;
  private final boolean attributed;
  private final Executor userInterface;
  private final Function<LoadedModel, String> wrongKind;
  private final Consumer<Throwable> problems;
  private final ObservableList<ModelChoice> choices = FXCollections.observableArrayList();
  private final ObjectProperty<@Nullable ModelChoice> picked = new SimpleObjectProperty<>();
  private final ReadOnlyObjectWrapper<@Nullable LoadedModel> loaded = new ReadOnlyObjectWrapper<>();
  private final ReadOnlyBooleanWrapper loading = new ReadOnlyBooleanWrapper();
  private final ReadOnlyBooleanWrapper listed = new ReadOnlyBooleanWrapper();
  private @Nullable CompletableFuture<LoadedModel> opening;
  private @Nullable ModelChoice loadedChoice;
  private List<ModelChoice> offered = List.of();

  /** What opening a model told, by its reference. */
  private final Map<String, LoadedModel> opened = new HashMap<>();

  private boolean goingBack;

  /**
   * @param kind what the models make
   * @param attributed whether only models with attributes are of use
   * @param userInterface runs what it is given on the user interface's thread, in order
   * @param wrongKind the sentence for a model that is of no use
   * @param problems is told why a model does not open
   */
  public ModelPicker(
      ModelService service,
      ModelKind kind,
      boolean attributed,
      Executor userInterface,
      Function<LoadedModel, String> wrongKind,
      Consumer<Throwable> problems) {
    this.service = service;
    this.kind = kind;
    this.attributed = attributed;
    this.userInterface = userInterface;
    this.wrongKind = wrongKind;
    this.problems = problems;
    picked.addListener((property, before, after) -> load(after));
  }

  /** For models with and without attributes. */
  public ModelPicker(
      ModelService service,
      ModelKind kind,
      Executor userInterface,
      Function<LoadedModel, String> wrongKind,
      Consumer<Throwable> problems) {
    this(service, kind, false, userInterface, wrongKind, problems);
  }

  /** The models to choose from. */
  public ObservableList<ModelChoice> choices() {
    return choices;
  }

  /** The chosen model; setting it loads it. */
  public ObjectProperty<@Nullable ModelChoice> pickedProperty() {
    return picked;
  }

  /**
   * The model in use: the chosen one as soon as it is loaded, until then the one before, or null.
   */
  public ReadOnlyObjectProperty<@Nullable LoadedModel> loadedProperty() {
    return loaded.getReadOnlyProperty();
  }

  /** Whether the chosen model is being loaded. */
  public ReadOnlyBooleanProperty loadingProperty() {
    return loading.getReadOnlyProperty();
  }

  /** Whether the shipped models have been looked for. */
  public ReadOnlyBooleanProperty listedProperty() {
    return listed.getReadOnlyProperty();
  }

  /** The chosen model, at once or when it is loaded; null when none is chosen. */
  public @Nullable CompletableFuture<LoadedModel> opening() {
    return opening;
  }

  /**
   * Looks for the shipped models and picks one.
   *
   * @param preferred the reference of the model to pick when it is there, else the first is picked
   */
  public void list(@Nullable String preferred) {
    service
        .shipped(kind)
        .whenComplete(
            (found, problem) ->
                userInterface.execute(
                    () -> {
                      if (problem != null) {
                        problems.accept(problem);
                      } else {
                        offer(found.stream().filter(this::isOfUse).toList(), preferred);
                      }
                      listed.set(true);
                    }));
  }

  private void offer(List<ModelChoice> found, @Nullable String preferred) {
    choices.addAll(found);
    if (picked.get() == null && preferred != null && isOwnFile(found, preferred)) {
      open(Path.of(preferred));
    }
    if (picked.get() == null) {
      found.stream()
          .filter(choice -> choice.reference().equals(preferred))
          .findFirst()
          .or(() -> found.stream().filter(choice -> choice.kind() == kind).findFirst())
          .or(() -> found.stream().findFirst())
          .ifPresent(picked::set);
    }
  }

  /** Whether what was used last is a file that is still there, rather than a model that ships. */
  private static boolean isOwnFile(List<ModelChoice> found, String reference) {
    try {
      return found.stream().noneMatch(choice -> choice.reference().equals(reference))
          && Files.isRegularFile(Path.of(reference));
    } catch (InvalidPathException e) {
      return false;
    }
  }

  /**
   * Offers models of a person's own beside those that ship, in place of those offered before.
   *
   * @param own those of any kind; the others are left out
   */
  public void offerOwn(List<ModelChoice> own) {
    List<ModelChoice> fitting =
        own.stream().filter(choice -> choice.kind() == kind && isOfUse(choice)).toList();
    choices.removeIf(
        choice ->
            offered.contains(choice) && !fitting.contains(choice) && !choice.equals(picked.get()));
    for (ModelChoice choice : fitting) {
      if (choices.stream().noneMatch(known -> known.reference().equals(choice.reference()))) {
        choices.add(choice);
      }
    }
    offered = fitting;
  }

  /**
   * The model that a picture tells of: the one of that checksum before one of that name, as far as
   * these are known without opening a file.
   */
  public Optional<ModelChoice> find(String name, String checksum) {
    ModelChoice best = picked.get();
    for (ModelChoice choice : choices) {
      if (best == null || likeness(choice, name, checksum) > likeness(best, name, checksum)) {
        best = choice;
      }
    }
    return Optional.ofNullable(best).filter(choice -> likeness(choice, name, checksum) > 0);
  }

  private int likeness(ModelChoice choice, String name, String checksum) {
    LoadedModel known = opened.get(choice.reference());
    boolean sameName =
        choice.name().equals(name) || (known != null && known.description().name().equals(name));
    String own = known == null ? choice.checksum() : known.checksum();
    return (!own.isEmpty() && own.equals(checksum) ? 2 : 0) + (sameName ? 1 : 0);
  }

  /** Goes on with a model of a person's own whose file has another name by now. */
  public void moved(String before, String after, String name) {
    choices.stream()
        .filter(choice -> choice.reference().equals(before))
        .findFirst()
        .ifPresent(
            old -> {
              ModelChoice moved =
                  new ModelChoice(
                      after, name, old.kind(), old.attributed(), old.picture(), old.checksum());
              choices.removeIf(choice -> choice.reference().equals(after));
              choices.add(choices.indexOf(old), moved);
              if (old.equals(picked.get())) {
                picked.set(moved);
              }
              choices.remove(old);
            });
  }

  /** Picks a model by what it is opened by. */
  public void pick(String reference, String name) {
    choices.stream()
        .filter(choice -> choice.reference().equals(reference))
        .findFirst()
        .ifPresentOrElse(picked::set, () -> open(Path.of(reference), name));
  }

  /** Picks a model file. */
  public void open(Path file) {
    open(file, String.valueOf(file.getFileName()));
  }

  /**
   * Picks a model file.
   *
   * @param name what people see
   */
  public void open(Path file, String name) {
    String reference = file.toString();
    ModelChoice choice =
        choices.stream()
            .filter(known -> known.reference().equals(reference))
            .findFirst()
            .orElseGet(() -> ModelChoice.ofFile(reference, name));
    if (!choices.contains(choice)) {
      choices.add(choice);
    }
    if (choice.equals(picked.get())) {
      load(choice); // the file may have changed
    } else {
      picked.set(choice);
    }
  }

  private void load(@Nullable ModelChoice choice) {
    if (choice == null || goingBack) {
      return;
    }
    loading.set(true);
    TensorLane.Task<LoadedModel> task = service.open(choice.reference());
    // Completed only after the model is in use here, so that whoever waits comes after that.
    CompletableFuture<LoadedModel> ready = new CompletableFuture<>();
    opening = ready;
    task.result()
        .thenApply(this::checked)
        .whenComplete(
            (model, problem) -> userInterface.execute(() -> loaded(choice, ready, model, problem)));
  }

  private void loaded(
      ModelChoice choice,
      CompletableFuture<LoadedModel> ready,
      @Nullable LoadedModel model,
      @Nullable Throwable problem) {
    if (ready != opening) {
      ready.completeExceptionally(new CancellationException("another model was picked"));
      return;
    }
    loading.set(false);
    if (model != null) {
      loadedChoice = choice;
      opened.put(choice.reference(), model);
      loaded.set(model);
      ready.complete(model);
    } else {
      Throwable cause = problem == null ? new CancellationException("not loaded") : problem;
      goBack(choice, cause);
      ready.completeExceptionally(cause);
    }
  }

  private boolean isOfUse(ModelChoice choice) {
    return choice.attributed() || !attributed;
  }

  private LoadedModel checked(LoadedModel model) {
    if (model.kind() != kind || (attributed && model.description().attributeNames().isEmpty())) {
      throw new CdrlException(wrongKind.apply(model));
    }
    return model;
  }

  /** Keeps the model that was in use and forgets the file that cannot be used. */
  private void goBack(ModelChoice choice, Throwable problem) {
    LoadedModel inUse = loaded.get();
    opening = inUse == null ? null : CompletableFuture.completedFuture(inUse);
    goingBack = true;
    picked.set(loadedChoice);
    goingBack = false;
    if (choice.kind() == null && !choice.equals(loadedChoice)) {
      choices.remove(choice);
    }
    problems.accept(problem);
  }
}
