package io.mysqlmmm.agent.vip;

import static org.assertj.core.api.Assertions.assertThat;

import io.mysqlmmm.agent.wire.ArpPacket;
import io.mysqlmmm.agent.wire.IpAddress;
import io.mysqlmmm.agent.wire.Ipv4Address;
import io.mysqlmmm.agent.wire.MacAddress;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Set;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class VipWatchTest {
  private static final Ipv4Address VIP = Ipv4Address.parse("10.77.0.100").orElseThrow();
  private static final MacAddress OTHER = MacAddress.of("02:00:00:00:00:02");

  @Test
  void hearsAForeignClaimAndStopsWhenClosed() throws InterruptedException {
    FakeKernel kernel = new FakeKernel();
    FakeVip vip = new FakeVip(() -> Duration.ZERO, "eth0", IpAddress.of("10.77.0.11"));
    vip.hold(VIP, "eth0", Duration.ofHours(1));
    LinkedBlockingQueue<VipConflict> conflicts = new LinkedBlockingQueue<>();
    NetlinkLinks links = new NetlinkLinks(new FakeKernel());
    ConflictJudge judge = new ConflictJudge(vip, links, InstantSource.system(), conflicts::add);
    judge.watch(Set.of(VIP));
    kernel.arrive(Duration.ofSeconds(1), ArpPacket.announcingReply(OTHER, VIP).broadcast());
    kernel.arrive(Duration.ofSeconds(2), ArpPacket.probe(OTHER, VIP).broadcast());

    try (VipWatch watch = new VipWatch(kernel, links, "eth0", judge)) {
      watch.start();
      VipConflict first = conflicts.poll(30, TimeUnit.SECONDS);

      assertThat(first).isNotNull().extracting(VipConflict::mac).isEqualTo(OTHER);
    }

    Eventually.eventually(() -> assertThat(kernel.openSockets()).isZero());
    assertThat(conflicts).isEmpty();
  }
}
