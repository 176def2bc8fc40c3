package cdrl.studio.engine;

import cdrl.runtime.HostTensor;
import cdrl.sampling.SamplingSettings;
import java.util.HashMap;
import java.util.Map;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * What one sampling run has made so far. It is immutable; every {@code with} method returns a new
 * trace that shares the tensors. All tensors are shaped (count, item...).
 *
 * <p>Its <em>stops</em> are numbered in the order in which the run passes them: stop 0 is the noise
 * x_T, stop i the noise level T − i, and the one after level 0 is the result.
 */
public final class Trace {
  /**
   * A picture in the making.
   *
   * @param level the noise level
   * @param step the Langevin step that made it, 1 … K
   * @param value (count, item...)
   */
  public record Moment(int level, int step, HostTensor value) {}

  /** Bound on the memory of one run's trace, in float values (256 MB). */
  private static final long MOST_VALUES = 64L << 20;

  private final Object run;
  private final LoadedModel model;
  private final SamplingSettings settings;
  private final @Nullable HostTensor noise;
  private final Map<Integer, HostTensor> proposals;
  private final Map<Integer, HostTensor> refined;
  private final @Nullable Moment moment;
  private final @Nullable HostTensor result;
  private final StepLog log;

  private Trace(
      Object run,
      LoadedModel model,
      SamplingSettings settings,
      @Nullable HostTensor noise,
      Map<Integer, HostTensor> proposals,
      Map<Integer, HostTensor> refined,
      @Nullable Moment moment,
      @Nullable HostTensor result,
      StepLog log) {
    this.log = log;
    this.run = run;
    this.model = model;
    this.settings = settings;
    this.noise = noise;
    this.proposals = proposals;
    this.refined = refined;
    this.moment = moment;
    this.result = result;
  }

  /** A trace without anything in it. */
  public Trace(LoadedModel model, SamplingSettings settings) {
    this(model, settings, new StepLog(model.itemSize(), settings));
  }

  Trace(LoadedModel model, SamplingSettings settings, StepLog log) {
    this(new Object(), model, settings, null, Map.of(), Map.of(), null, null, log);
  }

  /** The model that is sampled from. */
  public LoadedModel model() {
    return model;
  }

  /** Whether another trace comes from the same run. */
  public boolean isOfSameRun(@Nullable Trace other) {
    return other != null && run == other.run;
  }

  /** Whether a run of a model with some settings begins as this one did. */
  boolean isFromSameNoise(LoadedModel other, SamplingSettings theirs) {
    return model.equals(other)
        && settings.seed() == theirs.seed()
        && settings.count() == theirs.count()
        && settings.first() == theirs.first()
        && settings.startLevel() == theirs.startLevel()
        && !settings.initializerOnly();
  }

  /** The settings of the run. */
  public SamplingSettings settings() {
    return settings;
  }

  Trace withNoise(HostTensor value) {
    return new Trace(run, model, settings, value, proposals, refined, moment, result, log);
  }

  Trace withProposal(int level, HostTensor value) {
    return new Trace(
        run, model, settings, noise, with(proposals, level, value), refined, null, result, log);
  }

  Trace withRefined(int level, HostTensor value) {
    return new Trace(
        run, model, settings, noise, proposals, with(refined, level, value), null, result, log);
  }

  Trace withMoment(Moment value) {
    // A level that is done is not overwritten by a late frame.
    return refined.containsKey(value.level())
        ? this
        : new Trace(run, model, settings, noise, proposals, refined, value, result, log);
  }

  Trace withResult(HostTensor value) {
    return new Trace(run, model, settings, noise, proposals, refined, null, value, log);
  }

  private static Map<Integer, HostTensor> with(
      Map<Integer, HostTensor> map, int level, HostTensor value) {
    Map<Integer, HostTensor> copy = new HashMap<>(map);
    copy.put(level, value);
    return Map.copyOf(copy);
  }

  /**
   * The most items of a run whose trace fits the memory set aside for it.
   *
   * @param most never more than these
   */
  public static int mostItems(LoadedModel model, int most) {
    long perItem = model.itemSize() * (2L * model.schedule().levels() + 3);
    return (int) Math.max(1, Math.min(most, MOST_VALUES / perItem));
  }

  /** Whether there is anything to see. */
  public boolean isEmpty() {
    return noise == null;
  }

  /** The number of the stop after level 0. */
  public int lastStop() {
    return settings.startLevel() + 1;
  }

  /** The farthest stop for which there is something to see. */
  public int newestStop() {
    if (result != null) {
      return lastStop();
    }
    int newest = 0;
    for (int level : proposals.keySet()) {
      newest = Math.max(newest, stopOf(level));
    }
    return newest;
  }

  /** The stop of a noise level. */
  public int stopOf(int level) {
    return settings.startLevel() - level;
  }

  /** The noise level of a stop; the result counts as level 0. */
  public int levelOf(int stop) {
    return Math.max(0, settings.startLevel() - stop);
  }

  /** The noise the run started from, null before it started. */
  public @Nullable HostTensor noise() {
    return noise;
  }

  /** The proposals for a level, null while there are none. */
  public @Nullable HostTensor proposal(int level) {
    return proposals.get(level);
  }

  /**
   * The refined items of a level, unfinished ones while (or where) the run is in the middle of it.
   */
  public @Nullable HostTensor refined(int level) {
    HostTensor done = refined.get(level);
    if (done != null) {
      return done;
    }
    return moment != null && moment.level() == level ? moment.value() : null;
  }

  /** The number of Langevin steps behind {@link #refined}, 0 … K. */
  public int stepsAt(int level) {
    if (refined.containsKey(level)) {
      return settings.langevinSteps();
    }
    return moment != null && moment.level() == level ? moment.step() : 0;
  }

  /**
   * The items of a level after some Langevin steps; those in the middle to 16 bits.
   *
   * @param step 0 for the proposal … K for the refined items
   * @return null when the run has not come there, or did not keep them
   */
  public @Nullable HostTensor afterStep(int level, int step) {
    if (step <= 0) {
      return proposal(level);
    }
    return step >= settings.langevinSteps() ? refined(level) : log.at(level, step);
  }

  /** Of so many Langevin steps one is kept. */
  public int stepStride() {
    return log.stride();
  }

  /** Whether the items after a step are kept: the first and the last always are. */
  public boolean keepsStep(int step) {
    return step == settings.langevinSteps() || step % log.stride() == 0;
  }

  /** Whether a level is through, so that there is a whole chain. */
  public boolean hasChain(int level) {
    return refined.containsKey(level) && proposals.containsKey(level);
  }

  /**
   * One item at every step of a level that is kept, from the proposal to the refined item.
   *
   * @return (steps, item...), or null when not every one of them is there
   */
  public @Nullable HostTensor chain(int level, int index) {
    HostTensor first = proposals.get(level);
    HostTensor last = refined.get(level);
    if (first == null || last == null) {
      return null;
    }
    int size = last.values().length / last.count();
    long[] shape = last.shape().clone();
    shape[0] = IntStream.rangeClosed(0, settings.langevinSteps()).filter(this::keepsStep).count();
    float[] values = new float[(int) shape[0] * size];
    System.arraycopy(first.values(), index * size, values, 0, size);
    int at = size;
    for (int step = log.stride(); step < settings.langevinSteps(); step += log.stride()) {
      if (!log.copy(level, step, index, values, at, size)) {
        return null;
      }
      at += size;
    }
    System.arraycopy(last.values(), index * size, values, at, size);
    return new HostTensor(shape, values);
  }

  /** The items after the last denoising step, null before the run is through. */
  public @Nullable HostTensor result() {
    return result;
  }

  /**
   * The best there is to see at a stop: of the wanted stage, else of the other one. What changed is
   * told by the refined items, see {@link #before}.
   *
   * @return null when the run has not come to the stop
   */
  public @Nullable HostTensor at(int stop, Stage stage) {
    if (stop <= 0) {
      return noise;
    }
    if (stop >= lastStop()) {
      return result;
    }
    int level = levelOf(stop);
    HostTensor before = proposal(level);
    HostTensor after = refined(level);
    return stage != Stage.PROPOSAL && after != null ? after : before;
  }

  /**
   * What the right-hand picture of a comparison shows at a stop: the refined items, or the result.
   */
  public @Nullable HostTensor after(int stop) {
    return stop >= lastStop() ? result : stop <= 0 ? null : refined(levelOf(stop));
  }

  /** What a comparison starts from: the proposals, or level 0 for the result, or the noise. */
  public @Nullable HostTensor before(int stop) {
    return stop >= lastStop() ? refined(0) : stop <= 0 ? noise : proposal(levelOf(stop));
  }
}
