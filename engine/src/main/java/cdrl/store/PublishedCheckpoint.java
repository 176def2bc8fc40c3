package cdrl.store;

import cdrl.data.Progress;
import cdrl.runtime.Cancellation;
import cdrl.runtime.CdrlException;
import cdrl.runtime.HostTensor;
import cdrl.store.TorchValue.Dictionary;
import cdrl.store.TorchValue.Sequence;
import cdrl.store.TorchValue.Tensor;
import cdrl.store.TorchValue.Text;
import cdrl.store.TorchValue.Whole;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The weights in a checkpoint of the published implementation, under its own names without the
 * prefix {@code module.}.
 *
 * @param energy the weights of the energy model, spectral-norm vectors included
 * @param initializer the weights of the initializer
 * @param iterations how many iterations it was trained for, or 0 when it does not say
 */
public record PublishedCheckpoint(
    Map<String, HostTensor> energy, Map<String, HostTensor> initializer, long iterations) {
  private static final String PREFIX = "module.";

  /** Which of the two sets of weights to read. */
  public enum Weights {
    /** The weights as training left them. */
    LAST,
    /** Their moving averages; spectral-norm vectors have none and are the last ones. */
    AVERAGED
  }

  /**
   * Reads a checkpoint.
   *
   * @param path a file in PyTorch's zip format
   * @throws CdrlException when it cannot be read or is no such checkpoint
   */
  public static PublishedCheckpoint read(Path path, Weights weights) {
    return read(path, weights, Progress.NONE, new Cancellation());
  }

  /**
   * Reads a checkpoint.
   *
   * @param path a file in PyTorch's zip format
   * @param progress told how many of the values are read
   * @throws CdrlException when it cannot be read or is no such checkpoint
   * @throws java.util.concurrent.CancellationException when it is cancelled
   */
  public static PublishedCheckpoint read(
      Path path, Weights weights, Progress progress, Cancellation cancellation) {
    try (TorchFile archive = TorchFile.open(path)) {
      return new Reader(archive, progress, cancellation).read(weights);
    }
  }

  /** Finds the parts in an archive. */
  private static final class Reader {
    private final TorchFile archive;
    private final Dictionary root;
    private final Progress progress;
    private final Cancellation cancellation;
    private long done;
    private long total;

    Reader(TorchFile archive, Progress progress, Cancellation cancellation) {
      this.archive = archive;
      this.progress = progress;
      this.cancellation = cancellation;
      if (!(archive.root() instanceof Dictionary dictionary)) {
        throw archive.wrong("it is not a dictionary of networks");
      }
      this.root = dictionary;
    }

    PublishedCheckpoint read(Weights weights) {
      Map<String, Tensor> energy = network("pi", weights);
      Map<String, Tensor> initializer = network("p", weights);
      total =
          Stream.concat(energy.values().stream(), initializer.values().stream())
              .mapToLong(Tensor::elements)
              .sum();
      return new PublishedCheckpoint(
          values(energy, "pi_state_dict"), values(initializer, "p_state_dict"), iterations());
    }

    private Map<String, Tensor> network(String letter, Weights weights) {
      String part = letter + "_state_dict";
      Map<String, Tensor> tensors = tensors(dictionary(root, part), part);
      if (weights == Weights.AVERAGED) {
        replaceByAverages(tensors, letter + "_ema_state_dict");
      }
      return tensors;
    }

    private Map<String, HostTensor> values(Map<String, Tensor> tensors, String part) {
      Map<String, HostTensor> values = new LinkedHashMap<>();
      tensors.forEach(
          (name, tensor) -> {
            cancellation.throwIfCancelled();
            progress.report(done, total);
            done += tensor.elements();
            HostTensor value = archive.read(tensor);
            for (float element : value.values()) {
              if (!Float.isFinite(element)) {
                throw archive.wrong(
                    "its weight '{0}' holds values that are not finite",
                    Sentences.shown(part + "." + name));
              }
            }
            values.put(name, value);
          });
      return values;
    }

    private Map<String, Tensor> tensors(Dictionary dictionary, String part) {
      Map<String, Tensor> tensors = new LinkedHashMap<>();
      for (Map.Entry<TorchValue, TorchValue> entry : dictionary.entries().entrySet()) {
        if (!(entry.getKey() instanceof Text key) || !(entry.getValue() instanceof Tensor tensor)) {
          throw archive.wrong("its '{0}' holds something but tensors", Sentences.shown(part));
        }
        String name =
            key.value().startsWith(PREFIX) ? key.value().substring(PREFIX.length()) : key.value();
        if (tensors.put(name, tensor) != null) {
          throw archive.wrong("it has the weight '{0}' twice", Sentences.shown(part + "." + name));
        }
      }
      return tensors;
    }

    /** The averages are a list in the order of the parameters; buffers are not among them. */
    private void replaceByAverages(Map<String, Tensor> tensors, String part) {
      if (!(root.entries().get(new Text(part)) instanceof Dictionary averages)) {
        throw archive.wrong("it holds no averaged weights '{0}'", Sentences.shown(part));
      }
      if (!(averages.entries().get(new Text("shadow_params")) instanceof Sequence list)) {
        throw archive.wrong("its '{0}' has no list 'shadow_params'", Sentences.shown(part));
      }
      List<String> parameters = new ArrayList<>();
      for (String name : tensors.keySet()) {
        if (!name.endsWith("weight_u") && !name.endsWith("weight_v")) {
          parameters.add(name);
        }
      }
      if (list.items().size() != parameters.size()) {
        throw archive.wrong(
            "its '{0}' has {1} averages for {2} parameters",
            Sentences.shown(part), list.items().size(), parameters.size());
      }
      for (int i = 0; i < parameters.size(); i++) {
        String name = parameters.get(i);
        Tensor last = tensors.get(name);
        if (!(list.items().get(i) instanceof Tensor average)
            || last == null
            || !Arrays.equals(average.shape(), last.shape())) {
          throw archive.wrong(
              "average {0} of '{1}' does not fit '{2}'",
              i, Sentences.shown(part), Sentences.shown(name));
        }
        tensors.put(name, average);
      }
    }

    private long iterations() {
      @Nullable TorchValue scheduler = root.entries().get(new Text("pi_lr_scheduler"));
      if (scheduler instanceof Dictionary dictionary
          && dictionary.entries().get(new Text("last_epoch")) instanceof Whole count
          && count.value() >= 0) {
        return count.value();
      }
      return 0;
    }

    private Dictionary dictionary(Dictionary parent, String key) {
      if (parent.entries().get(new Text(key)) instanceof Dictionary dictionary) {
        return dictionary;
      }
      throw archive.wrong("it has no dictionary '{0}'", Sentences.shown(key));
    }
  }
}
