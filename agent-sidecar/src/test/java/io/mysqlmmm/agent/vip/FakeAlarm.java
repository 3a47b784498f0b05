package io.mysqlmmm.agent.vip;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** An {@link Alarm} whose time passes when the test says so. */
public final class FakeAlarm implements Alarm {
  private record Task(Duration due, Runnable work) {}

  private final List<Task> tasks = new ArrayList<>();
  private Duration now = Duration.ZERO;

  @Override
  public void after(Duration delay, Runnable task) {
    tasks.add(new Task(now.plus(delay), task));
  }

  /** Runs everything due within {@code time} from now, in order, each at its time. */
  public void pass(Duration time) {
    Duration end = now.plus(time);
    while (true) {
      Task next =
          tasks.stream()
              .min(Comparator.comparing(Task::due))
              .filter(t -> isDue(t, end))
              .orElse(null);
      if (next == null) {
        now = end;
        return;
      }
      tasks.remove(next);
      now = next.due();
      next.work().run();
    }
  }

  /** What has passed since the start. */
  public Duration now() {
    return now;
  }

  private static boolean isDue(Task task, Duration end) {
    return task.due().compareTo(end) <= 0;
  }
}
