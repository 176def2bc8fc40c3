package cdrl.runtime;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import ai.djl.ndarray.NDManager;
import java.io.IOException;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletionException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(120)
class TensorRuntimeTest {

  @Test
  void aDemandedGpuThatIsMissingIsOneSentence() {
    assumeTrue(NativeLibrary.nvidiaDriver().isEmpty(), "this machine has a GPU");
    CdrlException failure =
        assertThrows(CdrlException.class, () -> TensorRuntime.open(DeviceChoice.parse("gpu:1"), 1));
    assertEquals(
        "GPU 1 cannot be used because there is no NVIDIA driver; use --device cpu.",
        failure.getMessage());
  }

  @Test
  void theAutomaticChoiceFallsBackAndSaysWhy() {
    assumeTrue(NativeLibrary.nvidiaDriver().isEmpty(), "this machine has a GPU");
    try (TensorRuntime runtime = TensorRuntime.open(DeviceChoice.AUTO, 1)) {
      assertEquals(
          "Using the CPU because there is no NVIDIA driver.", runtime.deviceSentence().toString());
      assertFalse(runtime.device().isGpu());
      float sum =
          runtime.run(
              cancellation -> {
                try (NDManager scope = runtime.manager().newSubManager()) {
                  return scope.create(new float[] {1, 2, 3}).sum().getFloat();
                }
              });
      assertEquals(6, sum);
    }
  }

  @Test
  void failuresAreThrownAsTheyAre() {
    CdrlException known = new CdrlException("A sentence.");
    assertSame(
        known,
        assertThrows(
            CdrlException.class,
            () ->
                TestRuntime.get()
                    .run(
                        cancellation -> {
                          throw known;
                        })));
    IOException checked = new IOException("disk");
    assertSame(
        checked,
        assertThrows(
                CompletionException.class,
                () ->
                    TestRuntime.get()
                        .run(
                            cancellation -> {
                              throw checked;
                            }))
            .getCause());
  }

  @Test
  void cancelledWorkDoesNotBegin() {
    Cancellation cancellation = new Cancellation();
    cancellation.cancel();
    assertThrows(
        CancellationException.class, () -> TestRuntime.get().run(cancellation, ignored -> "ran"));
  }

  /** Work that runs further work must not wait for itself. */
  @Test
  void workMayRunWorkOnTheLane() {
    TensorRuntime runtime = TestRuntime.get();
    boolean onLane = runtime.run(outer -> runtime.run(inner -> runtime.lane().isCurrentThread()));
    assertTrue(onLane);
    IOException checked = new IOException("disk");
    CompletionException thrown =
        assertThrows(
            CompletionException.class,
            () ->
                runtime.run(
                    outer ->
                        runtime.run(
                            inner -> {
                              throw checked;
                            })));
    assertSame(checked, thrown.getCause());
  }

  @Test
  void deviceChoicesAreRead() {
    assertEquals(DeviceChoice.AUTO, DeviceChoice.parse(" Auto "));
    assertEquals(DeviceChoice.CPU, DeviceChoice.parse("cpu"));
    assertEquals(new DeviceChoice(DeviceChoice.Kind.GPU, 0), DeviceChoice.parse("gpu"));
    assertEquals("gpu:12", DeviceChoice.parse("GPU:12").toString());
    assertEquals("cpu", DeviceChoice.CPU.toString());
    for (String wrong : new String[] {"", "gpu:", "gpu:-1", "gpu:1234", "tpu", "gpu:1x"}) {
      CdrlException failure = assertThrows(CdrlException.class, () -> DeviceChoice.parse(wrong));
      assertTrue(failure.getMessage().contains("use auto, cpu, gpu or gpu:N"));
    }
  }

  @Test
  void hostTensorsKeepShapeAndValues() {
    HostTensor tensor = new HostTensor(new long[] {2, 3}, new float[] {1, 2, 3, 4, 5, 6});
    assertEquals(new HostTensor(new long[] {3}, new float[] {4, 5, 6}), tensor.get(1));
    assertEquals(2, tensor.count());
    TestRuntime.onLane(
        runtime -> {
          try (NDManager scope = runtime.manager().newSubManager()) {
            assertEquals(tensor, HostTensor.of(tensor.toArray(scope)));
            HostTensor turned = HostTensor.of(tensor.toArray(scope).transpose());
            assertEquals(new HostTensor(new long[] {3, 2}, new float[] {1, 4, 2, 5, 3, 6}), turned);
          }
        });
    assertThrows(
        IllegalArgumentException.class, () -> new HostTensor(new long[] {2, 2}, new float[3]));
    assertThrows(
        IllegalArgumentException.class, () -> new HostTensor(new long[] {-1, -3}, new float[3]));
  }
}
