package io.mysqlmmm.operator.sim;

import java.util.ArrayDeque;
import java.util.Queue;

/**
 * A process that can be killed, started again and frozen. What it had planned dies with it; what
 * reaches it while it is frozen waits, in order, until it wakes.
 */
class Actor {
  final String name;
  private final Queue<Runnable> waiting = new ArrayDeque<>();
  private boolean up = true;
  private boolean frozen;
  private int life;

  Actor(String name) {
    this.name = name;
  }

  boolean up() {
    return up;
  }

  boolean frozen() {
    return frozen;
  }

  /** Counts starts; what was planned in an earlier life is not carried out. */
  int life() {
    return life;
  }

  void die() {
    up = false;
    frozen = false;
    waiting.clear();
    life++;
  }

  void live() {
    up = true;
    life++;
  }

  void freeze() {
    frozen = up;
  }

  void thaw() {
    frozen = false;
    while (!frozen && !waiting.isEmpty()) {
      waiting.remove().run();
    }
  }

  /** Runs it now, when awake, or never, when dead. */
  void run(Runnable task) {
    if (up && frozen) {
      waiting.add(task);
    } else if (up) {
      task.run();
    }
  }
}
