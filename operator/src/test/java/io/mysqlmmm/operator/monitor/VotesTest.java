package io.mysqlmmm.operator.monitor;

import static org.assertj.core.api.Assertions.assertThat;

import io.mysqlmmm.shared.agent.AgentState;
import io.mysqlmmm.shared.agent.AgentState.NetworkState;
import io.mysqlmmm.shared.agent.BootTime;
import io.mysqlmmm.shared.agent.Mysqld;
import io.mysqlmmm.shared.agent.Standing;
import io.mysqlmmm.shared.agent.Vitals;
import io.mysqlmmm.shared.ledger.Ledger;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class VotesTest {
  private static final Ledger LEDGER =
      new Ledger(7, 5, "db1", Map.of("db1", "uuid-1", "db2", "uuid-2"));

  private final Votes votes = new Votes("uid", Duration.ofSeconds(100));

  private static AgentState state(String host, String uuid, long clock) {
    return new AgentState(
        1,
        "uid",
        host,
        new BootTime("boot", Duration.ofMillis(clock)),
        Duration.ZERO,
        "test",
        Standing.initial().of(uuid),
        new Mysqld.Absent("not looked"),
        new NetworkState("eth0", "", List.of(), List.of()),
        Optional.empty(),
        Vitals.unknown());
  }

  private static Duration at(long seconds) {
    return Duration.ofSeconds(seconds);
  }

  @Test
  void theWriterGetsItsOwnClockBackAndNobodyElseDoes() {
    votes.voteFor(LEDGER);
    votes.heard(state("db1", "uuid-1", 11), at(101));
    votes.heard(state("db2", "uuid-2", 22), at(101));

    assertThat(votes.beat("db1", true).epoch()).isEqualTo(5);
    assertThat(votes.beat("db1", true).echo())
        .contains(new BootTime("boot", Duration.ofMillis(11)));
    assertThat(votes.beat("db2", true).echo()).isEmpty();
  }

  @Test
  void noVoteWithoutAFreshTermALedgerOrTheDataSetThatItNames() {
    votes.heard(state("db1", "uuid-1", 11), at(101));
    assertThat(votes.beat("db1", true).echo()).as("no ledger is known to hold").isEmpty();

    votes.voteFor(LEDGER);
    assertThat(votes.beat("db1", false).echo()).as("S4").isEmpty();

    votes.heard(state("db1", "new disk", 12), at(102));
    assertThat(votes.beat("db1", true).echo()).as("another data set").isEmpty();

    votes.heard(state("db1", "uuid-1", 13), at(103));
    votes.withhold();
    assertThat(votes.beat("db1", true).echo()).as("a ledger is being written").isEmpty();

    votes.voteFor(LEDGER);
    votes.failingOver(true);
    assertThat(votes.beat("db1", true).echo()).as("its peer takes over").isEmpty();

    votes.failingOver(false);
    assertThat(votes.beat("db1", true).echo()).as("it was put off").isPresent();
  }

  @Test
  void whatWasHandedOutCountsFromItsArrivalAndTheTermBeforeUntilThisOneBegan() {
    votes.voteFor(LEDGER);
    assertThat(votes.newest("db1")).isEqualTo(at(100));

    votes.heard(state("db1", "uuid-1", 11), at(101));
    assertThat(votes.newest("db1")).as("heard, and echoed to nobody").isEqualTo(at(100));

    var _ = votes.beat("db1", true);
    votes.withhold();
    assertThat(votes.newest("db1")).isEqualTo(at(101));

    votes.given("db1", at(99));
    assertThat(votes.newest("db1")).as("an older one changes nothing").isEqualTo(at(101));
  }
}
