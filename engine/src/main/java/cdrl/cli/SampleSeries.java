package cdrl.cli;

import cdrl.runtime.Cancellation;
import cdrl.runtime.HostTensor;
import cdrl.sampling.SampleObserver;
import cdrl.sampling.Sampler;
import cdrl.sampling.SamplingSettings;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CancellationException;
import org.jspecify.annotations.Nullable;

/** Draws many samples in parts, so that memory stays bounded. Use it on the tensor lane. */
final class SampleSeries {
  /**
   * About as many numbers as may go through the energy network at once: 64 colour images of 32 × 32
   * pixels.
   */
  private static final long PART_ELEMENTS = 64L * 3 * 32 * 32;

  private final Sampler sampler;
  private final SamplingSettings settings;
  private final @Nullable TraceFolder trace;
  private final ProgressBar bar;

  SampleSeries(
      Sampler sampler, SamplingSettings settings, @Nullable TraceFolder trace, ProgressBar bar) {
    this.sampler = sampler;
    this.settings = settings;
    this.trace = trace;
    this.bar = bar;
  }

  /**
   * Draws all samples.
   *
   * @param itemElements the numbers of one sample
   */
  HostTensor draw(long itemElements, Cancellation cancellation) {
    HostTensor drawn = drawUntilCancelled(itemElements, cancellation);
    if (drawn.count() < settings.count()) {
      cancellation.throwIfCancelled();
    }
    return drawn;
  }

  /**
   * Draws all samples, or as many as are finished when a stop is asked for; a trace is written of
   * all only.
   *
   * @throws CancellationException when not even one part of the samples is finished
   */
  HostTensor drawUntilCancelled(long itemElements, Cancellation cancellation) {
    int energies = settings.condition().energies(0, 1).terms().size();
    int part = (int) Math.max(1, PART_ELEMENTS / (itemElements * energies));
    List<HostTensor> parts = new ArrayList<>();
    for (int first = 0; first < settings.count(); first += part) {
      int size = Math.min(part, settings.count() - first);
      try {
        parts.add(
            sampler.sample(settings.part(first, size), new Watcher(first, size), cancellation));
      } catch (CancellationException e) {
        if (parts.isEmpty()) {
          throw e;
        }
        return concatenated(parts);
      }
    }
    if (trace != null) {
      trace.write();
    }
    return concatenated(parts);
  }

  /** Tensors with the same shape of items as one tensor. */
  static HostTensor concatenated(List<HostTensor> parts) {
    if (parts.size() == 1) {
      return parts.get(0);
    }
    int elements = parts.stream().mapToInt(part -> part.values().length).sum();
    float[] values = new float[elements];
    long count = 0;
    int position = 0;
    for (HostTensor part : parts) {
      System.arraycopy(part.values(), 0, values, position, part.values().length);
      position += part.values().length;
      count += part.count();
    }
    long[] shape = parts.get(0).shape().clone();
    shape[0] = count;
    return new HostTensor(shape, values);
  }

  /** Shows progress and hands the levels of one part to the trace. */
  private final class Watcher implements SampleObserver {
    private final int first;
    private final int size;

    Watcher(int first, int size) {
      this.first = first;
      this.size = size;
    }

    @Override
    public boolean wantsSteps() {
      return false;
    }

    @Override
    public void started(int level, HostTensor noise) {
      show(level);
      keep("level-" + level + "-start", noise);
    }

    @Override
    public void proposed(int level, HostTensor proposal) {
      keep("level-" + level + "-proposal", proposal);
    }

    @Override
    public void refined(int level, HostTensor refined) {
      show(level);
      keep("level-" + level + "-refined", refined);
    }

    @Override
    public void finished(HostTensor samples) {
      keep("final", samples);
    }

    private void keep(String name, HostTensor samples) {
      if (trace != null) {
        trace.add(name, samples);
      }
    }

    private void show(int level) {
      long levels = settings.startLevel();
      long done = first * levels + size * (levels - level);
      bar.update(done, settings.count() * levels, "noise level " + level);
    }
  }
}
