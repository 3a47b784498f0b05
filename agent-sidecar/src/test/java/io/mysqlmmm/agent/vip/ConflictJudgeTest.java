package io.mysqlmmm.agent.vip;

import static org.assertj.core.api.Assertions.assertThat;

import io.mysqlmmm.agent.wire.AddressClaim;
import io.mysqlmmm.agent.wire.IpAddress;
import io.mysqlmmm.agent.wire.MacAddress;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class ConflictJudgeTest {
  private static final IpAddress VIP = IpAddress.of("10.77.0.100");
  private static final MacAddress OTHER = MacAddress.of("02:00:00:00:00:02");
  private static final MacAddress THIRD = MacAddress.of("02:00:00:00:00:03");

  private final List<VipConflict> conflicts = new ArrayList<>();
  private final FakeVip vip =
      new FakeVip(() -> Duration.ZERO, FakeKernel.ETH0, IpAddress.of("10.77.0.11"));
  private Instant now = Instant.parse("2026-11-22T10:00:00Z");
  private final ConflictJudge judge =
      new ConflictJudge(vip, new NetlinkLinks(new FakeKernel()), () -> now, conflicts::add);

  @BeforeEach
  void holdAndWatch() {
    vip.hold(VIP, FakeKernel.ETH0, Duration.ofHours(1));
    judge.watch(Set.of(VIP));
  }

  @Test
  void reportsAForeignClaimForAHeldVip() {
    judge.hear(new AddressClaim(VIP, OTHER));

    assertThat(conflicts).containsExactly(new VipConflict(VIP, OTHER, now));
  }

  @Test
  void ignoresItsOwnAnnouncements() {
    judge.hear(new AddressClaim(VIP, FakeKernel.ETH0_MAC));

    assertThat(conflicts).isEmpty();
  }

  @Test
  void ignoresTheNewHolderAfterAHandover() {
    vip.release(VIP);

    judge.hear(new AddressClaim(VIP, OTHER));

    assertThat(conflicts).isEmpty();
  }

  @Test
  void ignoresOtherAddresses() {
    judge.hear(new AddressClaim(IpAddress.of("10.77.0.12"), OTHER));
    judge.watch(Set.of());
    judge.hear(new AddressClaim(VIP, OTHER));

    assertThat(conflicts).isEmpty();
  }

  @Test
  void reportsEachClaimantOnceASecond() {
    judge.hear(new AddressClaim(VIP, OTHER));
    now = now.plusMillis(999);
    judge.hear(new AddressClaim(VIP, OTHER));
    judge.hear(new AddressClaim(VIP, THIRD));
    now = now.plusMillis(1);
    judge.hear(new AddressClaim(VIP, OTHER));

    assertThat(conflicts).extracting(VipConflict::mac).containsExactly(OTHER, THIRD, OTHER);
  }

  @Test
  void reportsAlsoAfterTheClockWasSetBack() {
    judge.hear(new AddressClaim(VIP, OTHER));
    now = now.minusSeconds(3600);
    judge.hear(new AddressClaim(VIP, OTHER));

    assertThat(conflicts).hasSize(2);
  }
}
