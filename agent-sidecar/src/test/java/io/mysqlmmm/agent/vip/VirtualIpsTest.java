package io.mysqlmmm.agent.vip;

import static org.assertj.core.api.Assertions.assertThat;

import io.mysqlmmm.agent.wire.ArpPacket;
import io.mysqlmmm.agent.wire.Ipv4Address;
import io.mysqlmmm.agent.wire.MacAddress;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class VirtualIpsTest implements VipPortContract {
  private static final Ipv4Address VIP = Ipv4Address.parse(VIP4).orElseThrow();
  private static final MacAddress OTHER = MacAddress.of("02:00:00:00:00:02");
  private static final Duration TWO = Duration.ofSeconds(2);

  private final FakeAlarm alarm = new FakeAlarm();
  private final FakeVip fake = new FakeVip(alarm::now, ETH0, NODE);
  private final FakeKernel kernel = new FakeKernel();
  private final NetlinkLinks links = new NetlinkLinks(new FakeKernel());
  private final ArpAnnouncer announcer =
      new ArpAnnouncer(fake, links, new PacketSender(kernel), alarm);
  private final LinkedBlockingQueue<VipConflict> conflicts = new LinkedBlockingQueue<>();
  private final VirtualIps vips =
      new VirtualIps(kernel, fake, links, announcer, conflicts::add, () -> {});

  @Override
  public VipPort port() {
    return vips;
  }

  @AfterEach
  void close() {
    vips.close();
  }

  @Test
  void announcesWhatIsNewlyHeldAndNoRefresh() {
    vips.hold(VIP, ETH0, TWO);
    alarm.pass(Duration.ofMillis(500));
    assertThat(kernel.sent).hasSize(4);

    vips.hold(VIP, ETH0, TWO);
    alarm.pass(Duration.ofMillis(500));

    assertThat(kernel.sent).hasSize(4);
  }

  /** The last series may still sleep until its next half minute. */
  @Test
  void announcesAgainWhatWasLostAndIsHeldAgain() {
    vips.hold(VIP, ETH0, Duration.ofSeconds(6));
    alarm.pass(Duration.ofSeconds(7));
    kernel.sent.clear();

    vips.hold(VIP, ETH0, TWO);
    alarm.pass(Duration.ZERO);

    assertThat(kernel.sent).hasSize(2);
  }

  @Test
  void announcesWhatAFormerProcessStillHolds() {
    fake.hold(VIP, ETH0, TWO);

    vips.hold(VIP, ETH0, TWO);
    alarm.pass(Duration.ZERO);

    assertThat(kernel.sent).hasSize(2);
  }

  @Test
  void isSilentAfterTheRelease() {
    vips.hold(VIP, ETH0, Duration.ofHours(1));
    vips.release(VIP);

    alarm.pass(Duration.ofMinutes(10));

    assertThat(kernel.sent).isEmpty();
  }

  @Test
  void defendsAndReportsAConflict() throws InterruptedException {
    vips.hold(VIP, ETH0, Duration.ofHours(1));
    alarm.pass(Duration.ofSeconds(10));
    int before = kernel.sent.size();
    kernel.arrive(Duration.ofSeconds(1), ArpPacket.announcingReply(OTHER, VIP).broadcast());

    vips.watch(ETH0, Set.of(VIP));
    VipConflict conflict = conflicts.poll(30, TimeUnit.SECONDS);
    alarm.pass(Duration.ZERO);

    assertThat(conflict).isNotNull().extracting(VipConflict::mac).isEqualTo(OTHER);
    assertThat(kernel.sent).hasSize(before + 2);
  }
}
