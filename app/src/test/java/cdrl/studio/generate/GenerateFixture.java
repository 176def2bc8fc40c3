package cdrl.studio.generate;

import static cdrl.studio.engine.FakeEngine.shade;

import cdrl.studio.engine.FakeEngine;
import cdrl.studio.resources.Messages;
import cdrl.studio.shell.Jobs;
import cdrl.studio.shell.Problems;
import cdrl.studio.workspace.FakeWindow;
import java.util.List;

/** A Generate workspace with an engine that does what a test tells it. */
abstract class GenerateFixture {
  final FakeWindow window = new FakeWindow();
  final FakeEngine engine = new FakeEngine();
  final Messages messages = window.messages;
  final Jobs jobs = window.jobs;
  final Problems problems = window.problems;
  final GenerateViewModel model = new GenerateViewModel(window.context(), engine, engine, engine);

  final void open() {
    engine.with(FakeEngine.images("faces"));
    model.sampling().models().list(null);
  }

  /** Two images through all three levels; level t has shades t / 10 and t / 10 + 0.05. */
  final void sampleAll() {
    model.sampling().countProperty().set(2);
    model.sampling().sample();
    FakeEngine.Run run = engine.run();
    run.observer().started(3, shade(2, 0.9));
    for (int level = 2; level >= 0; level--) {
      run.observer().proposed(level, shade(2, level / 10.0));
      run.observer().stepped(level, 1, shade(2, level / 10.0 + 0.01));
      run.observer().refined(level, shade(2, level / 10.0 + 0.05));
    }
    run.observer().finished(shade(2, 1));
    run.task().result().complete(shade(2, 1));
  }

  final void openWithClasses() {
    engine.with(FakeEngine.classes("digits", 3));
    model.sampling().models().list(null);
  }

  final void choose(int choice) {
    model.settings().chosenClassProperty().set(model.settings().classes().get(choice));
  }

  static void finish(FakeEngine.Run run, double value) {
    run.observer().started(run.settings().startLevel(), shade(2, 0.9));
    for (int level = run.settings().startLevel() - 1; level >= 0; level--) {
      run.observer().proposed(level, shade(2, value));
      run.observer().refined(level, shade(2, value));
    }
    run.observer().finished(shade(2, value));
    run.task().result().complete(shade(2, value));
  }

  final double shown() {
    return model.gallery().imagesProperty().get().values()[0];
  }

  static List<Float> rounded(List<Float> values) {
    return values.stream().map(value -> Math.round(value * 1000) / 1000f).toList();
  }
}
