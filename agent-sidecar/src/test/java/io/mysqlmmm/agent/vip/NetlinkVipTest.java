package io.mysqlmmm.agent.vip;

import static org.assertj.core.api.Assertions.assertThat;

import io.mysqlmmm.agent.posix.Errno;
import io.mysqlmmm.agent.wire.IpAddress;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

class NetlinkVipTest implements VipPortContract {
  private static final IpAddress VIP = IpAddress.of(VIP4);
  private static final Duration TEN = Duration.ofSeconds(10);

  private final FakeKernel kernel = new FakeKernel();
  private final NetlinkVip vip = new NetlinkVip(kernel, Set.of());

  @Override
  public VipPort port() {
    return vip;
  }

  @Test
  void keepsOneSocketOpen() {
    for (int i = 0; i < 10; i++) {
      vip.hold(VIP, ETH0, TEN);
    }
    assertThat(kernel.openSockets()).isEqualTo(1);

    vip.close();

    assertThat(kernel.openSockets()).isZero();
  }

  @Test
  void anAddressEndsByItself() {
    vip.hold(VIP, ETH0, Duration.ofSeconds(2));

    kernel.advance(Duration.ofMillis(1500));
    assertThat(vip.observe(VIP))
        .isEqualTo(new VipState.Held(VIP, ETH0, Optional.of(Duration.ofSeconds(1)), ""));
    kernel.advance(Duration.ofMillis(500));

    assertThat(vip.observe(VIP)).isEqualTo(new VipState.Absent(VIP, ""));
  }

  @Test
  void takesOverALeftoverWithoutEndAndGivesItOne() {
    kernel.rtnetlink.add(VIP, 32, FakeKernel.ETH0_INDEX);

    assertThat(vip.observe(VIP)).isEqualTo(new VipState.Held(VIP, ETH0, Optional.empty(), ""));
    assertThat(vip.hold(VIP, ETH0, TEN))
        .isEqualTo(new VipState.Held(VIP, ETH0, Optional.of(TEN), ""));
  }

  @Test
  void releasesLeftoversOnEveryInterface() {
    kernel.rtnetlink.link(3, "eth1", Optional.of(FakeKernel.ETH0_MAC), 0x1_1043);
    kernel.rtnetlink.add(VIP, 32, 3);
    kernel.rtnetlink.add(VIP, 32, FakeKernel.ETH0_INDEX);
    kernel.rtnetlink.add(VIP, 32, 1);

    assertThat(vip.release(VIP)).isEqualTo(new VipState.Absent(VIP, ""));
    assertThat(kernel.rtnetlink.addresses)
        .extracting(FakeRtnetlink.Entry::ip)
        .containsExactly(NODE);
  }

  @Test
  void holdsOnOneInterfaceOnly() {
    kernel.rtnetlink.link(3, "eth1", Optional.of(FakeKernel.ETH0_MAC), 0x1_1043);
    kernel.rtnetlink.add(VIP, 32, 3);

    assertThat(vip.hold(VIP, ETH0, TEN))
        .isEqualTo(new VipState.Held(VIP, ETH0, Optional.of(TEN), ""));
    assertThat(kernel.rtnetlink.addresses).hasSize(2);
  }

  @Test
  void touchesNoCopyWithASubnet() {
    kernel.rtnetlink.add(VIP, 24, FakeKernel.ETH0_INDEX);

    assertThat(vip.hold(VIP, ETH0, TEN)).isEqualTo(new VipState.Foreign(VIP, ETH0, 24));
    assertThat(vip.release(VIP)).isEqualTo(new VipState.Foreign(VIP, ETH0, 24));
    assertThat(kernel.rtnetlink.addresses).hasSize(2);
  }

  @Test
  void touchesNoNodeAddressThatLooksLikeAVip() {
    kernel.rtnetlink.add(VIP, 32, FakeKernel.ETH0_INDEX);
    NetlinkVip careful = new NetlinkVip(kernel, Set.of(VIP));

    assertThat(careful.release(VIP)).isEqualTo(new VipState.Foreign(VIP, ETH0, 32));
    assertThat(careful.hold(VIP, ETH0, TEN)).isEqualTo(new VipState.Foreign(VIP, ETH0, 32));
    assertThat(kernel.rtnetlink.addresses).hasSize(2);
  }

  @Test
  void touchesNothingOnAnInterfaceWithoutArp() {
    kernel.rtnetlink.link(5, "kube-ipvs0", Optional.of(FakeKernel.ETH0_MAC), 0x82);
    kernel.rtnetlink.add(VIP, 32, 5);

    assertThat(vip.release(VIP)).isEqualTo(new VipState.Foreign(VIP, "kube-ipvs0", 32));
    assertThat(kernel.rtnetlink.addresses).hasSize(2);
  }

  @Test
  void touchesNoLoopbackAddress() {
    IpAddress loopback = IpAddress.of("::1");
    kernel.rtnetlink.add(loopback, 128, 1);

    assertThat(vip.release(loopback)).isEqualTo(new VipState.Foreign(loopback, "lo", 128));
    assertThat(kernel.rtnetlink.addresses).hasSize(2);
  }

  @Test
  void neverStaysBeforeTheNodesAddress() {
    IpAddress other = IpAddress.of("10.77.0.101");
    vip.hold(VIP, ETH0, TEN);
    vip.hold(other, ETH0, TEN);
    kernel.rtnetlink.remove(NODE);
    kernel.rtnetlink.add(NODE, 24, FakeKernel.ETH0_INDEX);

    VipState held = vip.hold(VIP, ETH0, TEN);
    vip.hold(other, ETH0, TEN);

    assertThat(held).isEqualTo(new VipState.Held(VIP, ETH0, Optional.of(TEN), ""));
    assertThat(kernel.rtnetlink.addresses)
        .extracting(FakeRtnetlink.Entry::ip)
        .containsExactly(NODE, VIP, other);
  }

  @Test
  void givesAWholeLifetimeFromTheCallOnEvenWhenTheKernelIsLate() {
    // look, interface, then the change itself takes 1.5 s
    kernel.stall(Duration.ZERO, Duration.ZERO, Duration.ofMillis(1500));
    Duration called = kernel.bootTime();

    VipState state = vip.hold(VIP, ETH0, Duration.ofSeconds(4));

    assertThat(state)
        .isEqualTo(new VipState.Held(VIP, ETH0, Optional.of(Duration.ofSeconds(2)), ""));
    assertThat(kernel.rtnetlink.addresses.getLast().ends().orElseThrow())
        .isLessThanOrEqualTo(called.plusSeconds(4));
  }

  @Test
  void holdsNothingWhenTheKernelTookTheWholeLifetime() {
    kernel.stall(Duration.ZERO, Duration.ZERO, Duration.ofMillis(2500));

    assertThat(vip.hold(VIP, ETH0, Duration.ofSeconds(3)))
        .isEqualTo(new VipState.Absent(VIP, TOO_SHORT));
  }

  @Test
  void holdsNothingWhenTheKernelIsAlwaysLate() {
    Duration late = Duration.ofSeconds(3);
    kernel.stall(Duration.ZERO, Duration.ZERO, late, late, late);

    assertThat(vip.hold(VIP, ETH0, Duration.ofSeconds(30)))
        .isEqualTo(
            new VipState.Absent(
                VIP, "the kernel was too slow 3 times to be given a safe lifetime"));
  }

  /** Look and interface are answered, then the acknowledgement is lost for half a second. */
  @Test
  void setsWhatIsLeftWhenAnAcknowledgementIsLost() {
    kernel.loseAnswers(2, 1);
    Duration called = kernel.bootTime();

    VipState state = vip.hold(VIP, ETH0, Duration.ofSeconds(4));

    assertThat(state)
        .isEqualTo(new VipState.Held(VIP, ETH0, Optional.of(Duration.ofSeconds(3)), ""));
    assertThat(kernel.rtnetlink.addresses.getLast().ends().orElseThrow())
        .isLessThanOrEqualTo(called.plusSeconds(4));
  }

  @Test
  void holdsNothingWhenNoAcknowledgementArrives() {
    kernel.loseAnswers(2, 3);

    assertThat(vip.hold(VIP, ETH0, TEN))
        .isInstanceOfSatisfying(
            VipState.Absent.class, absent -> assertThat(absent.problem()).endsWith("ETIMEDOUT"));
  }

  @Test
  void saysWhyTheKernelRefused() {
    kernel.rtnetlink.refuseChanges(Errno.EPERM);

    assertThat(vip.hold(VIP, ETH0, TEN))
        .isEqualTo(
            new VipState.Absent(
                VIP, "HoldAddress[ip=10.77.0.100, interfaceIndex=2, validSeconds=10]: EPERM"));
  }

  @Test
  void reportsWhatIsThereWhenAReleaseWasRefused() {
    vip.hold(VIP, ETH0, TEN);
    kernel.rtnetlink.refuseChanges(Errno.EPERM);

    assertThat(vip.release(VIP))
        .isEqualTo(
            new VipState.Held(
                VIP,
                ETH0,
                Optional.of(TEN),
                "DeleteAddress[ip=10.77.0.100, prefixLength=32, interfaceIndex=2]: EPERM"));
  }

  @Test
  void isUnknownWhenTheKernelCannotBeAsked() {
    kernel.failReceives(Errno.ENOBUFS, Errno.ENOBUFS);

    assertThat(vip.observe(VIP)).isEqualTo(new VipState.Unknown(VIP, "recv: ENOBUFS"));
    assertThat(vip.observe(VIP)).isEqualTo(new VipState.Absent(VIP, ""));
  }
}
