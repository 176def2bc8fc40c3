package cdrl.runtime;

import java.io.EOFException;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.HttpURLConnection;
import java.net.URI;
import java.net.URLConnection;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;
import java.util.zip.ZipException;

/**
 * Downloads PyTorch's CUDA build, which is too large to ship, from the server of the Deep Java
 * Library: several gigabytes. It runs only when a person asked for it. What is on the disk is
 * either the whole build or nothing.
 */
public final class CudaInstaller {
  private static final URI SERVER = URI.create("https://publish.djl.ai/pytorch/");
  private static final int TIMEOUT_MILLISECONDS = 30_000;
  private static final Pattern SAFE_NAME = Pattern.compile("[A-Za-z0-9_][A-Za-z0-9._+-]*");

  private final URI server;
  private final NativeLibrary.Machine machine;

  /** An installer for this machine. */
  public CudaInstaller() {
    this(SERVER, NativeLibrary.Machine.current());
  }

  CudaInstaller(URI server, NativeLibrary.Machine machine) {
    this.server = server;
    this.machine = machine;
  }

  /** Hears how the download goes on; called on the downloading thread. */
  @FunctionalInterface
  public interface Progress {
    /**
     * Some more has arrived.
     *
     * @param file the file at hand, from 1
     * @param files the number of files
     * @param name the file's name
     * @param bytes what has been unpacked so far of all files
     */
    void update(int file, int files, String name, long bytes);
  }

  /** Where the download comes from, for asking a person's consent. */
  public URI server() {
    return server;
  }

  /** Where the build goes. */
  public Path folder() {
    return machine.cudaFolder();
  }

  /**
   * Downloads and unpacks the build. Does nothing when it is there already.
   *
   * @param progress hears how far it is
   * @param cancellation stops the download; nothing of it stays
   * @throws CdrlException when there is no build for this machine, the server cannot be reached, or
   *     the disk is full
   * @throws java.util.concurrent.CancellationException when cancelled
   */
  public void install(Progress progress, Cancellation cancellation) {
    Path folder = folder();
    if (!machine.hasCudaBuild()) {
      throw new CdrlException(
          "There is no CUDA build of PyTorch for {0}; GPUs can be used on Linux and Windows with an"
              + " x86-64 processor.",
          machine.classifier());
    }
    if (Files.isRegularFile(folder.resolve(machine.fileName("torch_cuda")))) {
      return;
    }
    Path parts = null;
    try {
      Files.createDirectories(machine.cache());
      URI versionFolder = server.resolve(NativeLibrary.VERSION + "/");
      List<String> files = listFiles(versionFolder);
      parts = Files.createTempDirectory(machine.cache(), "download");
      long bytes = 0;
      for (int i = 0; i < files.size(); i++) {
        String name = fileName(files.get(i));
        int number = i + 1;
        long before = bytes;
        bytes +=
            download(
                versionFolder.resolve(files.get(i)),
                parts.resolve(name),
                cancellation,
                count -> progress.update(number, files.size(), name, before + count));
      }
      removeFolder(folder); // the rest of something unfinished, if anything
      Files.move(parts, folder, StandardCopyOption.ATOMIC_MOVE);
      parts = null;
    } catch (IOException failure) {
      throw failed(failure);
    } finally {
      if (parts != null) {
        removeFolder(parts);
      }
    }
  }

  /** The paths of the build's files below the version's folder on the server. */
  private List<String> listFiles(URI versionFolder) throws IOException {
    String prefix = NativeLibrary.CUDA_FLAVOR + "/" + machine.classifier() + "/";
    List<String> files = new ArrayList<>();
    try (InputStream stream = open(versionFolder.resolve("files.txt"))) {
      String index = new String(stream.readNBytes(1 << 20), StandardCharsets.UTF_8);
      index.lines().map(String::strip).filter(line -> line.startsWith(prefix)).forEach(files::add);
    }
    if (files.stream().noneMatch(f -> fileName(f).equals(machine.fileName("torch_cuda")))) {
      throw new UnusableException("its list of files does not contain the CUDA build");
    }
    return files;
  }

  /** The name under which a compressed file of the server is stored. */
  private static String fileName(String path) {
    String name = path.substring(path.lastIndexOf('/') + 1);
    if (name.endsWith(".gz")) {
      name = name.substring(0, name.length() - 3);
    }
    name = URLDecoder.decode(name, StandardCharsets.UTF_8);
    if (!SAFE_NAME.matcher(name).matches()) {
      throw new CdrlException(
          "The server's list of CUDA libraries names a file '{0}', which is refused.", name);
    }
    return name;
  }

  private interface Count {
    void update(long bytes);
  }

  private static long download(URI from, Path to, Cancellation cancellation, Count count)
      throws IOException {
    long bytes = 0;
    byte[] buffer = new byte[1 << 16];
    try (InputStream raw = open(from);
        InputStream stream = from.getPath().endsWith(".gz") ? new GZIPInputStream(raw) : raw;
        FileOutputStream out = new FileOutputStream(to.toFile())) {
      while (true) {
        cancellation.throwIfCancelled();
        int read = stream.read(buffer);
        if (read < 0) {
          break;
        }
        out.write(buffer, 0, read);
        bytes += read;
        count.update(bytes);
      }
      out.getFD().sync();
    }
    return bytes;
  }

  private static InputStream open(URI address) throws IOException {
    URLConnection connection = address.toURL().openConnection();
    connection.setConnectTimeout(TIMEOUT_MILLISECONDS);
    connection.setReadTimeout(TIMEOUT_MILLISECONDS);
    if (connection instanceof HttpURLConnection http && http.getResponseCode() != 200) {
      throw new UnusableException(
          "the server answered {0} for {1}", http.getResponseCode(), address);
    }
    return connection.getInputStream();
  }

  private CdrlException failed(IOException failure) {
    String message =
        failure.getMessage() == null ? failure.getClass().getSimpleName() : failure.getMessage();
    if (message.toLowerCase(Locale.ROOT).contains("no space left")) {
      return new CdrlException(
          failure,
          "There is no room for PyTorch's CUDA build in '{0}'; free about 6 gigabytes there, or set"
              + " DJL_CACHE_DIR to a folder elsewhere.",
          machine.cache());
    }
    Object reason = failure instanceof Explained ? failure : message;
    if (failure instanceof java.net.UnknownHostException) {
      reason = new Sentence("its address cannot be resolved");
    } else if (failure instanceof EOFException || failure instanceof ZipException) {
      reason = new Sentence("a file arrived damaged or cut short");
    }
    return new CdrlException(
        failure,
        "PyTorch's CUDA build could not be downloaded from {0} ({1}); check the connection and try"
            + " again, or install PyTorch {2} for CUDA 12.8 yourself and set PYTORCH_LIBRARY_PATH"
            + " to its 'lib' folder.",
        server.getHost(),
        reason,
        NativeLibrary.VERSION);
  }

  private static void removeFolder(Path folder) {
    if (!Files.isDirectory(folder)) {
      return;
    }
    try (Stream<Path> content = Files.walk(folder)) {
      for (Path path : content.sorted(Comparator.reverseOrder()).toList()) {
        Files.deleteIfExists(path);
      }
    } catch (IOException left) {
      // Rests do no harm: they are no complete build.
    }
  }
}
