package io.mysqlmmm.agent.vip;

import static org.assertj.core.api.Assertions.assertThat;

import io.mysqlmmm.agent.wire.IpAddress;
import io.mysqlmmm.shared.agent.VipLifetime;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class BoundedVipTest implements VipPortContract {
  private static final IpAddress VIP = IpAddress.of(VIP4);
  private static final IpAddress STUCK = IpAddress.of("10.77.0.101");
  private static final Duration TEN = Duration.ofSeconds(10);

  private final FakeVip fake = new FakeVip(() -> Duration.ZERO, ETH0, NODE);
  private final CountDownLatch stuck = new CountDownLatch(1);
  private final CountDownLatch unstuck = new CountDownLatch(1);

  /** Observing {@link #STUCK} takes until the latch opens. */
  private final VipPort slow =
      new VipPort() {
        @Override
        public VipState observe(IpAddress ip) {
          if (ip.equals(STUCK)) {
            stuck.countDown();
            await(unstuck);
          }
          return fake.observe(ip);
        }

        @Override
        public Survey survey() {
          return fake.survey();
        }

        @Override
        public VipState hold(IpAddress ip, String interfaceName, Duration lifetime) {
          return fake.hold(ip, interfaceName, lifetime);
        }

        @Override
        public VipState release(IpAddress ip) {
          return fake.release(ip);
        }
      };

  private final BoundedVip patient = new BoundedVip(slow, Duration.ofSeconds(60));
  private final BoundedVip hasty = new BoundedVip(slow, Duration.ofMillis(20));

  @Override
  public VipPort port() {
    return patient;
  }

  @AfterEach
  void close() {
    unstuck.countDown();
    patient.close();
    hasty.close();
  }

  @Test
  void isUnknownWhenTheKernelIsStuck() {
    assertThat(hasty.observe(STUCK))
        .isEqualTo(
            new VipState.Unknown(STUCK, "observe 10.77.0.101 took the kernel more than 20 ms"));
  }

  @Test
  void aHoldThatWasGivenUpNeverBeginsButAReleaseDoes() {
    while (stuck.getCount() > 0) {
      assertThat(hasty.observe(STUCK)).isInstanceOf(VipState.Unknown.class);
    }
    VipState hold = hasty.hold(VIP, ETH0, TEN);
    VipState release = hasty.release(VIP);
    assertThat(List.of(hold, release)).allMatch(VipState.Unknown.class::isInstance);

    unstuck.countDown();
    assertThat(drained(hasty)).isTrue();

    assertThat(fake.orders()).containsExactly("release 10.77.0.100");
  }

  @Test
  void theTimeInTheQueueIsTakenOffTheLifetime() throws InterruptedException {
    Thread first = Thread.ofPlatform().start(() -> patient.observe(STUCK));
    await(stuck);
    Thread second = Thread.ofPlatform().start(() -> patient.hold(VIP, ETH0, TEN));
    Eventually.eventually(
        () -> assertThat(second.getState()).isEqualTo(Thread.State.TIMED_WAITING));
    long start = System.nanoTime();
    while (System.nanoTime() - start < VipLifetime.CALL_SLACK.multipliedBy(3).toNanos()) {
      Thread.onSpinWait();
    }

    unstuck.countDown();
    first.join();
    second.join();

    assertThat(fake.orders()).hasSize(1).noneMatch(order -> order.endsWith("PT10S"));
  }

  /** Whether everything queued before has been done. */
  private static boolean drained(BoundedVip vip) {
    for (int i = 0; i < 1000; i++) {
      if (!(vip.observe(NODE) instanceof VipState.Unknown)) {
        return true;
      }
    }
    return false;
  }

  private static void await(CountDownLatch latch) {
    try {
      assertThat(latch.await(60, TimeUnit.SECONDS)).isTrue();
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
    }
  }
}
