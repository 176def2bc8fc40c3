package cdrl.evaluate;

import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import cdrl.data.ImageAttributes;
import cdrl.data.ImageDataSet;
import cdrl.data.ImageSources;
import cdrl.data.Pictures;
import cdrl.data.SheetLayout;
import cdrl.model.CdrlModel;
import cdrl.model.ModelDescription;
import cdrl.runtime.AtomicFile;
import cdrl.runtime.Cancellation;
import cdrl.runtime.DeviceChoice;
import cdrl.runtime.HostTensor;
import cdrl.runtime.TensorRuntime;
import cdrl.sampling.Condition;
import cdrl.sampling.Condition.Concept;
import cdrl.sampling.LangevinKernel;
import cdrl.sampling.LangevinKernels;
import cdrl.sampling.SampleObserver;
import cdrl.sampling.Sampler;
import cdrl.sampling.SamplingSettings;
import cdrl.store.ModelLibrary;
import cdrl.store.StoredModel;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/**
 * Measures how well samples of conditional models are what they were asked to be: a small
 * classifier is trained with real data, and its verdicts on samples make a table (CSV and Markdown)
 * and a picture. Not part of the ordinary tests, as it takes minutes to an hour:
 *
 * <pre>
 * ./mvnw -q -pl engine -am test -Dtest=ConditionTables \
 *     -Dtables.fashion=FASHION_MNIST_FOLDER -Dtables.classModel=MODEL \
 *     -Dtables.celeba=CELEBA_FOLDER -Dtables.attributeModel=MODEL
 * </pre>
 *
 * <p>A model is a model file or run folder; either pair may be left out. Tables and classifiers go
 * into {@code engine/target/tables} or {@code -Dtables.folder}; a classifier that is there is used
 * again. {@code -Dtables.samples} is the number of samples per class or combination (default 20),
 * {@code -Dtables.threads} that of processor threads (1), {@code -Dtables.seed} the seed (1).
 */
final class ConditionTables {
  private static final Path FOLDER =
      Path.of(System.getProperty("tables.folder", "target/tables")).toAbsolutePath();
  private static final int SAMPLES = Integer.getInteger("tables.samples", 20);
  private static final int THREADS = Integer.getInteger("tables.threads", 1);
  private static final long SEED = Long.getLong("tables.seed", 1);

  /** About as many energies as are computed at once. */
  private static final int MOST_ENERGIES = 64;

  private final List<String> csv = new ArrayList<>();
  private final List<String> text = new ArrayList<>();

  private static String property(String name) {
    String value = System.getProperty(name);
    assumeTrue(value != null, "skipped: -D" + name + " is not given");
    return value;
  }

  /** A test that may throw anything, on the tensor lane. */
  private interface Body {
    void run(TensorRuntime runtime, LangevinKernel kernel, CdrlModel model) throws Exception;
  }

  private static void withModel(String name, Body body) {
    StoredModel stored = new ModelLibrary(ConditionTables.class.getClassLoader()).open(name);
    try (TensorRuntime runtime = TensorRuntime.open(DeviceChoice.CPU, THREADS)) {
      runtime.run(
          cancellation -> {
            try (LangevinKernel kernel = LangevinKernels.open(runtime);
                CdrlModel model = CdrlModel.of(stored.description(), stored.weights(), runtime)) {
              body.run(runtime, kernel, model);
            }
            return true;
          });
    }
  }

  private static Path cache(String name, ImageDataSet data) {
    return FOLDER.resolve(name + "-" + data.fingerprint().substring(0, 12));
  }

  /** The accuracy of samples of each class, and how different they are, by guidance weight. */
  @Test
  void guidance() {
    Path folder = Path.of(property("tables.fashion"));
    withModel(
        property("tables.classModel"),
        (runtime, kernel, model) -> {
          int resolution = (int) model.description().spec().itemShape()[1];
          ImageDataSet train = open(folder.resolve("train-images-idx3-ubyte.gz"), resolution, 1);
          ImageDataSet test = open(folder.resolve("t10k-images-idx3-ubyte.gz"), resolution, 1);
          int classes = model.description().spec().classes();
          assertTrue(classes == train.classNames().size(), "other classes than those of the data");
          try (ImageClassifier classifier =
              ImageClassifier.cached(
                  cache("fashion", train),
                  train,
                  classQuestion(train, classes),
                  IntStream.range(0, train.size()).toArray(),
                  false,
                  6,
                  runtime)) {
            try (ImageClassifier same =
                ImageClassifier.cached(
                    cache("fashion", train),
                    test,
                    classQuestion(test, classes),
                    new int[0],
                    false,
                    0,
                    runtime)) {
              int[] all = IntStream.range(0, test.size()).toArray();
              double accuracy = same.accuracy(test, all, 0);
              say("The classifier is right about %.3f of %d test images.", accuracy, all.length);
              assertTrue(accuracy >= 0.9, "the classifier is no judge");
            }
            guidanceTable(classifier, test, new Sampler(model, kernel), model.description());
          }
        });
    write("guidance");
  }

  private static ImageClassifier.Questions classQuestion(ImageDataSet data, int classes) {
    return questions(1, classes, (image, question) -> data.label(image) - 1);
  }

  private void guidanceTable(
      ImageClassifier classifier, ImageDataSet test, Sampler sampler, ModelDescription model) {
    int classes = model.spec().classes();
    csv.add("w,accuracy,accuracy_low,accuracy_high,diversity,diversity_of_data");
    text.add("| w | accuracy (95 % interval) | diversity | of that of test images |");
    text.add("| --- | --- | --- | --- |");
    List<Integer> labels = model.allClasses();
    double real = diversity(classifier.judge(ofEachClass(test, classes)).features(), classes);
    List<HostTensor> shown = new ArrayList<>();
    for (double w : new double[] {0, 0.5, 1, 2, 3}) {
      HostTensor samples =
          draw(sampler, model, new Condition.Guided(labels, w), SAMPLES * classes, 2);
      ImageClassifier.Verdict verdict = classifier.judge(samples);
      int right = 0;
      StringBuilder each = new StringBuilder();
      int[] rightOf = new int[classes];
      for (int i = 0; i < samples.count(); i++) {
        if (verdict.answers()[i][0] == i % classes) {
          right++;
          rightOf[i % classes]++;
        }
      }
      for (int label = 0; label < classes; label++) {
        each.append(
            String.format(
                Locale.ROOT,
                " %s %.2f",
                model.className(label + 1),
                (double) rightOf[label] / SAMPLES));
      }
      double accuracy = (double) right / samples.count();
      Interval interval = Interval.ofShare(accuracy, samples.count());
      double diversity = diversity(verdict.features(), classes);
      csv.add(
          String.format(
              Locale.ROOT,
              "%s,%.4f,%.4f,%.4f,%.4f,%.4f",
              w,
              accuracy,
              interval.low(),
              interval.high(),
              diversity,
              real));
      text.add(
          String.format(
              Locale.ROOT,
              "| %s | %.3f (%.3f to %.3f) | %.2f | %.2f |",
              w,
              accuracy,
              interval.low(),
              interval.high(),
              diversity,
              diversity / real));
      System.out.println(text.get(text.size() - 1) + each);
      shown.add(first(samples, 3 * classes));
    }
    picture("guidance", shown, classes);
    text.add("");
    say(
        "%d samples per class and weight; diversity is the mean distance of two samples of a class"
            + " in the last hidden layer of the classifier (test images: %.2f).",
        SAMPLES, real);
  }

  /** The first test images of every class by turns. */
  private static HostTensor ofEachClass(ImageDataSet data, int classes) {
    int[] chosen = new int[SAMPLES * classes];
    int[] found = new int[classes];
    for (int i = 0; i < data.size(); i++) {
      int label = data.label(i) - 1;
      if (found[label] < SAMPLES) {
        chosen[found[label]++ * classes + label] = i;
      }
    }
    return ImageClassifier.images(data, chosen, null);
  }

  /** The mean distance of two images of the same class; image i is of class i modulo classes. */
  private static double diversity(FeatureSet features, int classes) {
    double sum = 0;
    long pairs = 0;
    for (int i = 0; i < features.count(); i++) {
      for (int j = i + classes; j < features.count(); j += classes) {
        sum += features.distance(i, features, j);
        pairs++;
      }
    }
    return sum / pairs;
  }

  /** A way to compose attributes. */
  private record Way(String name, double weight, boolean complete) {
    Condition of(List<Integer> labels) {
      List<Concept> concepts =
          labels.stream().map(label -> new Concept(label, 1 + weight)).toList();
      return complete
          ? new Condition.Composition(concepts)
          : new Condition.ProductOfExperts(concepts);
    }
  }

  private static final List<Way> WAYS =
      List.of(
          new Way("eq. 14, w = 0", 0, true),
          new Way("eq. 14, w = 1", 1, true),
          new Way("eq. 14, w = 2", 2, true),
          new Way("without the term, w = 0", 0, false),
          new Way("without the term, w = 1", 1, false));

  /** How often faces have the attributes they were asked to have. */
  @Test
  void composition() {
    Path folder = Path.of(property("tables.celeba"));
    withModel(
        property("tables.attributeModel"),
        (runtime, kernel, model) -> {
          ModelDescription description = model.description();
          ImageDataSet data = open(folder, (int) description.spec().itemShape()[1], 3);
          List<String> names = description.attributeNames();
          ImageAttributes attributes = data.attributes();
          assertNotNull(attributes, "the data have no attributes");
          int[] positions = names.stream().mapToInt(attributes::indexOf).toArray();
          int held = data.size() / 5;
          try (ImageClassifier classifier =
              ImageClassifier.cached(
                  cache("celeba", data),
                  data,
                  questions(
                      names.size(),
                      2,
                      (image, question) -> attributes.holds(image, positions[question]) ? 0 : 1),
                  IntStream.range(0, data.size() - held).toArray(),
                  true,
                  10,
                  runtime)) {
            int[] test = IntStream.range(data.size() - held, data.size()).toArray();
            for (int i = 0; i < names.size(); i++) {
              say(
                  "The classifier is right about %s for %.3f of %d faces it has not seen.",
                  names.get(i), classifier.accuracy(data, test, i), held);
            }
            compositionTable(classifier, new Sampler(model, kernel), description);
          }
        });
    write("composition");
  }

  /** Attributes asked for, each as its number and whether it is to hold. */
  private static List<List<Integer>> combinations(int attributes, int of) {
    List<List<Integer>> combinations = new ArrayList<>();
    for (int first = 0; first < attributes; first++) {
      for (int value = 0; value < 2; value++) {
        int label = 1 + 2 * first + value;
        if (of == 1) {
          combinations.add(List.of(label));
        }
        for (int second = first + 1; of == 2 && second < attributes; second++) {
          combinations.add(List.of(label, 1 + 2 * second));
          combinations.add(List.of(label, 2 + 2 * second));
        }
      }
    }
    return combinations;
  }

  private void compositionTable(
      ImageClassifier classifier, Sampler sampler, ModelDescription model) {
    csv.add("attributes,way,w,agreement,low,high,all,all_low,all_high,samples");
    text.add("");
    text.add("| asked for | way | attributes that agree | samples in which all agree |");
    text.add("| --- | --- | --- | --- |");
    for (int of = 1; of <= 2; of++) {
      for (Way way : WAYS) {
        if (of == 1 && !way.complete() && way.weight() == 0) {
          continue; // F(c), as eq. 14 with w = 0
        }
        compositionRow(classifier, sampler, model, of, way);
      }
    }
    text.add("");
    say("%d samples for each of 6 values and 12 pairs of values.", SAMPLES);
  }

  private void compositionRow(
      ImageClassifier classifier, Sampler sampler, ModelDescription model, int of, Way way) {
    int agree = 0;
    int complete = 0;
    int count = 0;
    List<HostTensor> shown = new ArrayList<>();
    for (List<Integer> labels : combinations(model.attributeNames().size(), of)) {
      HostTensor samples = draw(sampler, model, way.of(labels), SAMPLES, of + 1);
      shown.add(first(samples, 10));
      int here = 0;
      for (int[] answers : classifier.judge(samples).answers()) {
        int right = 0;
        for (int label : labels) {
          right += answers[(label - 1) / 2] == (label - 1) % 2 ? 1 : 0;
        }
        agree += right;
        here += right;
        complete += right == of ? 1 : 0;
        count++;
      }
      System.out.printf(
          Locale.ROOT,
          "%s, %s: %.2f%n",
          labels.stream().map(model::className).toList(),
          way.name(),
          (double) here / (SAMPLES * of));
    }
    picture("composition-" + of + "-" + way.name().replaceAll("[^a-z0-9]+", "-"), shown, 10);
    double agreement = (double) agree / (count * of);
    double all = (double) complete / count;
    Interval interval = Interval.ofShare(agreement, count * of);
    Interval allInterval = Interval.ofShare(all, count);
    csv.add(
        String.format(
            Locale.ROOT,
            "%d,%s,%s,%.4f,%.4f,%.4f,%.4f,%.4f,%.4f,%d",
            of,
            way.complete() ? "eq. 14" : "without the term",
            way.weight(),
            agreement,
            interval.low(),
            interval.high(),
            all,
            allInterval.low(),
            allInterval.high(),
            count));
    text.add(
        String.format(
            Locale.ROOT,
            "| %s | %s | %.3f (%.3f to %.3f) | %.3f (%.3f to %.3f) |",
            of == 1 ? "one" : "two",
            way.name(),
            agreement,
            interval.low(),
            interval.high(),
            all,
            allInterval.low(),
            allInterval.high()));
    System.out.println(text.get(text.size() - 1));
  }

  private interface Truth {
    int answer(int image, int question);
  }

  private static ImageClassifier.Questions questions(int count, int answers, Truth truth) {
    return new ImageClassifier.Questions() {
      @Override
      public int count() {
        return count;
      }

      @Override
      public int answers() {
        return answers;
      }

      @Override
      public int truth(int image, int question) {
        return truth.answer(image, question);
      }
    };
  }

  private static ImageDataSet open(Path path, int resolution, int channels) {
    return new ImageSources().open(path, resolution, channels);
  }

  private static HostTensor draw(
      Sampler sampler, ModelDescription model, Condition condition, int count, int energies) {
    SamplingSettings settings =
        new SamplingSettings(count, SEED, model.langevinSteps(), false, model.schedule().levels())
            .withCondition(condition);
    int part = MOST_ENERGIES / energies;
    List<HostTensor> parts = new ArrayList<>();
    for (int first = 0; first < count; first += part) {
      parts.add(
          sampler.sample(
              settings.part(first, Math.min(part, count - first)),
              SampleObserver.NONE,
              new Cancellation()));
    }
    return clamped(joined(parts));
  }

  /** As pictures, whose values have an end. */
  private static HostTensor clamped(HostTensor samples) {
    float[] values = samples.values().clone();
    for (int i = 0; i < values.length; i++) {
      values[i] = Math.max(-1, Math.min(1, values[i]));
    }
    return new HostTensor(samples.shape(), values);
  }

  private static HostTensor joined(List<HostTensor> parts) {
    long[] shape = parts.get(0).shape().clone();
    shape[0] = parts.stream().mapToInt(HostTensor::count).sum();
    float[] values = new float[(int) HostTensor.elements(shape)];
    int position = 0;
    for (HostTensor part : parts) {
      System.arraycopy(part.values(), 0, values, position, part.values().length);
      position += part.values().length;
    }
    return new HostTensor(shape, values);
  }

  private static HostTensor first(HostTensor samples, int count) {
    int kept = Math.min(count, samples.count());
    long[] shape = samples.shape().clone();
    int size = samples.values().length / samples.count();
    shape[0] = kept;
    return new HostTensor(shape, Arrays.copyOf(samples.values(), kept * size));
  }

  private static void picture(String name, List<HostTensor> samples, int columns) {
    try {
      Files.createDirectories(FOLDER);
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
    Pictures.writeSheet(
        FOLDER.resolve(name + ".png"), joined(samples), new SheetLayout(columns, 2, 2), Map.of());
  }

  private void say(String format, Object... values) {
    text.add(String.format(Locale.ROOT, format, values));
    System.out.println(text.get(text.size() - 1));
  }

  private void write(String name) {
    AtomicFile.writeText(FOLDER.resolve(name + ".csv"), String.join("\n", csv) + "\n");
    AtomicFile.writeText(FOLDER.resolve(name + ".md"), String.join("\n", text) + "\n");
    System.out.println("Wrote " + FOLDER.resolve(name + ".md"));
  }
}
