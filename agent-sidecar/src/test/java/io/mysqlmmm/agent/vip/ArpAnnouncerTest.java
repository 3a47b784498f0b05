package io.mysqlmmm.agent.vip;

import static org.assertj.core.api.Assertions.assertThat;

import io.mysqlmmm.agent.posix.Errno;
import io.mysqlmmm.agent.posix.PosixException;
import io.mysqlmmm.agent.wire.ArpPacket;
import io.mysqlmmm.agent.wire.EthernetFrame;
import io.mysqlmmm.agent.wire.IpAddress;
import io.mysqlmmm.agent.wire.Ipv4Address;
import io.mysqlmmm.agent.wire.Ipv6Address;
import io.mysqlmmm.agent.wire.NdpAdvertisement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class ArpAnnouncerTest {
  private static final Ipv4Address VIP = Ipv4Address.parse("10.77.0.100").orElseThrow();
  private static final Ipv6Address VIP6 = Ipv6Address.parse("2001:db8::100").orElseThrow();
  private static final Duration LONG = Duration.ofHours(1);

  private record Sent(long millis, int interfaceIndex, EthernetFrame frame) {}

  private final FakeAlarm alarm = new FakeAlarm();
  private final List<Sent> sent = new ArrayList<>();
  private final FakeVip vip = new FakeVip(alarm::now, FakeKernel.ETH0, IpAddress.of("10.77.0.11"));
  private final ArpAnnouncer announcer =
      new ArpAnnouncer(vip, new NetlinkLinks(new FakeKernel()), this::record, alarm);

  private void record(LinkLookup.Found link, EthernetFrame frame) {
    sent.add(new Sent(alarm.now().toMillis(), link.index(), frame));
  }

  @Test
  void sendsRequestAndReplyAtOnceAndAgainAndThenForEver() {
    vip.hold(VIP, FakeKernel.ETH0, LONG);

    announcer.announce(VIP);
    assertThat(sent).isEmpty();
    alarm.pass(Duration.ofSeconds(70));

    assertThat(sent)
        .extracting(Sent::millis)
        .containsExactly(
            0L, 0L, 200L, 200L, 1100L, 1100L, 2200L, 2200L, 3300L, 3300L, 5000L, 5000L, 35_000L,
            35_000L, 65_000L, 65_000L);
    assertThat(sent.getFirst())
        .isEqualTo(
            new Sent(0, 2, ArpPacket.announcingRequest(FakeKernel.ETH0_MAC, VIP).broadcast()));
    assertThat(sent.get(1).frame())
        .isEqualTo(ArpPacket.announcingReply(FakeKernel.ETH0_MAC, VIP).broadcast());
  }

  @Test
  void advertisesIpv6ToAllNodes() {
    vip.hold(VIP6, FakeKernel.ETH0, LONG);

    announcer.announce(VIP6);
    alarm.pass(Duration.ofMillis(100));

    assertThat(sent)
        .extracting(Sent::frame)
        .containsExactly(new NdpAdvertisement(VIP6, FakeKernel.ETH0_MAC).multicast());
  }

  @Test
  void startsAgainFromTheBeginning() {
    vip.hold(VIP, FakeKernel.ETH0, LONG);
    announcer.announce(VIP);
    alarm.pass(Duration.ofSeconds(10));
    sent.clear();

    announcer.announce(VIP);
    alarm.pass(Duration.ofMillis(1500));

    assertThat(sent)
        .extracting(Sent::millis)
        .containsExactly(10_000L, 10_000L, 10_200L, 10_200L, 11_100L, 11_100L);
  }

  @Test
  void neverAnnouncesWhatTheKernelNoLongerHolds() {
    vip.hold(VIP, FakeKernel.ETH0, Duration.ofSeconds(2));
    announcer.announce(VIP);

    alarm.pass(Duration.ofMinutes(5));

    assertThat(sent).extracting(Sent::millis).containsExactly(0L, 0L, 200L, 200L, 1100L, 1100L);
  }

  @Test
  void announcesNothingBeforeItIsHeld() {
    announcer.announce(VIP);

    alarm.pass(Duration.ofMinutes(5));

    assertThat(sent).isEmpty();
  }

  @Test
  void isSilentWhileTheKernelCannotBeAsked() {
    vip.hold(VIP, FakeKernel.ETH0, LONG);
    announcer.announce(VIP);
    alarm.pass(Duration.ZERO);
    sent.clear();

    vip.breakDown("no answer");
    alarm.pass(Duration.ofMinutes(5));

    assertThat(sent).isEmpty();
  }

  @Test
  void stopsWhenTold() {
    vip.hold(VIP, FakeKernel.ETH0, LONG);
    announcer.announce(VIP);
    alarm.pass(Duration.ofMillis(100));

    announcer.stop(VIP);
    alarm.pass(Duration.ofMinutes(5));

    assertThat(sent).hasSize(2);
  }

  @Test
  void goesOnAfterAFrameCouldNotBeSent() {
    vip.hold(VIP, FakeKernel.ETH0, LONG);
    List<Duration> tries = new ArrayList<>();
    ArpAnnouncer unlucky =
        new ArpAnnouncer(
            vip,
            new NetlinkLinks(new FakeKernel()),
            (link, frame) -> {
              tries.add(alarm.now());
              throw new PosixException("sendto", Errno.ENOBUFS);
            },
            alarm);

    unlucky.announce(VIP);
    alarm.pass(Duration.ofSeconds(1));

    assertThat(tries).containsExactly(Duration.ZERO, Duration.ofMillis(200));
  }
}
