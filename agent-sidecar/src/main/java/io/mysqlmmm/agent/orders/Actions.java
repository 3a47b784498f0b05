package io.mysqlmmm.agent.orders;

import java.util.concurrent.locks.ReentrantLock;

/**
 * The right to change the server: held by one order, by the guard, or by the fence at a time. What
 * was decided under it is true until it is given back.
 *
 * @param lock fair, so that nobody starves
 */
public record Actions(ReentrantLock lock) {
  public Actions() {
    this(new ReentrantLock(true));
  }
}
