package cdrl.runtime;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.net.httpserver.HttpServer;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CancellationException;
import java.util.stream.Stream;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Downloads from a server on this machine that holds a very small build. */
final class CudaInstallerTest {
  private static final String FOLDER = "cu128/linux-x86_64/native/lib/";
  private static final CudaInstaller.Progress SILENT = (file, files, name, bytes) -> {};

  @TempDir Path cache;

  private final Map<String, byte[]> files = new HashMap<>();
  private HttpServer server;

  @BeforeEach
  void start() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext(
        "/",
        exchange -> {
          byte[] content = files.get(exchange.getRequestURI().getRawPath());
          if (content == null) {
            exchange.sendResponseHeaders(404, -1);
          } else {
            exchange.sendResponseHeaders(200, content.length);
            exchange.getResponseBody().write(content);
          }
          exchange.close();
        });
    server.start();
    serve("files.txt", index("libtorch.so.gz", "libtorch_cuda.so.gz", "libc%2B%2B.so.gz"));
    serve(FOLDER + "libtorch.so.gz", gzip("torch"));
    serve(FOLDER + "libtorch_cuda.so.gz", gzip("cuda"));
    serve(FOLDER + "libc%2B%2B.so.gz", gzip("c++"));
  }

  @AfterEach
  void stop() {
    server.stop(0);
  }

  @Test
  void downloadsAndUnpacksTheWholeBuild() throws IOException {
    long[] bytes = new long[1];
    installer().install((file, files, name, sum) -> bytes[0] = sum, new Cancellation());
    Path folder = cache.resolve("2.7.1-cu128-linux-x86_64");
    assertEquals("torch", Files.readString(folder.resolve("libtorch.so")));
    assertEquals("cuda", Files.readString(folder.resolve("libtorch_cuda.so")));
    assertEquals("c++", Files.readString(folder.resolve("libc++.so")));
    assertEquals("torchcudac++".length(), bytes[0]);
    assertEquals(List.of(folder), content());
  }

  @Test
  void aFileCutShortLeavesNothing() throws IOException {
    byte[] whole = gzip("a longer text that is cut in the middle");
    serve(FOLDER + "libtorch_cuda.so.gz", Arrays.copyOf(whole, whole.length - 12));
    assertFails("cut short");
  }

  @Test
  void aMissingFileLeavesNothing() throws IOException {
    files.remove("/2.7.1/" + FOLDER + "libtorch_cuda.so.gz");
    assertFails("404");
  }

  @Test
  void anIndexWithoutTheBuildIsAnError() throws IOException {
    serve("files.txt", index("libtorch.so.gz"));
    assertFails("does not contain the CUDA build");
  }

  @Test
  void aNameThatLeavesTheFolderIsRefused() throws IOException {
    serve("files.txt", index("libtorch_cuda.so.gz", "..%2F..%2Fevil.so.gz"));
    serve(FOLDER + "..%2F..%2Fevil.so.gz", gzip("evil"));
    assertFails("refused");
  }

  @Test
  void anUnreachableServerEndsInASentence() throws IOException {
    server.stop(0);
    assertFails("PYTORCH_LIBRARY_PATH");
  }

  @Test
  void cancellingLeavesNothing() throws IOException {
    Cancellation cancellation = new Cancellation();
    assertThrows(
        CancellationException.class,
        () ->
            installer().install((file, files, name, bytes) -> cancellation.cancel(), cancellation));
    assertEquals(List.of(), content());
  }

  @Test
  void otherMachinesAreToldThatThereIsNoBuild() {
    CudaInstaller installer =
        new CudaInstaller(address(), new NativeLibrary.Machine("osx-aarch64", cache, null, null));
    CdrlException error =
        assertThrows(CdrlException.class, () -> installer.install(SILENT, new Cancellation()));
    assertTrue(error.getMessage().contains("osx-aarch64"), error.getMessage());
  }

  private void assertFails(String part) throws IOException {
    CdrlException error =
        assertThrows(CdrlException.class, () -> installer().install(SILENT, new Cancellation()));
    assertTrue(error.getMessage().contains(part), error.getMessage());
    assertFalse(error.getMessage().contains("\n"), error.getMessage());
    assertEquals(List.of(), content());
  }

  private CudaInstaller installer() {
    return new CudaInstaller(
        address(), new NativeLibrary.Machine("linux-x86_64", cache, null, "550"));
  }

  private URI address() {
    InetSocketAddress address = server.getAddress();
    return URI.create(
        "http://" + address.getAddress().getHostAddress() + ":" + address.getPort() + "/");
  }

  private List<Path> content() throws IOException {
    try (Stream<Path> paths = Files.list(cache)) {
      return paths.toList();
    }
  }

  private void serve(String path, byte[] content) {
    files.put("/2.7.1/" + path, content);
  }

  private static byte[] index(String... names) {
    StringBuilder text = new StringBuilder("cpu/linux-x86_64/native/lib/libtorch.so.gz\n");
    for (String name : names) {
      text.append(FOLDER).append(name).append('\n');
    }
    return text.toString().getBytes(StandardCharsets.UTF_8);
  }

  private static byte[] gzip(String text) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (GZIPOutputStream stream = new GZIPOutputStream(bytes)) {
      stream.write(text.getBytes(StandardCharsets.UTF_8));
    }
    return bytes.toByteArray();
  }
}
