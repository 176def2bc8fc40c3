package cdrl.studio.generate;

import cdrl.model.ModelDescription;
import cdrl.model.Prediction;
import cdrl.sampling.Condition;
import cdrl.sampling.ConditionNotes;
import cdrl.sampling.SamplingSettings;
import cdrl.studio.engine.LoadedModel;
import cdrl.studio.engine.SeedText;
import cdrl.studio.resources.Messages;
import cdrl.studio.workspace.Numbers;
import cdrl.studio.workspace.SamplingMemory;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import javafx.beans.property.BooleanProperty;
import javafx.beans.property.DoubleProperty;
import javafx.beans.property.IntegerProperty;
import javafx.beans.property.ObjectProperty;
import javafx.beans.property.SimpleBooleanProperty;
import javafx.beans.property.SimpleDoubleProperty;
import javafx.beans.property.SimpleIntegerProperty;
import javafx.beans.property.SimpleObjectProperty;
import javafx.collections.FXCollections;
import javafx.collections.ObservableList;
import org.jspecify.annotations.Nullable;

/** What a person chooses in Generate beyond seed, number and steps. */
public final class GenerateSettings implements SamplingMemory.Own {
  /** The largest guidance weight that is offered. */
  public static final double MOST_GUIDANCE = 5;

  /** Weights that differ by less than this make the same pictures to the eye. */
  private static final double GUIDANCE_STEP = 0.05;

  /** What is lost in writing a weight down. */
  private static final double SAME_GUIDANCE = 1e-6;

  private static final String CLASS = "class";
  private static final String GUIDANCE = "guidance";
  private static final String LEVELS = "levels";
  private static final String INITIALIZER_ONLY = "initializerOnly";

  private final Messages messages;
  private final Runnable changed;
  private final ObservableList<ClassChoice> classes = FXCollections.observableArrayList();
  private final ObjectProperty<@Nullable ClassChoice> chosenClass = new SimpleObjectProperty<>();
  private final DoubleProperty guidance = new SimpleDoubleProperty();
  private final IntegerProperty levels = new SimpleIntegerProperty(1);
  private final BooleanProperty initializerOnly = new SimpleBooleanProperty();
  private int allLevels = 1;
  private boolean hasInitializer = true;
  private double usedGuidance;
  private boolean settling;

  /** What is to be chosen again once a model is there. */
  private Map<String, String> recalled = Map.of();

  /**
   * @param changed called when a person has chosen something else
   */
  GenerateSettings(Messages messages, Runnable changed) {
    this.messages = messages;
    this.changed = changed;
    chosenClass.addListener((property, before, after) -> tell());
    levels.addListener((property, before, after) -> tell());
    initializerOnly.addListener((property, before, after) -> tell());
    guidance.addListener((property, before, after) -> guidanceMoved());
  }

  /** The classes to choose from; empty when the model has none. */
  public ObservableList<ClassChoice> classes() {
    return classes;
  }

  /** The chosen class. */
  public ObjectProperty<@Nullable ClassChoice> chosenClassProperty() {
    return chosenClass;
  }

  /** The guidance weight w, 0 to {@link #MOST_GUIDANCE}; used in steps of 0.05. */
  public DoubleProperty guidanceProperty() {
    return guidance;
  }

  /** The guidance weight that is used. */
  public double usedGuidance() {
    return Math.round(guidance.get() / GUIDANCE_STEP) * GUIDANCE_STEP;
  }

  /** The number of noise levels to run, 1 to {@link #allLevels}. */
  public IntegerProperty levelsProperty() {
    return levels;
  }

  /** T of the model. */
  public int allLevels() {
    return allLevels;
  }

  /** Whether Langevin dynamics is left out. */
  public BooleanProperty initializerOnlyProperty() {
    return initializerOnly;
  }

  /** Whether the model has an initializer that can be used alone. */
  public boolean hasInitializer() {
    return hasInitializer;
  }

  private void guidanceMoved() {
    if (usedGuidance() != usedGuidance) {
      usedGuidance = usedGuidance();
      if (condition() != Condition.NONE) {
        tell();
      }
    }
  }

  private void tell() {
    if (!settling) {
      changed.run();
    }
  }

  /** Offers what a model can do, and keeps the choices that it can do, too. */
  void fit(LoadedModel model) {
    settle(
        () -> {
          ModelDescription description = model.description();
          boolean all = levels.get() == allLevels && !recalled.containsKey(LEVELS);
          allLevels = model.schedule().levels();
          levels.set(all ? allLevels : Math.min(number(LEVELS, levels.get()), allLevels));
          hasInitializer = description.prediction() != Prediction.NONE;
          initializerOnly.set(initializerOnly.get() && hasInitializer);
          ClassChoice before = chosenClass.get();
          String name = recalled.getOrDefault(CLASS, before == null ? "" : before.name());
          recalled = Map.of();
          List<ClassChoice> offered =
              description.spec().classes() == 0
                  ? List.of()
                  : ClassChoice.of(
                      description, messages.text("class.none"), messages.text("class.all"));
          classes.setAll(offered);
          chosenClass.set(
              offered.stream()
                  .filter(choice -> choice.name().equals(name))
                  .findFirst()
                  .orElse(offered.isEmpty() ? null : offered.get(0)));
        });
  }

  @Override
  public Map<String, String> memory() {
    Map<String, String> memory = new HashMap<>();
    ClassChoice choice = chosenClass.get();
    if (choice != null) {
      memory.put(CLASS, choice.name());
    }
    memory.put(GUIDANCE, Double.toString(usedGuidance()));
    if (levels.get() != allLevels) {
      memory.put(LEVELS, Integer.toString(levels.get()));
    }
    memory.put(INITIALIZER_ONLY, Boolean.toString(initializerOnly.get()));
    return memory;
  }

  @Override
  public void recall(Map<String, String> memory) {
    recalled = Map.copyOf(memory);
    settle(
        () -> {
          guidance.set(Numbers.within(memory.get(GUIDANCE), 0, MOST_GUIDANCE));
          initializerOnly.set(Boolean.parseBoolean(memory.get(INITIALIZER_ONLY)));
        });
  }

  private int number(String key, int otherwise) {
    OptionalLong value = SeedText.parse(recalled.getOrDefault(key, ""));
    return value.isEmpty() ? otherwise : (int) Math.max(1, Math.min(value.getAsLong(), allLevels));
  }

  private void settle(Runnable change) {
    settling = true;
    try {
      change.run();
      usedGuidance = usedGuidance();
    } finally {
      settling = false;
    }
  }

  /** What the samples are asked to be. */
  public Condition condition() {
    return condition(usedGuidance());
  }

  /** The same with another guidance weight. */
  Condition condition(double weight) {
    ClassChoice choice = chosenClass.get();
    return choice == null || choice.labels().isEmpty()
        ? Condition.NONE
        : new Condition.Guided(choice.labels(), weight);
  }

  /** The settings of a run. */
  SamplingSettings apply(LoadedModel model, SamplingSettings chosen) {
    return chosen
        .withStartLevel(Math.min(levels.get(), model.schedule().levels()))
        .withInitializerOnly(initializerOnly.get() && hasInitializer)
        .withCondition(model.description().spec().classes() == 0 ? Condition.NONE : condition());
  }

  @Override
  public List<String> restore(LoadedModel model, Map<String, String> notes) {
    List<String> missed = new ArrayList<>();
    Condition condition = ConditionNotes.read(model.description(), notes);
    settle(
        () -> {
          SeedText.parse(ForkNotes.levels(notes)).ifPresent(level -> restoreLevels(level, missed));
          boolean only = Boolean.parseBoolean(notes.get("cdrl.initializer-only"));
          initializerOnly.set(hasInitializer && only);
          if (only && !hasInitializer) {
            missed.add(messages.text("reproduce.initializer"));
          }
          List<Integer> labels = List.of();
          if (condition instanceof Condition.Guided guided) {
            labels = guided.classes();
            restoreGuidance(guided.weight(), missed);
          }
          choose(labels, notes.getOrDefault("cdrl.class", ""));
        });
    return missed;
  }

  private void restoreLevels(long wanted, List<String> missed) {
    levels.set((int) Math.max(1, Math.min(wanted, allLevels)));
    if (wanted > allLevels) {
      missed.add(messages.text("reproduce.levels", wanted, allLevels));
    }
  }

  private void restoreGuidance(double wanted, List<String> missed) {
    guidance.set(Math.max(0, Math.min(wanted, MOST_GUIDANCE)));
    if (Math.abs(usedGuidance() - wanted) > SAME_GUIDANCE) {
      missed.add(
          messages.text(
              "reproduce.guidance",
              messages.number(wanted, 2),
              messages.number(usedGuidance(), 2)));
    }
  }

  private void choose(List<Integer> labels, String name) {
    ClassChoice known =
        classes.stream().filter(choice -> choice.labels().equals(labels)).findFirst().orElse(null);
    if (known == null && !labels.isEmpty()) {
      known = new ClassChoice(labels, name);
      classes.add(known);
    }
    if (known != null) {
      chosenClass.set(known);
    }
  }
}
