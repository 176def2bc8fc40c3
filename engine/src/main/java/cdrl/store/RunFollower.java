package cdrl.store;

import cdrl.runtime.CdrlException;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/**
 * Looks at a run again and again from outside, reading only what is new. Not to be used by two
 * threads at a time.
 */
public final class RunFollower {
  private static final int LOG_BYTES = 1 << 16;
  private static final int LAST_BYTES = 1 << 17;

  private final Path folder;
  private final MetricsTail metrics;
  private boolean read;
  private long lastSize = -1;
  private MetricsColumns last = MetricsColumns.EMPTY;
  private long logSize = -1;
  private List<String> log = List.of();

  /**
   * @param folder the folder of a run
   */
  public RunFollower(Path folder) {
    this.folder = folder;
    this.metrics = new MetricsTail(folder.resolve(RunFolder.METRICS));
  }

  /** All folders of runs in a folder, by name; none where there is no such folder. */
  public static List<Path> runs(Path folder) {
    if (!Files.isDirectory(folder)) {
      return List.of();
    }
    try (Stream<Path> children = Files.list(folder)) {
      return children.filter(RunFolder::isRun).sorted().toList();
    } catch (IOException e) {
      throw Sentences.reading(folder, e);
    }
  }

  /**
   * Looks at the run.
   *
   * @param everything whether all metrics are wanted; else only the last rows are read, unless all
   *     have been read before
   * @throws CdrlException when a file cannot be read
   */
  public RunSnapshot look(boolean everything) {
    read = read || everything;
    RunStateFile file = RunStateFile.read(folder);
    boolean alive =
        file.state() == RunState.RUNNING
            && (RunStateFile.isHeldByThisProcess(folder) || RunLock.isTaken(folder));
    return new RunSnapshot(
        folder,
        alive ? RunState.RUNNING : file.ended().state(),
        alive ? RunStateFile.process(folder).map(ProcessHandle::pid).orElse(0L) : 0,
        file.goal(),
        read ? metrics.read() : lastRows(),
        pictures(".png"),
        pictures(RunFolder.LEVELS),
        log(),
        Files.exists(folder.resolve(RunFolder.MODEL)),
        Files.exists(folder.resolve(RunFolder.BEST)));
  }

  private MetricsColumns lastRows() {
    Path file = folder.resolve(RunFolder.METRICS);
    long size = file.toFile().length();
    if (size != lastSize) {
      last = MetricsTail.lastRows(file, LAST_BYTES);
      lastSize = size;
    }
    return last;
  }

  /** The iterations that there are pictures of whose names end so. */
  private List<Long> pictures(String ending) {
    Path samples = folder.resolve(RunFolder.SAMPLES);
    if (!Files.isDirectory(samples)) {
      return List.of();
    }
    try (Stream<Path> files = Files.list(samples)) {
      return files
          .map(file -> String.valueOf(file.getFileName()))
          .filter(name -> name.endsWith(ending))
          .map(name -> name.substring(0, name.length() - ending.length()))
          .filter(name -> name.matches("\\d{1,18}"))
          .map(Long::parseLong)
          .sorted()
          .toList();
    } catch (IOException e) {
      throw Sentences.reading(samples, e);
    }
  }

  private List<String> log() {
    Path path = folder.resolve(RunFolder.LOG);
    if (!Files.exists(path)) {
      return List.of();
    }
    try (RandomAccessFile file = new RandomAccessFile(path.toFile(), "r")) {
      long size = file.length();
      if (size != logSize) {
        long start = Math.max(0, size - LOG_BYTES);
        byte[] bytes = new byte[(int) (size - start)];
        file.seek(start);
        file.readFully(bytes);
        List<String> lines = new String(bytes, StandardCharsets.UTF_8).lines().toList();
        log = start == 0 ? lines : lines.subList(1, lines.size());
        logSize = size;
      }
      return log;
    } catch (IOException e) {
      throw Sentences.reading(path, e);
    }
  }
}
