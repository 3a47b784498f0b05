package io.mysqlmmm.operator.core;

import static io.mysqlmmm.operator.core.HostState.ADMIN_OFFLINE;
import static io.mysqlmmm.operator.core.HostState.AWAITING_RECOVERY;
import static io.mysqlmmm.operator.core.HostState.HARD_OFFLINE;
import static io.mysqlmmm.operator.core.HostState.ONLINE;
import static io.mysqlmmm.operator.core.HostState.REPLICATION_DELAY;
import static io.mysqlmmm.operator.core.HostState.REPLICATION_FAIL;
import static io.mysqlmmm.operator.core.Transition.*;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

/** MMM's table of host states, one named test for each transition. */
class TransitionTest {
  private static final Set<Transition> TAKEN = EnumSet.noneOf(Transition.class);

  private static HostLife leads(Transition by, Facts facts) {
    TAKEN.add(by);
    HostLife next = HostJudge.judge(facts.build(), facts.request());
    assertThat(next.rule()).isEqualTo(by.name());
    assertThat(next.state()).isEqualTo(by.to());
    assertThat(by.from()).contains(facts.state());
    if (by.to() != ONLINE) {
      assertThat(next.reason()).isNotEmpty();
    }
    return next;
  }

  private static void stays(Facts facts) {
    assertThat(HostJudge.judge(facts.build(), facts.request()).state()).isEqualTo(facts.state());
  }

  @AfterAll
  static void eachTransitionHasATest() {
    assertThat(TAKEN).containsExactlyInAnyOrder(Transition.values());
  }

  @Test
  void eachTransitionIsInTheDocs() throws IOException {
    String docs = Files.readString(Path.of("../docs/mmm-migration.md"));

    for (Transition transition : Transition.values()) {
      assertThat(docs).contains("`" + transition + "`");
    }
  }

  @Test
  void aHostThatIsToBeOfflineIs() {
    for (HostState from : EnumSet.complementOf(EnumSet.of(ADMIN_OFFLINE))) {
      leads(SET_OFFLINE, Facts.in(from).offline());
    }
  }

  @Test
  void theWriterIsNotSetOfflineBeforeItsRoleHasLeft() {
    stays(Facts.in(ONLINE).offline().writer());
  }

  @Test
  void whoServesAsTheWriterIsOnline() {
    for (HostState from :
        EnumSet.of(HARD_OFFLINE, AWAITING_RECOVERY, REPLICATION_FAIL, REPLICATION_DELAY)) {
      leads(WRITER_SERVES, Facts.in(from).writer());
    }
  }

  @Test
  void adminOfflineIsLeftOnlyWhenSomebodySaysSo() {
    stays(Facts.in(ADMIN_OFFLINE).offline());
    stays(Facts.in(ADMIN_OFFLINE).offline().down(Check.MYSQL));
  }

  @Test
  void setOnlineWhileItIsDown() {
    leads(ADMIN_DOWN, Facts.in(ADMIN_OFFLINE).down(Check.MYSQL));
  }

  @Test
  void setOnlineWithBrokenReplication() {
    leads(ADMIN_BROKEN, Facts.in(ADMIN_OFFLINE).down(Check.REP_THREADS));
  }

  @Test
  void setOnlineFarBehind() {
    leads(ADMIN_BEHIND, Facts.in(ADMIN_OFFLINE).down(Check.REP_BACKLOG));
  }

  @Test
  void setOnlineWhenAllIsWell() {
    leads(ADMIN_BACK, Facts.in(ADMIN_OFFLINE));
  }

  @Test
  void anOnlineHostWithoutPingOrMysqlIsHardOffline() {
    leads(ONLINE_DOWN, Facts.in(ONLINE).down(Check.PING));
    leads(ONLINE_DOWN, Facts.in(ONLINE).down(Check.MYSQL));
    leads(ONLINE_DOWN, Facts.in(ONLINE).writer().noWriter().down(Check.MYSQL));
  }

  @Test
  void aWriterThatServesIsNotDownByAnOlderLook() {
    stays(Facts.in(ONLINE).writer().down(Check.MYSQL));
  }

  @Test
  void whatIsNotKnownChangesNothing() {
    for (HostState from : EnumSet.of(ONLINE, REPLICATION_FAIL, HARD_OFFLINE)) {
      stays(Facts.in(from).unknown(Check.PING).unknown(Check.MYSQL));
    }
  }

  @Test
  void anOnlineHostWithBrokenReplicationFails() {
    leads(ONLINE_BROKEN, Facts.in(ONLINE).down(Check.REP_THREADS).down(Check.REP_BACKLOG));
  }

  @Test
  void anOnlineHostThatIsFarBehindIsDelayed() {
    leads(ONLINE_BEHIND, Facts.in(ONLINE).down(Check.REP_BACKLOG));
  }

  @Test
  void replicationIsNotJudgedWithoutAWriter() {
    stays(Facts.in(ONLINE).down(Check.REP_THREADS).noWriter());
  }

  @Test
  void theWritersReplicationIsNotJudged() {
    stays(Facts.in(ONLINE).writer().down(Check.REP_THREADS).down(Check.REP_BACKLOG));
  }

  @Test
  void aHostThatIsBackWithBrokenReplicationFails() {
    leads(HARD_BROKEN, Facts.in(HARD_OFFLINE).down(Check.REP_THREADS));
  }

  @Test
  void aHostThatIsBackFarBehindIsDelayed() {
    leads(HARD_BEHIND, Facts.in(HARD_OFFLINE).down(Check.REP_BACKLOG));
  }

  @Test
  void aHostThatIsBackAwaitsRecovery() {
    leads(HARD_BACK, Facts.in(HARD_OFFLINE));
    leads(HARD_BACK, Facts.in(HARD_OFFLINE).unknown(Check.REP_THREADS).noWriter());
  }

  @Test
  void aHostThatAwaitsRecoveryGoesDown() {
    leads(AWAITING_DOWN, Facts.in(AWAITING_RECOVERY).down(Check.PING));
  }

  @Test
  void aHostThatAwaitsRecoveryIsSetOnline() {
    HostLife life =
        leads(AWAITING_SET_ONLINE, Facts.in(AWAITING_RECOVERY).never().flapping().asked());

    assertThat(life.flaps()).isEqualTo(Flaps.NONE);
    assertThat(life.answered().orElseThrow().outcome()).startsWith("Done");
  }

  @Test
  void aShortDowntimeNeedsNobody() {
    leads(AWAITING_SHORT, Facts.in(AWAITING_RECOVERY).never().fell(Duration.ofSeconds(59)));
  }

  @Test
  void aLongDowntimeWaits() {
    stays(Facts.in(AWAITING_RECOVERY).never().fell(Duration.ofSeconds(60)));
  }

  @Test
  void aShortDowntimeWithARebootWaits() {
    stays(Facts.in(AWAITING_RECOVERY).never().fell(Duration.ofSeconds(5)).rebooted());
  }

  @Test
  void aShortDowntimeOfAFlappingHostWaits() {
    stays(Facts.in(AWAITING_RECOVERY).never().fell(Duration.ofSeconds(5)).flapping());
  }

  @Test
  void autoSetOnlineAfterItsTime() {
    leads(AWAITING_AUTO, Facts.in(AWAITING_RECOVERY).auto(60).since(Duration.ofSeconds(60)));
    stays(Facts.in(AWAITING_RECOVERY).auto(60).since(Duration.ofSeconds(59)));
  }

  @Test
  void autoSetOnlineWaitsForReplication() {
    stays(Facts.in(AWAITING_RECOVERY).down(Check.REP_THREADS));
    stays(Facts.in(AWAITING_RECOVERY).down(Check.REP_BACKLOG));
    stays(Facts.in(AWAITING_RECOVERY).unknown(Check.REP_THREADS));
  }

  @Test
  void aFlappingHostComesBackWhenNothingChangedForFlapDuration() {
    leads(AWAITING_QUIET, Facts.in(AWAITING_RECOVERY).flapping().quietFor(Duration.ofHours(1)));
    stays(Facts.in(AWAITING_RECOVERY).flapping().quietFor(Duration.ofMinutes(59)));
    stays(Facts.in(AWAITING_RECOVERY).never().flapping().quietFor(Duration.ofHours(1)));
  }

  @Test
  void aHostWithBrokenReplicationGoesDown() {
    leads(FAIL_DOWN, Facts.in(REPLICATION_FAIL).down(Check.MYSQL));
  }

  @Test
  void aHostWhoseReplicationIsMendedCatchesUpFirst() {
    leads(FAIL_BEHIND, Facts.in(REPLICATION_FAIL).down(Check.REP_BACKLOG));
  }

  @Test
  void aMendedHostThatIsFlappingWaits() {
    leads(FAIL_FLAPPING, Facts.in(REPLICATION_FAIL).flapping());
  }

  @Test
  void aMendedHostThatHadFallenAwaitsRecovery() {
    leads(FAIL_FELL, Facts.in(REPLICATION_FAIL).fell(Duration.ofSeconds(5)));
  }

  @Test
  void aMendedHostIsOnline() {
    leads(FAIL_MENDED, Facts.in(REPLICATION_FAIL));
  }

  @Test
  void aBrokenStandbyIsNotMadeOnlineBecauseItsPeerIsGone() {
    stays(Facts.in(REPLICATION_FAIL).down(Check.REP_THREADS).noWriter());
    stays(Facts.in(REPLICATION_DELAY).down(Check.REP_BACKLOG).noWriter());
  }

  @Test
  void aDelayedHostGoesDown() {
    leads(DELAY_DOWN, Facts.in(REPLICATION_DELAY).down(Check.PING));
  }

  @Test
  void aDelayedHostFails() {
    leads(DELAY_BROKEN, Facts.in(REPLICATION_DELAY).down(Check.REP_THREADS));
  }

  @Test
  void aCaughtUpHostThatIsFlappingWaits() {
    leads(DELAY_FLAPPING, Facts.in(REPLICATION_DELAY).flapping());
  }

  @Test
  void aCaughtUpHostThatHadFallenAwaitsRecovery() {
    leads(DELAY_FELL, Facts.in(REPLICATION_DELAY).fell(Duration.ofSeconds(5)));
  }

  @Test
  void aCaughtUpHostIsOnline() {
    leads(DELAY_CAUGHT_UP, Facts.in(REPLICATION_DELAY));
  }

  @Test
  void theFourthDropWithinAnHourIsFlapping() {
    HostLife life = Facts.in(ONLINE).down(Check.MYSQL).judged();
    for (int drop = 2; drop <= 4; drop++) {
      assertThat(life.flaps().flapping()).as("after drop %d", drop - 1).isFalse();
      life = Facts.from(life, ONLINE).later(Duration.ofMinutes(10)).down(Check.MYSQL).judged();
    }

    assertThat(life.flaps().flapping()).isTrue();
    assertThat(life.flaps().count()).isEqualTo(4);
  }

  @Test
  void dropsFurtherApartThanFlapDurationDoNotAddUp() {
    HostLife life = Facts.in(ONLINE).down(Check.MYSQL).judged();
    for (int drop = 2; drop <= 9; drop++) {
      life = Facts.from(life, ONLINE).later(Duration.ofHours(1)).down(Check.MYSQL).judged();
    }

    assertThat(life.flaps()).isEqualTo(new Flaps(1, life.flaps().since(), false));
  }

  @Test
  void setOfflineIsNoFlap() {
    assertThat(Facts.in(ONLINE).offline().judged().flaps()).isEqualTo(Flaps.NONE);
  }

  @Test
  void whatTheOperatorBringsAboutIsNoFlap() {
    HostLife told = Facts.in(ONLINE).onPurpose().judged();
    assertThat(told.online()).isTrue();

    HostLife down = Facts.next(told).later(Duration.ofSeconds(119)).down(Check.MYSQL).judged();

    assertThat(down.state()).isEqualTo(HARD_OFFLINE);
    assertThat(down.flaps()).isEqualTo(Flaps.NONE);
    assertThat(Facts.in(ONLINE).onPurpose().down(Check.REP_THREADS).judged().flaps())
        .as("seen at once")
        .isEqualTo(Flaps.NONE);
  }

  @Test
  void onlyOneDropIsExpectedAndNotForEver() {
    HostLife told = Facts.in(ONLINE).onPurpose().judged();
    HostLife late = Facts.next(told).later(Duration.ofMinutes(2)).down(Check.MYSQL).judged();
    assertThat(late.flaps().count()).as("two minutes later").isEqualTo(1);

    HostLife down = Facts.next(told).down(Check.MYSQL).judged();
    HostLife back = Facts.next(down).judged();
    HostLife online = Facts.next(back).judged();
    assertThat(online.online()).isTrue();

    assertThat(Facts.next(online).down(Check.MYSQL).judged().flaps().count())
        .as("it is back, and falls again")
        .isEqualTo(1);
  }

  @Test
  void whatIsExpectedIsNotPutOffAtEachLook() {
    HostLife told = Facts.in(ONLINE).onPurpose().judged();

    assertThat(Facts.next(told).onPurpose().later(Duration.ofSeconds(60)).judged()).isEqualTo(told);
    assertThat(Facts.next(told).later(Duration.ofMinutes(2)).judged().expectedUntil()).isEmpty();
  }

  @Test
  void setOnlineOfAHostThatIsDownIsRefused() {
    HostLife life = Facts.in(HARD_OFFLINE).down(Check.MYSQL).asked().judged();

    assertThat(life.answered().map(HostLife.Answered::outcome))
        .hasValueSatisfying(o -> assertThat(o).startsWith("Refused: it is HARD_OFFLINE"));
  }

  @Test
  void setOnlineOfAHostThatIsToBeOfflineIsRefused() {
    HostLife life = Facts.in(ADMIN_OFFLINE).offline().asked().judged();

    assertThat(life.answered().map(HostLife.Answered::outcome))
        .hasValueSatisfying(o -> assertThat(o).startsWith("Refused: spec.hosts[].offline"));
  }

  @Test
  void setOnlineOfAnOnlineHostForgetsItsFlaps() {
    HostLife life = Facts.in(ONLINE).flapping().asked().judged();

    assertThat(life.flaps()).isEqualTo(Flaps.NONE);
    assertThat(life.answered().isPresent()).isTrue();
    assertThat(Optional.of(life.state())).contains(ONLINE);
  }
}
