package io.mysqlmmm.operator.sim;

import java.time.Duration;
import java.util.Comparator;
import java.util.HashSet;
import java.util.PriorityQueue;
import java.util.Random;
import java.util.Set;

/** Simulated time in milliseconds, what happens when, and the network between the processes. */
final class Timeline {
  private record Task(long at, long order, Runnable what) {}

  private static final Comparator<Task> ORDER =
      Comparator.comparingLong(Task::at).thenComparingLong(Task::order);

  final Random random;
  private final PriorityQueue<Task> tasks = new PriorityQueue<>(ORDER);
  private final Set<String> cuts = new HashSet<>();
  private long count;
  private long now;

  /** How messages fare. */
  enum Network {
    /** 1 to 5 ms each. */
    CALM(0, 0, 0),
    /** Some are lost, doubled, or late by seconds. */
    ROUGH(2, 2, 1),
    /** Many are. */
    WILD(8, 25, 10);

    private final int lostPercent;
    private final int doubledPercent;
    private final int latePercent;

    Network(int lostPercent, int doubledPercent, int latePercent) {
      this.lostPercent = lostPercent;
      this.doubledPercent = doubledPercent;
      this.latePercent = latePercent;
    }
  }

  Network network = Network.CALM;

  Timeline(Random random) {
    this.random = random;
  }

  long now() {
    return now;
  }

  /** A process' own clock: it drifts, and starts anywhere. */
  static Duration clock(long trueTime, double drift, long origin) {
    return Duration.ofNanos((long) ((trueTime * (1 + drift) + origin) * 1_000_000));
  }

  void in(long millis, Actor owner, Runnable what) {
    int life = owner.life();
    in(
        millis,
        () -> {
          if (owner.life() == life) {
            owner.run(what);
          }
        });
  }

  void in(long millis, Runnable what) {
    tasks.add(new Task(now + millis, count++, what));
  }

  /** Runs what is due until {@code end}. */
  void runUntil(long end) {
    while (!tasks.isEmpty() && tasks.peek().at() <= end) {
      Task next = tasks.remove();
      now = next.at();
      next.what().run();
    }
    now = end;
  }

  void cut(String from, String to) {
    cuts.add(from + ">" + to);
  }

  void cutBoth(String one, String two) {
    cut(one, two);
    cut(two, one);
  }

  void healAll() {
    cuts.clear();
  }

  boolean reaches(String from, String to) {
    return !cuts.contains(from + ">" + to);
  }

  /** A message: lost, late, or twice, perhaps; whoever lives at the other end then gets it. */
  void send(String from, Actor to, Runnable received) {
    int fate = random.nextInt(100);
    int copies = fate < network.lostPercent ? 0 : 1;
    if (fate >= 100 - network.doubledPercent) {
      copies = 2;
    }
    for (int i = 0; i < copies; i++) {
      in(
          delay(),
          () -> {
            if (reaches(from, to.name)) {
              to.run(received);
            }
          });
    }
  }

  private long delay() {
    if (random.nextInt(100) < network.latePercent) {
      return random.nextInt(6000);
    }
    boolean slow = network != Network.CALM && random.nextInt(10) == 0;
    return 1L + random.nextInt(slow ? 100 : 5);
  }
}
