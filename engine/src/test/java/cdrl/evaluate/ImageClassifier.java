package cdrl.evaluate;

import ai.djl.Device;
import ai.djl.MalformedModelException;
import ai.djl.Model;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Activation;
import ai.djl.nn.Blocks;
import ai.djl.nn.SequentialBlock;
import ai.djl.nn.convolutional.Conv2d;
import ai.djl.nn.core.Linear;
import ai.djl.nn.pooling.Pool;
import ai.djl.training.DefaultTrainingConfig;
import ai.djl.training.GradientCollector;
import ai.djl.training.ParameterStore;
import ai.djl.training.Trainer;
import ai.djl.training.loss.Loss;
import ai.djl.training.optimizer.Optimizer;
import ai.djl.training.tracker.Tracker;
import cdrl.data.ImageDataSet;
import cdrl.runtime.HostTensor;
import cdrl.runtime.TensorRuntime;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Random;

/**
 * A small convolutional network that answers questions about images: one question of ten answers
 * for ten classes, or several of two answers for attributes. It judges samples of conditional
 * models. Use it on the tensor lane.
 */
final class ImageClassifier implements AutoCloseable {
  private static final int BATCH = 64;
  private static final int FEATURES = 96;
  private static final double RATE = 1e-3;
  private static final String NAME = "classifier";
  private static final Shape TWO = new Shape(2, 2);

  private final Questions questions;
  private final SequentialBlock features;
  private final Linear head;
  private final SequentialBlock block;
  private final Model model;

  /** What is asked about images, and the right answers for those of a data set. */
  interface Questions {
    /** The number of questions. */
    int count();

    /** The number of answers to each. */
    int answers();

    /** The right answer, counted from 0. */
    int truth(int image, int question);
  }

  /**
   * What the network says about images.
   *
   * @param answers the likeliest answer to each question, image by image
   * @param features the vectors of the last hidden layer
   */
  record Verdict(int[][] answers, FeatureSet features) {}

  private ImageClassifier(Shape image, Questions questions) {
    this.questions = questions;
    features =
        new SequentialBlock()
            .add(convolution(16))
            .add(Activation::relu)
            .add(Pool.maxPool2dBlock(TWO, TWO))
            .add(convolution(32))
            .add(Activation::relu)
            .add(Pool.maxPool2dBlock(TWO, TWO))
            .add(convolution(64))
            .add(Activation::relu)
            .add(Pool.maxPool2dBlock(TWO, TWO))
            .add(Blocks.batchFlattenBlock())
            .add(Linear.builder().setUnits(FEATURES).build())
            .add(Activation::relu);
    head = Linear.builder().setUnits(questions.count() * (long) questions.answers()).build();
    block = new SequentialBlock().add(features).add(head);
    model = Model.newInstance(NAME, Device.cpu());
    model.setBlock(block);
    block.initialize(model.getNDManager(), DataType.FLOAT32, image);
  }

  private static Conv2d convolution(int filters) {
    return Conv2d.builder()
        .setFilters(filters)
        .setKernelShape(new Shape(3, 3))
        .optPadding(new Shape(1, 1))
        .build();
  }

  /**
   * Reads the network from a folder; where there is none, trains it and writes it there.
   *
   * @param indexes the images to learn from
   * @param flip whether to mirror half of them
   */
  static ImageClassifier cached(
      Path folder,
      ImageDataSet data,
      Questions questions,
      int[] indexes,
      boolean flip,
      int epochs,
      TensorRuntime runtime)
      throws IOException, MalformedModelException {
    runtime.seedEngine(1);
    Shape image = new Shape(BATCH).addAll(new Shape(data.itemShape()));
    ImageClassifier classifier = new ImageClassifier(image, questions);
    if (Files.exists(folder.resolve(NAME + "-0000.params"))) {
      classifier.model.load(folder, NAME);
    } else {
      classifier.train(data, indexes, flip, epochs, image);
      Files.createDirectories(folder);
      classifier.model.save(folder, NAME);
    }
    return classifier;
  }

  private void train(ImageDataSet data, int[] indexes, boolean flip, int epochs, Shape shape) {
    int perEpoch = indexes.length / BATCH;
    double steps = (double) epochs * perEpoch;
    Tracker rate =
        step -> (float) (RATE * 0.5 * (1 + Math.cos(Math.PI * Math.min(1, step / steps))));
    DefaultTrainingConfig config =
        new DefaultTrainingConfig(Loss.softmaxCrossEntropyLoss())
            .optDevices(new Device[] {Device.cpu()})
            .optOptimizer(Optimizer.adam().optLearningRateTracker(rate).build());
    Random random = new Random(1);
    int[] order = indexes.clone();
    try (Trainer trainer = model.newTrainer(config)) {
      trainer.initialize(shape);
      for (int epoch = 0; epoch < epochs; epoch++) {
        for (int i = order.length - 1; i > 0; i--) {
          int other = random.nextInt(i + 1);
          int kept = order[i];
          order[i] = order[other];
          order[other] = kept;
        }
        double loss = 0;
        for (int batch = 0; batch < perEpoch; batch++) {
          int[] chosen = Arrays.copyOfRange(order, batch * BATCH, (batch + 1) * BATCH);
          loss += step(trainer, images(data, chosen, flip ? random : null), chosen);
        }
        System.out.printf("Classifier: epoch %d, loss %.4f%n", epoch + 1, loss / perEpoch);
      }
    }
  }

  private double step(Trainer trainer, HostTensor images, int[] chosen) {
    int rows = chosen.length * questions.count();
    float[] wanted = new float[rows * questions.answers()];
    for (int row = 0; row < rows; row++) {
      int truth = questions.truth(chosen[row / questions.count()], row % questions.count());
      wanted[row * questions.answers() + truth] = 1f / rows;
    }
    try (NDManager scope = model.getNDManager().newSubManager()) {
      NDArray x = images.toArray(scope);
      NDArray truth = new HostTensor(new long[] {rows, questions.answers()}, wanted).toArray(scope);
      float loss;
      try (GradientCollector collector = trainer.newGradientCollector()) {
        NDArray scores = trainer.forward(new NDList(x)).singletonOrThrow();
        NDArray value =
            scores.reshape(rows, questions.answers()).logSoftmax(1).mul(truth).sum().neg();
        collector.backward(value);
        loss = value.getFloat();
      }
      trainer.step();
      return loss;
    }
  }

  /** Images of a data set as one tensor; some are mirrored when there are random numbers. */
  static HostTensor images(ImageDataSet data, int[] indexes, Random mirror) {
    int size = (int) HostTensor.elements(data.itemShape());
    float[] values = new float[indexes.length * size];
    for (int i = 0; i < indexes.length; i++) {
      data.fill(indexes[i], mirror != null && mirror.nextBoolean(), values, i * size);
    }
    long[] item = data.itemShape();
    return new HostTensor(new long[] {indexes.length, item[0], item[1], item[2]}, values);
  }

  /** Answers all questions about images, shaped (n, channels, height, width). */
  Verdict judge(HostTensor images) {
    int count = images.count();
    int size = images.values().length / count;
    int[][] answers = new int[count][questions.count()];
    float[] vectors = new float[count * FEATURES];
    ParameterStore weights = new ParameterStore(model.getNDManager(), false);
    for (int first = 0; first < count; first += 4 * BATCH) {
      int part = Math.min(4 * BATCH, count - first);
      long[] shape = images.shape().clone();
      shape[0] = part;
      float[] values = Arrays.copyOfRange(images.values(), first * size, (first + part) * size);
      try (NDManager scope = model.getNDManager().newSubManager()) {
        NDArray x = new HostTensor(shape, values).toArray(scope);
        NDList hidden = features.forward(weights, new NDList(x), false);
        float[] scores = head.forward(weights, hidden, false).singletonOrThrow().toFloatArray();
        float[] some = hidden.singletonOrThrow().toFloatArray();
        System.arraycopy(some, 0, vectors, first * FEATURES, some.length);
        for (int row = 0; row < part * questions.count(); row++) {
          answers[first + row / questions.count()][row % questions.count()] =
              largest(scores, row * questions.answers());
        }
      }
    }
    return new Verdict(answers, new FeatureSet(vectors, FEATURES));
  }

  private int largest(float[] scores, int start) {
    int largest = 0;
    for (int answer = 1; answer < questions.answers(); answer++) {
      if (scores[start + answer] > scores[start + largest]) {
        largest = answer;
      }
    }
    return largest;
  }

  /** The share of right answers to a question about images of the data set. */
  double accuracy(ImageDataSet data, int[] indexes, int question) {
    int[][] answers = judge(images(data, indexes, null)).answers();
    int right = 0;
    for (int i = 0; i < indexes.length; i++) {
      right += answers[i][question] == questions.truth(indexes[i], question) ? 1 : 0;
    }
    return (double) right / indexes.length;
  }

  @Override
  public void close() {
    model.close();
  }
}
