package cdrl.data;

import cdrl.runtime.Cancellation;
import cdrl.runtime.CdrlException;
import cdrl.runtime.Sentence;
import java.nio.file.Path;
import java.util.List;
import java.util.TreeSet;

/**
 * Picture files of any kind and size in a folder and its sub-folders: the central square, scaled.
 * When every picture lies in a sub-folder and there are several of these, the sub-folders are the
 * classes.
 */
record ImageFolder(PictureFiles files) implements ImageSource {
  @Override
  public Path place() {
    return files.folder();
  }

  @Override
  public String state() {
    return files.state();
  }

  @Override
  public String load(ImageDataSet.Builder builder, Progress progress, Cancellation cancellation) {
    builder.expect(files.entries().size());
    List<String> classNames = classNames();
    builder.classNames(classNames);
    files.decode(
        Crop::centreSquare,
        builder.resolution(),
        builder.channels(),
        progress,
        cancellation,
        new PictureFiles.Receiver() {
          @Override
          public void decoded(PictureFiles.Entry entry, byte[] pixels) {
            builder.add(pixels, classNames.indexOf(topFolder(entry)) + 1);
          }

          @Override
          public void damaged(PictureFiles.Entry entry, Sentence reason) {
            builder.skip(entry.name(), reason);
          }
        });
    if (builder.size() == 0) {
      throw nothingLeft(files, builder.firstSkipped());
    }
    return "folder of images '"
        + files.folder().toAbsolutePath().normalize().getFileName()
        + "', "
        + builder.size()
        + " images";
  }

  private static CdrlException nothingLeft(PictureFiles files, Sentence first) {
    int count = files.entries().size();
    return count == 1
        ? new CdrlException(
            "The only picture in '{0}' could not be read; it seems to be damaged: {1}.",
            files.folder(), first)
        : new CdrlException(
            "None of the {0} pictures in '{1}' could be read; they seem to be damaged. The first"
                + " is {2}.",
            count, files.folder(), first);
  }

  private List<String> classNames() {
    TreeSet<String> names = new TreeSet<>(NaturalOrder.INSTANCE);
    for (PictureFiles.Entry entry : files.entries()) {
      String folder = topFolder(entry);
      if (folder.isEmpty()) {
        return List.of();
      }
      names.add(folder);
    }
    return names.size() >= 2 ? List.copyOf(names) : List.of();
  }

  private static String topFolder(PictureFiles.Entry entry) {
    int slash = entry.name().indexOf('/');
    return slash < 0 ? "" : entry.name().substring(0, slash);
  }
}
