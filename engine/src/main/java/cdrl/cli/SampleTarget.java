package cdrl.cli;

import cdrl.data.Pictures;
import cdrl.data.SheetLayout;
import cdrl.model.ImageModelSpec;
import cdrl.model.ModelSpec;
import cdrl.runtime.AtomicFile;
import cdrl.runtime.CdrlException;
import cdrl.runtime.HostTensor;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;

/** Where samples go and in which form. */
sealed interface SampleTarget {
  /**
   * Writes samples.
   *
   * @param samples shaped (count, item...)
   * @param metadata texts to keep inside of pictures
   */
  void write(HostTensor samples, Map<String, String> metadata);

  /**
   * The form that suits the kind of samples and the name of the target.
   *
   * @throws CdrlException when the name does not suit the samples
   */
  static SampleTarget of(String name, ModelSpec spec) {
    Path path = Path.of(name);
    boolean folder = name.endsWith("/") || name.endsWith("\\") || Files.isDirectory(path);
    String lower = name.toLowerCase(Locale.ROOT);
    if (spec instanceof ImageModelSpec) {
      if (folder) {
        return new Folder(OutputFiles.prepareFolder(path));
      }
      if (lower.endsWith(".png")) {
        return new Sheet(OutputFiles.prepareFile(path));
      }
      throw new CdrlException(
          "Pictures go into a .png file or a folder (DIR/), but not into '{0}'.", name);
    }
    if (folder || !lower.endsWith(".csv")) {
      throw new CdrlException("Points go into a .csv file, but not into '{0}'.", name);
    }
    return new Points(OutputFiles.prepareFile(path));
  }

  /** All pictures in one PNG file. */
  record Sheet(Path file) implements SampleTarget {
    @Override
    public void write(HostTensor samples, Map<String, String> metadata) {
      Pictures.writeSheet(file, samples, SheetLayout.square(samples.count()), metadata);
    }
  }

  /** Each picture in a PNG file of its own. */
  record Folder(Path folder) implements SampleTarget {
    @Override
    public void write(HostTensor samples, Map<String, String> metadata) {
      for (int i = 0; i < samples.count(); i++) {
        Pictures.write(
            folder.resolve(String.format("sample-%05d.png", i)), samples.get(i), metadata);
      }
    }
  }

  /** Points as rows of coordinates. */
  record Points(Path file) implements SampleTarget {
    @Override
    public void write(HostTensor samples, Map<String, String> metadata) {
      StringBuilder text = new StringBuilder("x,y\n");
      float[] values = samples.values();
      for (int i = 0; i < values.length; i += 2) {
        text.append(values[i]).append(',').append(values[i + 1]).append('\n');
      }
      AtomicFile.writeText(file, text.toString());
    }
  }
}
