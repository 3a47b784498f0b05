package io.mysqlmmm.agent.vip;

import static org.assertj.core.api.Assertions.assertThat;

import io.mysqlmmm.agent.posix.Errno;
import io.mysqlmmm.agent.wire.ArpPacket;
import io.mysqlmmm.agent.wire.Ipv4Address;
import io.mysqlmmm.agent.wire.Ipv6Address;
import io.mysqlmmm.agent.wire.MacAddress;
import io.mysqlmmm.agent.wire.NdpAdvertisement;
import io.mysqlmmm.agent.wire.NdpProbe;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ArpProbeTest {
  private static final Ipv4Address VIP = Ipv4Address.parse("10.77.0.100").orElseThrow();
  private static final Ipv6Address VIP6 = Ipv6Address.parse("2001:db8::100").orElseThrow();
  private static final MacAddress OTHER = MacAddress.of("02:00:00:00:00:02");

  private final FakeKernel kernel = new FakeKernel();
  private final ArpProbe probe = new ArpProbe(kernel, new NetlinkLinks(kernel));

  @Test
  void asksThreeTimesBeforeItCallsAnAddressFree() {
    Duration start = kernel.bootTime();

    ProbeResult result = probe.probe(VIP, "eth0");

    assertThat(result).isEqualTo(new ProbeResult.Free());
    assertThat(kernel.sent)
        .extracting(sent -> sent.at().minus(start).toMillis())
        .containsExactly(0L, 200L, 400L);
    assertThat(kernel.sent)
        .extracting(FakeKernel.Sent::frame)
        .containsOnly(ArpPacket.probe(FakeKernel.ETH0_MAC, VIP).broadcast());
    assertThat(kernel.bootTime().minus(start)).isEqualTo(ArpProbe.BOUND);
    assertThat(kernel.openSockets()).isEqualTo(1); // netlink
  }

  @Test
  void endsWithTheFirstAnswer() {
    Duration start = kernel.bootTime();
    kernel.arrive(Duration.ofMillis(250), ArpPacket.announcingReply(OTHER, VIP).broadcast());

    assertThat(probe.probe(VIP, "eth0")).isEqualTo(new ProbeResult.UsedBy(OTHER));
    assertThat(kernel.bootTime().minus(start)).isEqualTo(Duration.ofMillis(250));
  }

  @Test
  void hearsAnAnswerThatCameWhileTheProcessWasStopped() {
    kernel.freezeAfterSending(Duration.ofSeconds(5));
    kernel.arrive(Duration.ofMillis(1), ArpPacket.announcingReply(OTHER, VIP).broadcast());

    assertThat(probe.probe(VIP, "eth0")).isEqualTo(new ProbeResult.UsedBy(OTHER));
  }

  @Test
  void isNotMisledByOtherTraffic() {
    Ipv4Address neighbour = Ipv4Address.parse("10.77.0.101").orElseThrow();
    kernel.arrive(Duration.ofMillis(10), ArpPacket.announcingReply(OTHER, neighbour).broadcast());
    kernel.arrive(
        Duration.ofMillis(20), ArpPacket.announcingReply(FakeKernel.ETH0_MAC, VIP).broadcast());
    kernel.arrive(Duration.ofMillis(30), ArpPacket.probe(OTHER, VIP).broadcast());

    assertThat(probe.probe(VIP, "eth0")).isEqualTo(new ProbeResult.Free());
  }

  @Test
  void asksForIpv6ByDuplicateAddressDetection() {
    kernel.arrive(Duration.ofMillis(250), new NdpAdvertisement(VIP6, OTHER).multicast());

    assertThat(probe.probe(VIP6, "eth0")).isEqualTo(new ProbeResult.UsedBy(OTHER));
    assertThat(kernel.sent)
        .extracting(FakeKernel.Sent::frame)
        .containsOnly(new NdpProbe(VIP6, FakeKernel.ETH0_MAC).multicast());
  }

  @Test
  void isUnknownWhereNobodyCouldAnswer() {
    assertThat(probe.probe(VIP, "eth7"))
        .isEqualTo(new ProbeResult.Unknown("this host has no interface eth7"));

    kernel.rtnetlink.link(2, "eth0", Optional.of(FakeKernel.ETH0_MAC), 0x1003);
    assertThat(probe.probe(VIP, "eth0"))
        .isEqualTo(new ProbeResult.Unknown("interface eth0 is down or has no carrier"));
  }

  @Test
  void isUnknownWhenNothingCouldBeSent() {
    kernel.failFrames(Errno.ENETDOWN);

    assertThat(probe.probe(VIP, "eth0")).isEqualTo(new ProbeResult.Unknown("sendto: ENETDOWN"));
    assertThat(kernel.openSockets()).isEqualTo(1);
  }
}
