package cdrl.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import cdrl.data.Pictures;
import cdrl.runtime.HostTensor;
import cdrl.runtime.RandomNumbers;
import cdrl.store.Checkpoint;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A run that is killed again and again must end with the very weights of one that was not. {@code
 * -Dcdrl.kills=20} kills more often, {@code -Dcdrl.killSeed} at other moments.
 */
class KilledRunTest {
  private static final int KILLS = Integer.getInteger("cdrl.kills", 3);
  private static final int BETWEEN_KILLS = 24;
  private static final int ITERATIONS = BETWEEN_KILLS * KILLS;

  /** The longest wait for a kill on a machine that has little else to do. */
  private static final int USUAL_WAIT = 1500;

  private static final String CONFIG =
      """
      name: killed
      data: {kind: images, path: PATH, resolution: 8, channels: 3, flip: true}
      model:
        energy: {channels: 8, multipliers: [1, 2], blocks: 1}
        initializer:
          {channels: 32, multipliers: [1, 1], blocks: 1, attention: [4], dropout: 0.2}
      schedule: {levels: 3}
      langevin: {steps: 4}
      training:
        {iterations: ITERATIONS, batch: 8, energyRate: 0.001, energyWarmup: 5,
        initializerRate: 0.001, initializerWarmup: 5}
      output: {logEvery: 3, sampleEvery: 7, sampleCount: 4, checkpointEvery: 7}
      """;

  @TempDir private Path folder;

  private String config() throws IOException {
    Path pictures = Files.createDirectory(folder.resolve("pictures"));
    RandomNumbers numbers = new RandomNumbers(3);
    for (int i = 0; i < 30; i++) {
      float[] values = new float[3 * 64];
      numbers.normal(RandomNumbers.Purpose.DATA, i, 0, values);
      Pictures.write(
          pictures.resolve(i + ".png"), new HostTensor(new long[] {3, 8, 8}, values), Map.of());
    }
    String text =
        CONFIG
            .replace("PATH", "'" + pictures + "'")
            .replace("ITERATIONS", Integer.toString(ITERATIONS));
    return Files.writeString(folder.resolve("c.yaml"), text).toString();
  }

  @Test
  void aKilledRunEndsWithTheSameWeights() throws IOException, InterruptedException {
    String config = config();
    Path whole = folder.resolve("whole");
    Path killed = folder.resolve("killed");
    long begin = System.nanoTime();
    Program.run("train", config, "--run", whole.toString()).success();
    long iteration = TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - begin) / ITERATIONS;
    // On a busy machine a short wait would always end before the first checkpoint.
    int longest = (int) Math.max(USUAL_WAIT, 2 * BETWEEN_KILLS * iteration);
    Random random = new Random(Long.getLong("cdrl.killSeed", System.nanoTime()));
    int kills = 0;
    int starts = 0;
    List<String> places = new ArrayList<>();
    for (boolean finished = false; !finished; starts++) {
      assertTrue(starts < 10 * KILLS, "the run never ends");
      Process process =
          Files.exists(killed.resolve("config.yaml"))
              ? Program.start("train", "--resume", killed.toString())
              : Program.start("train", config, "--run", killed.toString());
      try (BufferedReader output = process.inputReader()) {
        StringBuilder seen = new StringBuilder();
        String line = output.readLine();
        while (line != null && !line.startsWith("Going on") && !line.startsWith("Starting")) {
          seen.append(line).append('\n');
          line = output.readLine();
        }
        if (line != null && line.startsWith("Going on")) {
          places.add(line.replaceAll("\\D", ""));
        }
        if (kills < KILLS) {
          if (!process.waitFor(random.nextInt(longest), TimeUnit.MILLISECONDS)) {
            process.destroyForcibly().waitFor(); // SIGKILL
            kills++;
            continue;
          }
        }
        output.lines().forEach(rest -> seen.append(rest).append('\n'));
        assertEquals(0, process.waitFor(), seen.toString());
        finished = true;
      }
    }
    assertTrue(kills > 0, "it was too fast to be killed");
    Checkpoint expected = last(whole);
    Checkpoint actual = last(killed);
    assertEquals(expected.counters(), actual.counters());
    assertEquals(expected.tensors().keySet(), actual.tensors().keySet());
    expected
        .tensors()
        .forEach((name, tensor) -> assertEquals(tensor, actual.tensors().get(name), name));
    assertEquals(
        Files.readAllLines(whole.resolve("metrics.csv")).size(),
        Files.readAllLines(killed.resolve("metrics.csv")).size());
    System.out.println(
        "Killed "
            + kills
            + " times in "
            + starts
            + " starts, which went on from the iterations "
            + String.join(", ", places)
            + "; the weights are the same.");
  }

  private static Checkpoint last(Path run) {
    return Checkpoint.read(run.resolve("checkpoints/" + ITERATIONS + ".safetensors"));
  }
}
