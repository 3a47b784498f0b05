package io.mysqlmmm.kubectl;

import static io.mysqlmmm.kubectl.cluster.TestResources.shop;
import static org.assertj.core.api.Assertions.assertThat;

import io.mysqlmmm.kubectl.cluster.Pair;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MoveForecastTest {
  private static final String UNSERVED =
      "status: {conditions: [{type: WriterAvailable, status: 'False'}]}";

  private static MoveForecast writer(String changes) {
    return MoveForecast.of(shop(changes), "writer", "db2", false);
  }

  private static void assertRefused(MoveForecast forecast, String role, String why) {
    assertThat(forecast.answer())
        .isEqualTo(Answer.refused("Role '%s' is not moved: %s.".formatted(role, why)));
  }

  @Test
  void tellsWhatAMoveOfTheWriterRestsOn() {
    MoveForecast forecast =
        writer("status: {lastMove: {role: writer, host: db1, outcome: Done, pauseMillis: 35}}");

    assertThat(forecast.answer())
        .isEqualTo(Answer.done("Role 'writer' would be moved from 'db1' to 'db2'."));
    assertThat(forecast.remarks())
        .containsExactly(
            "# Role writer is on db1.",
            "# Host db2: ONLINE, in sync, lag 12 ms (limit 5000 ms).",
            "# On db1, up to 10 s ago: longest transaction none, no lock in the way.",
            "# Expected pause: about 35 ms, as the last move took.");
  }

  @Test
  void doesNotKnowThePauseWithoutAMove() {
    assertThat(writer("{}").remarks())
        .contains("# Expected pause: unknown, no move of this role is remembered.");
  }

  @Test
  void saysThatTheWriterIsThereAlready() {
    assertThat(MoveForecast.of(shop("{}"), "writer", "db1", false).answer())
        .isEqualTo(Answer.done("Role 'writer' is on 'db1' already."));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{state: UNKNOWN}|host 'db2' is down: its agent does not answer",
        "{state: HARD_OFFLINE, reason: it crashed}|host 'db2' is down: it crashed",
        "{state: ADMIN_OFFLINE, reason: asked}"
            + "|host 'db2' is ADMIN_OFFLINE (asked); set it online first",
        "{state: AWAITING_RECOVERY, reason: new}|host 'db2' is AWAITING_RECOVERY (new)",
        "{state: AWAITING_RECOVERY, reason: new, guard: {flapping: true}}"
            + "|host 'db2' is AWAITING_RECOVERY (new); set it online first",
        "{state: REPLICATION_FAIL}|host 'db2' does not replicate from 'db1' at the moment",
        "{state: ONLINE, checks: [{name: rep_threads, state: FAILED}]}"
            + "|host 'db2' does not replicate from 'db1' at the moment",
        "{state: ONLINE, lagMillis: 5001}"
            + "|host 'db2' is 5001 ms behind, the limit (spec.monitor.maxLag) is 5000 ms"
      })
  void refusesWithTheOperatorsSentence(String host, String why) {
    String named = host.replace("{state", "{name: db2, state");

    assertRefused(
        writer("status: {hosts: [{name: db1, state: ONLINE}, %s]}".formatted(named)),
        "writer",
        why);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "longestTransactionMillis: 37400|longest transaction 37400 ms, no lock in the way"
            + "|a transaction on 'db1' has had uncommitted changes for 37 s; let it end, or end it",
        "lock: GLOBAL lock held by root@localhost (connection 12)"
            + "|longest transaction none, GLOBAL lock held by root@localhost (connection 12)"
            + "|on 'db1' GLOBAL lock held by root@localhost (connection 12); end that first"
      })
  void tellsWhatIsInTheWayOnTheWriter(String hindrance, String remark, String why) {
    String hosts =
        "status: {hosts: [{name: db1, state: ONLINE, hindrances: {%s}}, {name: db2, state: ONLINE}]}"
            .formatted(hindrance);

    assertRefused(writer(hosts), "writer", why);
    assertThat(writer(hosts).remarks()).contains("# On db1, up to 10 s ago: " + remark + ".");
    assertThat(MoveForecast.of(shop(hosts), "writer", "db2", true).answer().status())
        .isEqualTo(ExitStatus.DONE);
  }

  @Test
  void aShortTransactionIsToldAndNotInTheWay() {
    MoveForecast forecast =
        writer(
            """
            status: {hosts: [{name: db1, state: ONLINE, hindrances: {longestTransactionMillis: 12}},
                             {name: db2, state: ONLINE}]}""");

    assertThat(forecast.remarks()).anyMatch(r -> r.contains("longest transaction 12 ms"));
    assertThat(forecast.answer().status()).isEqualTo(ExitStatus.DONE);
  }

  @Test
  void refusesAHostOnWhichAccountsCouldNotLogIn() {
    assertRefused(
        writer(
            """
            status: {hosts: [{name: db1, state: ONLINE, hindrances: {missingPlugins: [older]}},
                             {name: db2, state: ONLINE, version: 9.7.4,
                              hindrances: {missingPlugins: [mysql_native_password, older]}}]}"""),
        "writer",
        "MySQL 9.7.4 of host 'db2' has no authentication plugin mysql_native_password, so accounts"
            + " that log in on 'db1' could not log in there; find them in mysql.user, and give them"
            + " another one with ALTER USER … IDENTIFIED WITH");
  }

  @Test
  void refusesAHostThatIsNotInSync() {
    assertRefused(
        writer("status: {ledger: {inSync: [db1]}}"),
        "writer",
        "host 'db2' is not in sync with 'db1'; wait until status.ledger.inSync names both");
  }

  @Test
  void forcePassesOverLagAndSync() {
    Pair behind =
        shop(
            """
            spec: {monitor: {maxLag: 1s}}
            status:
              ledger: {inSync: [db1]}
              hosts: [{name: db2, state: ONLINE, lagMillis: 90000}]
            """);

    assertThat(MoveForecast.of(behind, "writer", "db2", true).answer())
        .isEqualTo(Answer.done("Role 'writer' would be moved from 'db1' to 'db2' by force."));
  }

  @Test
  void tellsWhatCanBeDoneWithoutAWriter() {
    assertRefused(
        writer(UNSERVED), "writer", "no writer is serving at the moment; ask again when one does");
    Pair solo = shop(UNSERVED.replace("status: {", "status: {ledger: {inSync: [db1]}, "));
    assertRefused(
        MoveForecast.of(solo, "writer", "db2", false),
        "writer",
        "no writer is serving, and host 'db2' lacks what 'db1' acknowledged last; if 'db1' is lost"
            + " for good and cannot come back, force it");
    assertThat(MoveForecast.of(solo, "writer", "db2", true).answer().status())
        .isEqualTo(ExitStatus.DONE);
    Pair manual = shop("{spec: {mode: Manual}, " + UNSERVED + "}");
    assertThat(MoveForecast.of(manual, "writer", "db2", false).answer().status())
        .isEqualTo(ExitStatus.DONE);
  }

  @Test
  void refusesWhatTheWordsForbid() {
    Pair shop = shop("{}");

    assertRefused(
        MoveForecast.of(shop, "none", "db2", false),
        "none",
        "spec.moveRole.role: there is no role 'none'");
    assertRefused(
        MoveForecast.of(shop, "writer", "db9", false),
        "writer",
        "spec.moveRole.host: there is no host 'db9'");
    assertRefused(
        MoveForecast.of(
            shop("spec: {hosts: [{name: db1}, {name: db2}, {name: db3}]}"), "writer", "db3", false),
        "writer",
        "spec.moveRole.host: 'db3' is not among the hosts of role 'writer'");
    assertRefused(
        MoveForecast.of(shop("spec: {mode: Passive}"), "writer", "db2", false),
        "writer",
        "in passive mode nothing is changed");
  }

  @Test
  void movesOneIpOfABalancedRoleFromTheHostThatHasMost() {
    Pair uneven =
        shop(
            """
            status: {roles: [{name: reader, mode: Balanced, assignments: [
              {ip: 10.77.0.101, host: db2}, {ip: 10.77.0.102, host: db1},
              {ip: 10.77.0.103, host: db1}]}]}
            """);

    MoveForecast forecast = MoveForecast.of(uneven, "reader", "db2", false);

    assertThat(forecast.answer())
        .isEqualTo(
            Answer.done("IP 10.77.0.102 of role 'reader' would be moved from 'db1' to 'db2'."));
    assertThat(forecast.remarks())
        .containsExactly(
            "# Role reader: 10.77.0.101 on db2, 10.77.0.102 on db1, 10.77.0.103 on db1.",
            "# Host db2: ONLINE.");
  }

  @Test
  void movesNoIpToAHostThatIsNotOnlineOrHasThemAll() {
    assertRefused(
        MoveForecast.of(
            shop("status: {hosts: [{name: db2, state: REPLICATION_DELAY, reason: 90 s behind}]}"),
            "reader",
            "db2",
            false),
        "reader",
        "host 'db2' may not hold it now: it is REPLICATION_DELAY");
    assertThat(
            MoveForecast.of(
                    shop(
                        "status: {roles: [{name: reader, assignments: [{ip: 10.77.0.101, host: db2}]}]}"),
                    "reader",
                    "db2",
                    false)
                .answer())
        .isEqualTo(Answer.done("Role 'reader' is on 'db2' already."));
  }
}
