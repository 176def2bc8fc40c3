package cdrl.studio.models;

import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;

/**
 * What there is for the Models workspace among some files; pictures and others are not for it.
 *
 * @param models in the format of this program
 * @param checkpoints of the published implementation
 */
record ModelFiles(List<Path> models, List<Path> checkpoints) {
  private static final Pattern MODEL = Pattern.compile("(?i).*\\.safetensors");
  private static final Pattern CHECKPOINT = Pattern.compile("(?i).*\\.(pth|pt|tar)");

  /** Those among some files. */
  static ModelFiles among(List<Path> files) {
    return new ModelFiles(of(MODEL, files), of(CHECKPOINT, files));
  }

  private static List<Path> of(Pattern kind, List<Path> files) {
    return files.stream()
        .filter(file -> kind.matcher(String.valueOf(file.getFileName())).matches())
        .toList();
  }

  /** Whether there is nothing. */
  boolean isEmpty() {
    return models.isEmpty() && checkpoints.isEmpty();
  }
}
