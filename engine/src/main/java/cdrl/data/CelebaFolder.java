package cdrl.data;

import cdrl.runtime.Cancellation;
import cdrl.runtime.CdrlException;
import cdrl.runtime.Sentence;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.BitSet;
import java.util.Locale;

/**
 * CelebA as it is published: {@code img_align_celeba/} beside {@code list_attr_celeba.txt}. The
 * crop around the face is relative to the size of the image. Images without a row of attributes are
 * left out and reported.
 */
record CelebaFolder(Path root, PictureFiles files) implements ImageSource {
  static final String IMAGES = "img_align_celeba";
  static final String ATTRIBUTES = "list_attr_celeba.txt";

  static boolean recognizes(Path folder) {
    return Files.isDirectory(folder.resolve(IMAGES))
        && Files.isRegularFile(folder.resolve(ATTRIBUTES));
  }

  @Override
  public Path place() {
    return files.folder();
  }

  @Override
  public String state() {
    return ImageSource.state(root.resolve(ATTRIBUTES)) + files.state();
  }

  @Override
  public String load(ImageDataSet.Builder builder, Progress progress, Cancellation cancellation) {
    AttributeList list = AttributeList.read(root.resolve(ATTRIBUTES));
    int attributes = list.names().size();
    builder.expect(files.entries().size());
    BitSet values = new BitSet();
    files.decode(
        Crop::celeba,
        builder.resolution(),
        builder.channels(),
        progress,
        cancellation,
        new PictureFiles.Receiver() {
          @Override
          public void decoded(PictureFiles.Entry entry, byte[] pixels) {
            Integer row = list.rows().get(fileName(entry));
            if (row == null) {
              builder.skip(entry.name(), new Sentence("no row in {0}", ATTRIBUTES));
              return;
            }
            for (int a = 0; a < attributes; a++) {
              values.set(builder.size() * attributes + a, list.values().get(row * attributes + a));
            }
            builder.add(pixels, 0);
          }

          @Override
          public void damaged(PictureFiles.Entry entry, Sentence reason) {
            builder.skip(entry.name(), reason);
          }
        });
    if (builder.size() == 0) {
      throw new CdrlException(
          "No picture in '{0}' could be read and has a row in {1}, so there is nothing to train on."
              + " The first is {2}.",
          files.folder(), ATTRIBUTES, builder.firstSkipped());
    }
    note(builder, list);
    builder.attributes(list.names(), values);
    return "CelebA, " + builder.size() + " images";
  }

  private void note(ImageDataSet.Builder builder, AttributeList list) {
    if (list.announced() != list.rows().size()) {
      builder.note(
          String.format(
              Locale.ROOT,
              "%s announces %d rows but has %d.",
              ATTRIBUTES,
              list.announced(),
              list.rows().size()));
    }
    long present =
        files.entries().stream().filter(entry -> list.rows().containsKey(fileName(entry))).count();
    if (present < list.rows().size()) {
      builder.note(
          String.format(
              Locale.ROOT,
              "%d of the %d rows in %s have no picture and were ignored.",
              list.rows().size() - present,
              list.rows().size(),
              ATTRIBUTES));
    }
  }

  private static String fileName(PictureFiles.Entry entry) {
    return entry.name().substring(entry.name().lastIndexOf('/') + 1);
  }
}
