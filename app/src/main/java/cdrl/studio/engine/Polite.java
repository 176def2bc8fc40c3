package cdrl.studio.engine;

import cdrl.runtime.HostTensor;
import cdrl.runtime.TensorLane;
import cdrl.sampling.SampleObserver;

/** Passes everything on and lets urgent work in between two steps. */
record Polite(SampleObserver observer, TensorLane lane, TensorLane.Priority priority)
    implements SampleObserver {
  @Override
  public boolean wantsSteps() {
    return observer.wantsSteps();
  }

  @Override
  public void started(int level, HostTensor noise) {
    observer.started(level, noise);
    lane.letUrgentWorkPass(priority);
  }

  @Override
  public void proposed(int level, HostTensor proposal) {
    observer.proposed(level, proposal);
    lane.letUrgentWorkPass(priority);
  }

  @Override
  public void stepped(int level, int step, HostTensor image) {
    observer.stepped(level, step, image);
    lane.letUrgentWorkPass(priority);
  }

  @Override
  public void refined(int level, HostTensor refined) {
    observer.refined(level, refined);
  }

  @Override
  public void finished(HostTensor samples) {
    observer.finished(samples);
  }
}
