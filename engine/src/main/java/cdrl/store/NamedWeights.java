package cdrl.store;

import cdrl.runtime.CdrlException;
import cdrl.runtime.HostTensor;
import cdrl.runtime.Sha256;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The weights of some other network by their names: a safetensors file, or a dictionary of tensors
 * ({@code state_dict}) that torch.save has written. Programs (TorchScript) are refused.
 *
 * @param tensors by name
 * @param source the file's name, for sentences
 * @param checksum SHA-256 of the file in hexadecimal
 */
public record NamedWeights(Map<String, HostTensor> tensors, String source, String checksum) {
  /**
   * Reads a file of either kind, which is recognized by its content.
   *
   * @throws CdrlException when it cannot be read, holds anything but tensors of finite values, or
   *     is a program
   */
  public static NamedWeights read(Path path) {
    if (isSafeTensors(path)) {
      SafeTensors.Checked checked = SafeTensors.read(path, SafeTensors.NonFinite.REFUSED);
      return new NamedWeights(checked.file().tensors(), path.toString(), checked.checksum());
    }
    try (TorchFile file = TorchFile.open(path)) {
      return new NamedWeights(tensors(file), path.toString(), checksum(path));
    }
  }

  /** A safetensors file begins with the length of its header and the header's brace. */
  private static boolean isSafeTensors(Path path) {
    try (InputStream in = Files.newInputStream(path)) {
      byte[] start = in.readNBytes(Long.BYTES + 1);
      return start.length == Long.BYTES + 1
          && start[Long.BYTES] == "{".getBytes(StandardCharsets.US_ASCII)[0];
    } catch (IOException e) {
      throw Sentences.reading(path, e);
    }
  }

  private static Map<String, HostTensor> tensors(TorchFile file) {
    if (!(file.root() instanceof TorchValue.Dictionary dictionary)) {
      throw file.wrong("it is not a dictionary of weights");
    }
    Map<String, HostTensor> tensors = new LinkedHashMap<>();
    dictionary
        .entries()
        .forEach(
            (key, value) -> {
              if (!(key instanceof TorchValue.Text name)
                  || !(value instanceof TorchValue.Tensor tensor)) {
                throw file.wrong("it holds something but tensors by name");
              }
              HostTensor read = file.read(tensor);
              for (float element : read.values()) {
                if (!Float.isFinite(element)) {
                  throw file.wrong(
                      "its weight '{0}' holds values that are not finite",
                      Sentences.shown(name.value()));
                }
              }
              tensors.put(name.value(), read);
            });
    return tensors;
  }

  private static String checksum(Path path) {
    try (InputStream in = Files.newInputStream(path)) {
      return Sha256.of(in);
    } catch (IOException e) {
      throw Sentences.reading(path, e);
    }
  }
}
