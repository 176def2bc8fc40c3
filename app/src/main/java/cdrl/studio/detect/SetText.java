package cdrl.studio.detect;

import cdrl.evaluate.ArtificialImages;
import cdrl.studio.engine.SeedText;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Sets as text, a line for each: its kind, its name and where its pictures come from, with tabs
 * between. Pictures that other workspaces sent are in no file, so that of them only the name is
 * kept.
 */
final class SetText {
  private static final String TAB = "\t";
  private static final String PLACE = "place";
  private static final String FILES = "files";
  private static final String SAMPLES = "samples";
  private static final String ARTIFICIAL = "artificial";
  private static final String SENT = "sent";

  /**
   * Sets that were read.
   *
   * @param known those that can be had again
   * @param lost the names of the others
   */
  record Read(List<Named> known, List<String> lost) {}

  /** Where the pictures of a set of this name come from. */
  record Named(String name, SetSource source) {}

  private SetText() {}

  /** The lines of sets. */
  static String of(Stream<PictureSet> sets) {
    return String.join("\n", sets.map(SetText::line).toList());
  }

  private static String line(PictureSet set) {
    List<String> words = new ArrayList<>();
    SetSource source = set.source();
    String name = set.nameProperty().get().replaceAll("\\s", " ");
    if (source instanceof SetSource.Place place) {
      words.addAll(List.of(PLACE, name, place.path().toAbsolutePath().toString()));
    } else if (source instanceof SetSource.Files files) {
      words.addAll(List.of(FILES, name));
      files.files().forEach(file -> words.add(file.toAbsolutePath().toString()));
    } else if (source instanceof SetSource.Samples samples) {
      words.addAll(List.of(SAMPLES, name, Long.toString(samples.seed())));
    } else if (source instanceof SetSource.Artificial artificial) {
      words.addAll(List.of(ARTIFICIAL, name, artificial.kind().word()));
    } else {
      words.addAll(List.of(SENT, name));
    }
    return String.join(TAB, words);
  }

  /** Reads what {@link #of} wrote and looks for the files, which can take a while. */
  static Read read(String text) {
    List<Named> known = new ArrayList<>();
    List<String> lost = new ArrayList<>();
    for (String line : text.split("\n", -1)) {
      String[] words = line.split(TAB, -1);
      if (words.length < 2) {
        continue;
      }
      source(words)
          .ifPresentOrElse(
              source -> known.add(new Named(words[1], source)), () -> lost.add(words[1]));
    }
    return new Read(known, lost);
  }

  private static Optional<SetSource> source(String... words) {
    String last = words[words.length - 1];
    return switch (words[0]) {
      case PLACE -> path(last).map(SetSource.Place::new);
      case FILES -> {
        List<Path> files =
            Arrays.stream(words).skip(2).flatMap(word -> path(word).stream()).toList();
        yield files.isEmpty() ? Optional.empty() : Optional.of(new SetSource.Files(files));
      }
      case SAMPLES -> SeedText.parse(last).stream().boxed().findFirst().map(SetSource.Samples::new);
      case ARTIFICIAL -> ArtificialImages.of(last).map(SetSource.Artificial::new);
      default -> Optional.empty();
    };
  }

  /** A file or folder that is there. */
  static Optional<Path> path(String word) {
    try {
      return word.isEmpty() ? Optional.empty() : Optional.of(Path.of(word)).filter(Files::exists);
    } catch (InvalidPathException e) {
      return Optional.empty();
    }
  }
}
