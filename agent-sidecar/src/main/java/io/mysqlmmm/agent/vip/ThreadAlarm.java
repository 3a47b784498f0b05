package io.mysqlmmm.agent.vip;

import java.time.Duration;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** {@link Alarm} on one daemon thread. After {@link #close} tasks are forgotten. */
public final class ThreadAlarm implements Alarm, AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(ThreadAlarm.class);

  private final ScheduledThreadPoolExecutor thread;

  public ThreadAlarm(String name) {
    this.thread =
        new ScheduledThreadPoolExecutor(
            1,
            Thread.ofPlatform().name(name).daemon(true).factory(),
            new ThreadPoolExecutor.DiscardPolicy());
  }

  @Override
  @SuppressWarnings("FutureReturnValueIgnored") // nobody waits; failures are logged in the task
  public void after(Duration delay, Runnable task) {
    thread.schedule(() -> guarded(task), delay.toNanos(), TimeUnit.NANOSECONDS);
  }

  @Override
  public void close() {
    thread.shutdownNow();
  }

  private static void guarded(Runnable task) {
    try {
      task.run();
    } catch (RuntimeException bug) {
      log.error("A task on thread {} failed", Thread.currentThread().getName(), bug);
    }
  }
}
