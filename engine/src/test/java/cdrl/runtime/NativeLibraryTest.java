package cdrl.runtime;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class NativeLibraryTest {
  private static final DeviceChoice GPU = DeviceChoice.parse("gpu");
  private static final NativeLibrary.CudaCheck PASSES = (folder, driver) -> null;

  @TempDir Path cache;

  @Test
  void withoutDriverTheBundledBuildIsUsed() throws IOException {
    installCuda();
    NativeLibrary.Build build = NativeLibrary.choose(machine(null, null), GPU, PASSES);
    assertEquals(NativeLibrary.Origin.BUNDLED, build.origin());
    assertEquals("there is no NVIDIA driver", obstacle(build));
  }

  @Test
  void withoutTheCudaBuildTheSentenceSaysHowToGetIt() {
    NativeLibrary.Build build = NativeLibrary.choose(machine(null, "550"), GPU, PASSES);
    assertEquals(NativeLibrary.Origin.BUNDLED, build.origin());
    assertTrue(obstacle(build).contains("cdrl doctor --install-gpu"), obstacle(build));
  }

  @Test
  void anInstalledBuildThatWorksIsUsed() throws IOException {
    Path folder = installCuda();
    NativeLibrary.Build build =
        NativeLibrary.choose(machine(null, "550"), DeviceChoice.AUTO, PASSES);
    assertEquals(new NativeLibrary.Build(NativeLibrary.Origin.INSTALLED, folder, null), build);
  }

  @Test
  void anInstalledBuildThatFailsItsTrialIsNotUsed() throws IOException {
    installCuda();
    NativeLibrary.Build build =
        NativeLibrary.choose(
            machine(null, "550"),
            DeviceChoice.AUTO,
            (folder, driver) -> new Sentence("it went up in smoke"));
    assertEquals(
        new NativeLibrary.Build(
            NativeLibrary.Origin.BUNDLED, null, new Sentence("it went up in smoke")),
        build);
  }

  @Test
  void theCpuNeedsNoTrial() throws IOException {
    installCuda();
    NativeLibrary.Build build =
        NativeLibrary.choose(
            machine(null, "550"),
            DeviceChoice.CPU,
            (folder, driver) -> {
              throw new AssertionError("no trial was asked for");
            });
    assertEquals(NativeLibrary.Origin.BUNDLED, build.origin());
  }

  @Test
  void theUsersOwnPyTorchGoesFirst() throws IOException {
    installCuda();
    Path own = Files.createDirectories(cache.resolve("own/lib"));
    Files.createFile(own.resolve("libtorch.so"));
    NativeLibrary.Build plain = NativeLibrary.choose(machine(own, "550"), GPU, PASSES);
    assertEquals(NativeLibrary.Origin.LIBRARY_PATH, plain.origin());
    assertNotNull(plain.gpuObstacle());

    Files.createFile(own.resolve("libtorch_cuda.so"));
    Files.writeString(cache.resolve("own/version.py"), "__version__ = '2.7.1+cu128'\n");
    NativeLibrary.Build cuda = NativeLibrary.choose(machine(own, "550"), GPU, PASSES);
    assertEquals(own, cuda.folder());
    assertNull(cuda.gpuObstacle());
  }

  @Test
  void aPathWithoutPyTorchIsAnError() {
    CdrlException error =
        assertThrows(
            CdrlException.class,
            () -> NativeLibrary.choose(machine(cache, null), DeviceChoice.CPU, PASSES));
    assertTrue(error.getMessage().contains("libtorch.so"), error.getMessage());
  }

  @Test
  void anotherVersionOfPyTorchIsAnError() throws IOException {
    Path own = Files.createDirectories(cache.resolve("libtorch/lib"));
    Files.createFile(own.resolve("libtorch.so"));
    Files.writeString(cache.resolve("libtorch/build-version"), "2.5.0+cpu\n");
    CdrlException error =
        assertThrows(
            CdrlException.class,
            () -> NativeLibrary.choose(machine(own, null), DeviceChoice.CPU, PASSES));
    assertTrue(error.getMessage().contains("2.5.0"), error.getMessage());
    assertTrue(error.getMessage().contains("2.7.1"), error.getMessage());
  }

  @Test
  void machinesWithoutACudaBuildAreToldSo() {
    NativeLibrary.Machine mac = new NativeLibrary.Machine("osx-aarch64", cache, null, null);
    assertTrue(
        obstacle(NativeLibrary.choose(mac, GPU, PASSES)).contains("no CUDA build of PyTorch"));
  }

  /** Loads what cannot be loaded, in a process of its own, and survives it. */
  @Test
  void aBrokenCudaBuildEndsInASentence() throws IOException {
    Path folder = installCuda();
    Files.writeString(folder.resolve("libtorch.so"), "not a library");
    String obstacle = String.valueOf(new CudaTrial().obstacle(folder, "550"));
    assertTrue(obstacle.startsWith("a trial on the GPU failed ("), obstacle);
    assertTrue(Files.notExists(folder.resolve("cdrl-passed.txt")));
  }

  private Path installCuda() throws IOException {
    Path folder = Files.createDirectories(cache.resolve("2.7.1-cu128-linux-x86_64"));
    Files.createFile(folder.resolve("libtorch_cuda.so"));
    return folder;
  }

  private NativeLibrary.Machine machine(Path libraryPath, String driver) {
    return new NativeLibrary.Machine(
        "linux-x86_64", cache, libraryPath == null ? null : libraryPath.toString(), driver);
  }

  private static String obstacle(NativeLibrary.Build build) {
    return String.valueOf(build.gpuObstacle());
  }
}
