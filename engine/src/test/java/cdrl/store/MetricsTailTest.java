package cdrl.store;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;

import cdrl.runtime.CdrlException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class MetricsTailTest {
  @TempDir private Path folder;

  private Path file() {
    return folder.resolve("metrics.csv");
  }

  private void append(String text) throws IOException {
    Files.writeString(file(), text, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
  }

  @Test
  void nothingIsReadWhereThereIsNoFile() {
    assertEquals(0, new MetricsTail(file()).read().rows());
  }

  @Test
  void readsWhatWasAppendedAndWaitsForTheEndOfALine() throws IOException {
    MetricsTail tail = new MetricsTail(file());
    append("iteration,loss\n1,0.5\n2,");
    MetricsColumns first = tail.read();
    assertEquals(List.of("iteration", "loss"), first.names());
    assertArrayEquals(new double[] {0.5}, first.values("loss"));
    append("0.25\n3,\n");
    MetricsColumns second = tail.read();
    assertArrayEquals(new double[] {0.5, 0.25, Double.NaN}, second.values("loss"));
    assertEquals(0.25, second.last().get("loss"));
    assertEquals(3.0, second.last().get("iteration"));
    assertEquals(1, first.rows(), "what was handed out does not change");
  }

  @Test
  void manyRowsArriveInPieces() throws IOException {
    MetricsTail tail = new MetricsTail(file());
    append("iteration,loss\n");
    int made = 0;
    for (int piece = 0; piece < 5; piece++) {
      StringBuilder text = new StringBuilder();
      for (int i = 0; i < 30_000; i++) {
        made++;
        text.append(made).append(',').append(made * 0.5).append('\n');
      }
      append(text.toString());
      assertEquals(made, tail.read().rows());
    }
    double[] loss = tail.read().values("loss");
    for (int i = 0; i < made; i++) {
      assertEquals((i + 1) * 0.5, loss[i]);
    }
  }

  @Test
  void beginsAnewWhenARunWentBack() throws IOException {
    MetricsTail tail = new MetricsTail(file());
    append("iteration,loss\n1,1\n2,2\n3,3\n");
    assertEquals(3, tail.read().rows());
    // The run went on from its checkpoint at 1, and is longer now than it was.
    Files.writeString(file(), "iteration,loss\n1,1\n2,20\n3,30\n4,40\n");
    assertArrayEquals(new double[] {1, 20, 30, 40}, tail.read().values("loss"));
    Files.writeString(file(), "iteration,loss\n1,1\n");
    assertArrayEquals(new double[] {1}, tail.read().values("loss"));
  }

  @Test
  void theLastRowsOfALongFile() throws IOException {
    StringBuilder text = new StringBuilder("iteration,loss\n");
    for (int i = 1; i <= 10_000; i++) {
      text.append(i).append(',').append(-i).append('\n');
    }
    append(text.toString());
    MetricsColumns last = MetricsTail.lastRows(file(), 1000);
    assertFalse(last.rows() > 200, "only a part is read");
    assertEquals(-10_000.0, last.last().get("loss"));
  }

  @Test
  void columnsHaveNamesOfTheirOwn() throws IOException {
    append("iteration,loss,loss\n1,2,3\n");
    MetricsTail tail = new MetricsTail(file());
    assertThrows(CdrlException.class, tail::read);
  }
}
