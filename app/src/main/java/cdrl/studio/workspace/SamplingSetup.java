package cdrl.studio.workspace;

import cdrl.sampling.SamplingSettings;
import cdrl.studio.engine.LangevinChoices;
import cdrl.studio.engine.LoadedModel;
import cdrl.studio.engine.ModelKind;
import cdrl.studio.engine.ModelPicker;
import cdrl.studio.engine.ModelService;
import cdrl.studio.engine.SampleSource;
import cdrl.studio.engine.SamplingSession;
import cdrl.studio.engine.SeedText;
import cdrl.studio.engine.Trace;
import cdrl.studio.resources.Messages;
import cdrl.studio.shell.SamplingJob;
import cdrl.studio.widgets.SamplingSection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.ToIntFunction;
import javafx.beans.binding.Bindings;
import javafx.beans.binding.StringBinding;
import javafx.beans.property.IntegerProperty;
import javafx.beans.property.ObjectProperty;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;
import javafx.beans.property.SimpleIntegerProperty;
import javafx.beans.property.SimpleObjectProperty;
import javafx.beans.property.SimpleStringProperty;
import javafx.beans.property.StringProperty;
import javafx.beans.value.ChangeListener;
import javafx.beans.value.ObservableStringValue;
import javafx.beans.value.ObservableValue;
import org.jspecify.annotations.Nullable;

/**
 * A model to sample from, the settings of a run, and the runs. Use it on the user interface's
 * thread.
 */
public final class SamplingSetup implements SamplingSection.Model {
  private static final long SEEDS = 1_000_000_000L;

  /** Langevin steps per level while nobody knows the model. */
  private static final int USUAL_STEPS = 15;

  /**
   * What sets a workspace's sampling apart from another's.
   *
   * @param id the workspace; its texts and preferences begin with it ({@code id.job}, {@code
   *     id.no-model}, {@code id.looking}, {@code id.wrong-kind}; {@code id.model})
   * @param kind what the models make
   * @param attributed whether only models with attributes are of use
   * @param count how many samples at first
   * @param most the most samples of one run
   */
  public record Kind(
      String id, ModelKind kind, boolean attributed, int count, ToIntFunction<LoadedModel> most) {
    /** For models with and without attributes. */
    public Kind(String id, ModelKind kind, int count, ToIntFunction<LoadedModel> most) {
      this(id, kind, false, count, most);
    }

    /** For a gallery of pictures. */
    public static Kind gallery(String id, boolean attributed) {
      return new Kind(
          id,
          ModelKind.IMAGES,
          attributed,
          16,
          model -> Trace.mostItems(model, Gallery.MOST_IMAGES));
    }
  }

  /** Changes the settings that a person chose to those of the run. */
  @FunctionalInterface
  public interface Tuning {
    /** Leaves them as they are. */
    Tuning NONE = (model, settings) -> settings;

    /** The settings of a run that a person starts. */
    SamplingSettings of(LoadedModel model, SamplingSettings chosen);

    /** The settings of a run that follows a slider. */
    default SamplingSettings live(LoadedModel model, SamplingSettings chosen) {
      return of(model, chosen);
    }
  }

  private final WorkspaceContext context;
  private final Kind kind;
  private final Tuning tuning;
  private final ModelPicker models;
  private final SamplingSession session;
  private final StringProperty seed = new SimpleStringProperty("1");
  private final IntegerProperty count;
  // Nothing is chosen before the first model is there, so that each begins with its own number.
  private final ObjectProperty<@Nullable Integer> steps = new SimpleObjectProperty<>();
  private final ReadOnlyObjectWrapper<List<Integer>> stepChoices =
      new ReadOnlyObjectWrapper<>(LangevinChoices.of(USUAL_STEPS));
  private final StringBinding obstacle;
  private boolean settling;

  /**
   * @param further why no sampling can start although there are a model and a seed, or an empty
   *     text
   */
  public SamplingSetup(
      WorkspaceContext context,
      Kind kind,
      ModelService models,
      SampleSource sampling,
      Tuning tuning,
      ObservableStringValue further) {
    this.context = context;
    this.kind = kind;
    this.tuning = tuning;
    Messages messages = context.messages();
    count = new SimpleIntegerProperty(kind.count());
    this.models =
        new ModelPicker(
            models,
            kind.kind(),
            kind.attributed(),
            context.userInterface(),
            model -> messages.text(kind.id() + ".wrong-kind", model.description().name()),
            context.problems()::report);
    session = new SamplingSession(sampling, context.userInterface(), context.nanoTime());
    obstacle =
        Bindings.createStringBinding(
            () -> findObstacle(further),
            this.models.pickedProperty(),
            this.models.listedProperty(),
            seed,
            further);
    new SamplingJob(
            messages,
            messages.text(kind.id() + ".job"),
            session,
            context.jobs(),
            context.problems())
        .attach();
    this.models.loadedProperty().addListener((property, before, after) -> modelLoaded(after));
  }

  /** Without anything of the workspace's own. */
  public SamplingSetup(
      WorkspaceContext context, Kind kind, ModelService models, SampleSource sampling) {
    this(context, kind, models, sampling, Tuning.NONE, new SimpleStringProperty(""));
  }

  /** The models to pick from. */
  public ModelPicker models() {
    return models;
  }

  /** Looks for the models that ship and picks the one that was used last. */
  public void findModels() {
    models.list(context.preferences().word(kind.id() + ".model").orElse(null));
  }

  @Override
  public SamplingSession session() {
    return session;
  }

  @Override
  public StringProperty seedProperty() {
    return seed;
  }

  @Override
  public IntegerProperty countProperty() {
    return count;
  }

  @Override
  public ObjectProperty<@Nullable Integer> stepsProperty() {
    return steps;
  }

  @Override
  public ObservableStringValue obstacleProperty() {
    return obstacle;
  }

  @Override
  public ReadOnlyObjectProperty<List<Integer>> stepChoicesProperty() {
    return stepChoices.getReadOnlyProperty();
  }

  @Override
  public void rollSeed() {
    seed.set(Long.toString(context.dice().nextLong(SEEDS)));
  }

  /** Starts to sample, in place of a run that is going on; waits for the model if need be. */
  public void sample() {
    CompletableFuture<LoadedModel> model = models.opening();
    OptionalLong number = SeedText.parse(seed.get());
    if (model == null || number.isEmpty() || !obstacle.get().isEmpty()) {
      context.problems().report(obstacle.get());
      return;
    }
    context.problems().dismiss();
    int wanted = count.get();
    Integer chosen = steps.get();
    session.start(
        model, loaded -> tuning.of(loaded, settings(loaded, wanted, number.getAsLong(), chosen)));
  }

  /**
   * Draws what is set now in place of what is shown, as a slider moves: at once a preview with few
   * steps, then the whole. Does nothing where sampling cannot start.
   */
  public void follow() {
    if (!settling) {
      current()
          .ifPresent(
              current -> {
                context.problems().dismiss();
                session.follow(current.model(), quick(current.settings()), current.settings());
              });
    }
  }

  /**
   * A model with what is set for it.
   *
   * @param settings of a run
   */
  public record Current(LoadedModel model, SamplingSettings settings) {}

  /** What would be drawn now; nothing where sampling cannot start. */
  public Optional<Current> current() {
    LoadedModel model = models.loadedProperty().get();
    OptionalLong number = SeedText.parse(seed.get());
    if (model == null
        || models.loadingProperty().get()
        || number.isEmpty()
        || !obstacle.get().isEmpty()) {
      return Optional.empty();
    }
    SamplingSettings chosen = settings(model, count.get(), number.getAsLong(), steps.get());
    return Optional.of(new Current(model, tuning.live(model, chosen)));
  }

  /** The same with the few steps of a preview. */
  public SamplingSettings quick(SamplingSettings full) {
    int few = context.preferences().previewSteps();
    return full.initializerOnly() || full.langevinSteps() <= few
        ? full
        : full.withLangevinSteps(few);
  }

  private SamplingSettings settings(
      LoadedModel model, int wanted, long number, @Nullable Integer chosen) {
    return new SamplingSettings(
        Math.min(wanted, kind.most().applyAsInt(model)),
        number,
        stepsFor(model, chosen),
        false,
        model.schedule().levels());
  }

  /** Stops the run that is going on and keeps what it made. */
  public void cancel() {
    session.cancel();
  }

  /**
   * Takes model, seed, number and steps from what a saved picture tells. When the model is missing
   * or has changed since, people are told; everything else is taken all the same.
   *
   * @param then is given the model when it is there; the one in use where it is missing
   */
  public void restore(Map<String, String> notes, Consumer<LoadedModel> then) {
    restoreAsFar(
        notes,
        model -> {
          then.accept(model);
          return List.of();
        });
  }

  /**
   * The same where more than these may be impossible to set.
   *
   * @param then is given the model, and returns what could not be set, each in a few words
   */
  void restoreAsFar(Map<String, String> notes, Function<LoadedModel, List<String>> then) {
    Reproduction reproduction = new Reproduction(context, this, kind.most(), notes, then);
    if (models.listedProperty().get()) {
      reproduction.begin();
    } else {
      models.listedProperty().addListener(once(reproduction::begin));
      findModels();
    }
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

  /** Changes settings without drawing anything. */
  void settle(Runnable change) {
    settling = true;
    try {
      change.run();
    } finally {
      settling = false;
    }
  }

  private String findObstacle(ObservableStringValue further) {
    Messages messages = context.messages();
    if (models.pickedProperty().get() == null) {
      return messages.text(kind.id() + (models.listedProperty().get() ? ".no-model" : ".looking"));
    }
    return SeedText.parse(seed.get()).isEmpty() ? messages.text("seed.invalid") : further.get();
  }

  /** The chosen steps, where a model has such a choice; else its own. */
  private static int stepsFor(LoadedModel model, @Nullable Integer chosen) {
    int trained = model.description().langevinSteps();
    return chosen != null && LangevinChoices.of(trained).contains(chosen) ? chosen : trained;
  }

  private void modelLoaded(@Nullable LoadedModel model) {
    if (session.stateProperty().get() != SamplingSession.State.WAITING) {
      session.clear(); // a run that waits does so for this very model
    }
    if (model != null) {
      settle(() -> steps.set(stepsFor(model, steps.get())));
      stepChoices.set(LangevinChoices.of(model.description().langevinSteps()));
      context.preferences().setWord(kind.id() + ".model", model.reference());
    }
  }
}
