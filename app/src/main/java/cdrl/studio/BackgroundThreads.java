package cdrl.studio;

import java.util.concurrent.ExecutorService;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/** The threads for what takes a while and needs no tensors. */
final class BackgroundThreads {
  private static final int COUNT = 3;

  private BackgroundThreads() {}

  /**
   * Threads that do not keep the program alive. What is asked of them after their shutdown is not
   * done, and nobody hears of it: the window is closed then, but some of its events may still be on
   * their way.
   */
  static ExecutorService start() {
    return new ThreadPoolExecutor(
        COUNT,
        COUNT,
        0,
        TimeUnit.SECONDS,
        new LinkedBlockingQueue<>(),
        BackgroundThreads::daemon,
        new ThreadPoolExecutor.DiscardPolicy());
  }

  private static Thread daemon(Runnable work) {
    Thread thread = new Thread(work, "background");
    thread.setDaemon(true);
    return thread;
  }
}
