package io.mysqlmmm.agent.vip;

import io.mysqlmmm.agent.wire.IpAddress;
import io.mysqlmmm.shared.agent.VipLifetime;
import java.time.Duration;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * A {@link VipPort} that answers within a bound, {@code Unknown} if need be: another process may
 * hold the kernel's rtnl lock for any time, and a fence must go on to its next step (safety.md
 * S19).
 *
 * <p>Orders run one after the other on one thread, in the order of the calls. A hold that has not
 * begun when its bound is over never begins; one that has begun is corrected by {@link NetlinkVip}
 * when it was late; the time it waited for its turn is taken off its lifetime. A release, once
 * ordered, is carried out, however late.
 */
public final class BoundedVip implements VipPort, AutoCloseable {
  private final VipPort vip;
  private final Duration bound;
  private final ExecutorService thread =
      Executors.newSingleThreadExecutor(
          Thread.ofPlatform().name("vip-netlink").daemon(true).factory());

  /**
   * @param bound for each call
   */
  public BoundedVip(VipPort vip, Duration bound) {
    this.vip = vip;
    this.bound = bound;
  }

  @Override
  public VipState observe(IpAddress ip) {
    return within(
        () -> vip.observe(ip), true, cause -> new VipState.Unknown(ip, "observe " + ip + cause));
  }

  @Override
  public Survey survey() {
    return within(vip::survey, true, cause -> new Survey.Unknown("survey" + cause));
  }

  @Override
  public VipState hold(IpAddress ip, String interfaceName, Duration lifetime) {
    long called = System.nanoTime();
    return within(
        () -> {
          Duration waited = Duration.ofNanos(System.nanoTime() - called);
          return vip.hold(ip, interfaceName, VipLifetime.carriedOut(lifetime, waited));
        },
        true,
        cause -> new VipState.Unknown(ip, "hold " + ip + cause));
  }

  @Override
  public VipState release(IpAddress ip) {
    return within(
        () -> vip.release(ip), false, cause -> new VipState.Unknown(ip, "release " + ip + cause));
  }

  /** Orders under way are finished, queued ones are carried out; nothing is waited for. */
  @Override
  public void close() {
    thread.shutdown();
  }

  private <T> T within(Supplier<T> order, boolean droppable, Function<String, T> unknown) {
    Future<T> answer = thread.submit(order::get);
    try {
      return answer.get(bound.toNanos(), TimeUnit.NANOSECONDS);
    } catch (TimeoutException late) {
      drop(answer, droppable);
      return unknown.apply(" took the kernel more than " + bound.toMillis() + " ms");
    } catch (InterruptedException stopped) {
      drop(answer, droppable);
      Thread.currentThread().interrupt();
      return unknown.apply(" was interrupted");
    } catch (ExecutionException bug) {
      throw new IllegalStateException("the port must answer, not throw", bug.getCause());
    }
  }

  private static void drop(Future<?> answer, boolean droppable) {
    if (droppable) {
      answer.cancel(false);
    }
  }
}
