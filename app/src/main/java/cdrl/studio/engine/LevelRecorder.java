package cdrl.studio.engine;

import cdrl.runtime.HostTensor;
import cdrl.runtime.TensorLane;
import cdrl.sampling.SampleObserver;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Keeps what a sampling run makes at every level, and lets urgent work pass between levels. */
final class LevelRecorder implements SampleObserver {
  private final TensorLane lane;
  private final List<@Nullable HostTensor> proposals;
  private final List<@Nullable HostTensor> refined;
  private @Nullable HostTensor noise;

  LevelRecorder(int levels, TensorLane lane) {
    this.lane = lane;
    proposals = new ArrayList<>(Collections.nCopies(levels, null));
    refined = new ArrayList<>(Collections.nCopies(levels, null));
  }

  @Override
  public boolean wantsSteps() {
    return false;
  }

  @Override
  public void started(int level, HostTensor value) {
    noise = value;
  }

  @Override
  public void proposed(int level, HostTensor value) {
    proposals.set(level, value);
    lane.letUrgentWorkPass(TensorLane.Priority.BACKGROUND);
  }

  @Override
  public void refined(int level, HostTensor value) {
    refined.set(level, value);
  }

  HostTensor noise() {
    return Objects.requireNonNull(noise);
  }

  List<HostTensor> proposals() {
    return complete(proposals);
  }

  List<HostTensor> refined() {
    return complete(refined);
  }

  private static List<HostTensor> complete(List<@Nullable HostTensor> values) {
    List<HostTensor> all = new ArrayList<>();
    for (HostTensor value : values) {
      all.add(Objects.requireNonNull(value));
    }
    return List.copyOf(all);
  }
}
