package cdrl.data;

import cdrl.runtime.Cancellation;
import cdrl.runtime.CdrlException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Opens image data of every supported kind, which is recognized by content. */
public final class ImageSources {
  private static final int MOST_PIXELS_PER_SIDE = 1024;

  private final DecodedCache cache;

  /** Keeps decoded images in the user's cache folder, so that the next start need not decode. */
  public ImageSources() {
    this(DecodedCache.standardFolder());
  }

  /**
   * @param cacheFolder where decoded images are kept; may be deleted at any time
   */
  public ImageSources(Path cacheFolder) {
    this.cache = new DecodedCache(cacheFolder);
  }

  /** Opens image data without telling progress; see the other method. */
  public ImageDataSet open(Path path, int resolution, int channels) {
    return open(path, resolution, channels, Progress.NONE, new Cancellation());
  }

  /**
   * Reads all images of a CIFAR-10 or CIFAR-100 binary folder or file, an idx file (gzip or not) or
   * the training images in a folder of idx files, a CelebA root, or a folder of pictures with its
   * sub-folders.
   *
   * @param path the file or folder
   * @param resolution the height and width wanted, in pixels
   * @param channels 1 for grey, 3 for colour; images are converted
   * @param progress told after every few images
   * @param cancellation stops between images
   * @throws CdrlException when nothing usable is there
   * @throws java.util.concurrent.CancellationException when stopped
   */
  public ImageDataSet open(
      Path path, int resolution, int channels, Progress progress, Cancellation cancellation) {
    if (resolution < 1 || resolution > MOST_PIXELS_PER_SIDE || (channels != 1 && channels != 3)) {
      throw new IllegalArgumentException(channels + " channels of " + resolution + " pixels");
    }
    return cache.load(recognize(path), resolution, channels, progress, cancellation);
  }

  /**
   * The attributes that the images in a folder come with, none for most. Reads no image.
   *
   * @throws CdrlException when the list of attributes is damaged
   */
  public static List<String> attributeNames(Path folder) {
    return CelebaFolder.recognizes(folder)
        ? AttributeList.names(folder.resolve(CelebaFolder.ATTRIBUTES))
        : List.of();
  }

  private static ImageSource recognize(Path path) {
    if (!Files.exists(path)) {
      throw new CdrlException(
          "There is no file or folder '{0}'; check the path to the image data.", path);
    }
    if (!Files.isReadable(path)) {
      throw new CdrlException("'{0}' may not be read; check its permissions.", path);
    }
    return Files.isDirectory(path) ? recognizeFolder(path) : recognizeFile(path);
  }

  private static ImageSource recognizeFile(Path file) {
    if (IdxFile.recognizes(file)) {
      return new IdxFile(file);
    }
    if (IdxFile.holdsLabels(file)) {
      throw new CdrlException(
          "'{0}' holds labels; name the idx file with the images beside it.", file);
    }
    Optional<Cifar.Layout> cifar = Cifar.recognize(file);
    if (cifar.isPresent()) {
      return new Cifar(file, List.of(file), cifar.get());
    }
    if (ImageDecoder.looksLikePicture(PictureFiles.firstBytes(file, 8))) {
      throw new CdrlException(
          "'{0}' is a single picture; name the folder that holds the pictures.", file);
    }
    throw new CdrlException(
        "'{0}' is no image data that can be read; use a folder of pictures, a CelebA folder, a"
            + " CIFAR binary file or an idx file.",
        file);
  }

  private static ImageSource recognizeFolder(Path folder) {
    try {
      if (CelebaFolder.recognizes(folder)) {
        PictureFiles files = PictureFiles.in(folder.resolve(CelebaFolder.IMAGES));
        if (files.entries().isEmpty()) {
          throw new CdrlException(
              "There are no pictures in '{0}'; unpack the CelebA images there.", files.folder());
        }
        return new CelebaFolder(folder, files);
      }
      Optional<Cifar> cifar = Cifar.in(folder);
      if (cifar.isPresent()) {
        return cifar.get();
      }
      PictureFiles files = PictureFiles.in(folder);
      if (!files.entries().isEmpty()) {
        return new ImageFolder(files);
      }
      return idxInside(folder);
    } catch (IOException failure) {
      throw new CdrlException(failure, "Cannot read the folder '{0}'.", folder);
    }
  }

  private static ImageSource idxInside(Path folder) throws IOException {
    try (Stream<Path> listing = Files.list(folder)) {
      List<Path> found =
          listing.filter(Files::isRegularFile).filter(IdxFile::recognizes).sorted().toList();
      if (found.size() == 1) {
        return new IdxFile(found.get(0));
      }
      List<Path> training =
          found.stream()
              .filter(file -> String.valueOf(file.getFileName()).startsWith("train"))
              .toList();
      if (training.size() == 1) {
        return new IdxFile(training.get(0));
      }
      if (!found.isEmpty()) {
        String names =
            found.stream()
                .map(file -> String.valueOf(file.getFileName()))
                .collect(Collectors.joining(", "));
        throw new CdrlException(
            "'{0}' holds several idx files of images; name one of them: {1}.", folder, names);
      }
    }
    throw new CdrlException(
        "There are no pictures in '{0}'; name a folder with JPEG or PNG files, a CelebA folder, a"
            + " CIFAR binary folder or an idx file.",
        folder);
  }
}
