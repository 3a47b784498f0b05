package io.mysqlmmm.kubectl.text;

import static io.mysqlmmm.kubectl.cluster.TestResources.SHOP;
import static io.mysqlmmm.kubectl.cluster.TestResources.pair;
import static io.mysqlmmm.kubectl.cluster.TestResources.shop;
import static org.assertj.core.api.Assertions.assertThat;

import io.mysqlmmm.kubectl.cluster.Pair;
import org.junit.jupiter.api.Test;

class PairTextTest {
  private static String text(Pair pair) {
    return new PairText(new PairText.Detail(false, false, false)).render(pair);
  }

  @Test
  void showsAHealthyPairAsMmmDid() {
    assertThat(text(pair(SHOP)))
        .isEqualTo(
            """
            # shop: Active, writer db1, epoch 3, in sync: db1 db2
              db1(10.77.0.11) master/ONLINE. Roles: reader(10.77.0.101), writer(10.77.0.100)
              db2(10.77.0.12) master/ONLINE. Roles: reader(10.77.0.102)
            # Role writer is assigned to it's preferred host db1.
            """);
  }

  @Test
  void namesTheNamespaceWhenSeveralAreShown() {
    assertThat(new PairText(new PairText.Detail(false, true, false)).render(pair(SHOP)))
        .startsWith("# default/shop: Active,");
  }

  @Test
  void goesOnWithDetailsWhenWide() {
    assertThat(new PairText(new PairText.Detail(true, false, false)).render(pair(SHOP)))
        .contains(
            """
              db2(10.77.0.12) master/ONLINE. Roles: reader(10.77.0.102) | mysqld 9.7.0, read-only, \
            lag 12 ms, since 2026-11-22T09:01:00Z, GTIDs 6b7a:1-20
            """);
  }

  @Test
  void showsADeadHostAndAnUnreachableAgent() {
    Pair degraded =
        shop(
            """
            status:
              ledger: {epoch: 4, writer: db2, inSync: [db2]}
              hosts:
              - {name: db1, address: 10.77.0.11, mode: Master, state: HARD_OFFLINE,
                 reason: mysqld is down, since: "2026-11-22T10:00:00Z", writable: false, vips: []}
              - {name: db2, address: 10.77.0.12, mode: Master, state: UNKNOWN,
                 reason: no answer for 3 s, since: "2026-11-22T10:01:00Z"}
              roles:
              - {name: writer, assignments: [{ip: 10.77.0.100, host: db2, held: false}]}
              - {name: reader, assignments: [{ip: 10.77.0.101}, {ip: 10.77.0.102, host: db2}]}
              verdict: "WRITER_UNKNOWN: db2 does not answer"
              conditions:
              - {type: Ready, status: "False", reason: Unknown, message: db2 does not answer.}
              - {type: Redundant, status: "False", reason: Solo}
            """);

    assertThat(text(degraded))
        .isEqualTo(
            """
            # shop: Active, writer db2, epoch 4, in sync: db2, NOT HEALTHY
            # Warning: agent on host db2 is not reachable
            # Warning: reader(10.77.0.101) is orphaned: no host holds it
            # Warning: writer(10.77.0.100) is not up on db2
              db1(10.77.0.11) master/HARD_OFFLINE. Roles:\s
              db2(10.77.0.12) master/UNKNOWN. Roles: reader(10.77.0.102), writer(10.77.0.100)
            # Role writer has db1 configured as it's preferred host but is assigned to db2 at the moment.
            # db1 is HARD_OFFLINE since 2026-11-22T10:00:00Z: mysqld is down
            # db2 is UNKNOWN since 2026-11-22T10:01:00Z: no answer for 3 s
            # Ready: False: db2 does not answer.
            # Redundant: False: Solo
            # Verdict: WRITER_UNKNOWN: db2 does not answer
            """);
  }

  @Test
  void warnsOfAgentsThatDoNotAnswer() {
    assertThat(
            text(
                shop(
                    """
                    status:
                      hosts:
                      - {name: db1, state: HARD_OFFLINE,
                         reason: "its agent does not answer: no connection"}
                      - {name: db2, state: ADMIN_OFFLINE, checks: [{name: ping, state: FAILED}]}
                    """)))
        .contains(
            "# Warning: agent on host db1 is not reachable\n"
                + "# Warning: agent on host db2 is not reachable\n");
    assertThat(
            text(
                shop(
                    """
                    status:
                      hosts:
                      - {name: db1, state: HARD_OFFLINE, reason: mysqld is down,
                         checks: [{name: ping, state: OK}, {name: mysql, state: FAILED}]}
                      - {name: db2, state: ONLINE, checks: [{name: ping, state: UNKNOWN}]}
                    """)))
        .doesNotContain("not reachable");
  }

  @Test
  void warnsOfAnAddressOnTheWrongHostAndOfTwoWritableHosts() {
    Pair split =
        shop(
            """
            status:
              hosts:
              - {name: db1, address: 10.77.0.11, state: ONLINE, writable: true, vips: [10.77.0.100]}
              - {name: db2, address: 10.77.0.12, state: ONLINE, writable: true, vips: [10.77.0.100]}
              roles:
              - {name: writer, assignments: [{ip: 10.77.0.100, host: db1, held: true}]}
            """);

    assertThat(text(split))
        .contains(
            """
            # Warning: writer(10.77.0.100) is on db2 but belongs on db1
            # Warning: more than one host is writable: db1, db2
            """);
  }

  @Test
  void showsThePassiveModeWithMmmsWords() {
    assertThat(text(shop("spec: {mode: Passive}")))
        .contains("# --- Monitor is in PASSIVE MODE ---\n# Cause: spec.mode is Passive.\n");
  }

  @Test
  void showsTheLastMove() {
    assertThat(
            text(
                shop(
                    """
                    status:
                      lastMove: {role: writer, host: db1, requestedAt: "2026-11-22T10:00:00Z",
                        outcome: Done, from: db2, message: moved, pauseMillis: 35}
                    """)))
        .endsWith(
            "# Last move: writer from db2 to db1 at 2026-11-22T10:00:00Z: Done (pause 35 ms).\n");
  }

  @Test
  void saysThatTheOperatorMovedByItself() {
    assertThat(
            text(
                shop(
                    """
                    status:
                      lastMove: {role: writer, host: db1, requestedAt: by the operator,
                        startedAt: "2026-11-22T10:00:00Z", outcome: Done, from: db2,
                        pauseMillis: 35}
                    """)))
        .endsWith(
            "# Last move: writer from db2 to db1 by the operator at 2026-11-22T10:00:00Z: Done"
                + " (pause 35 ms).\n");
  }

  @Test
  void showsWhyTheLastMoveWasRefused() {
    assertThat(
            text(
                shop(
                    """
                    status:
                      lastMove: {role: writer, host: db2, requestedAt: "2026-11-22T10:00:00Z",
                        outcome: Refused, from: db1, message: db2 is HARD_OFFLINE.}
                    """)))
        .endsWith(
            "# Last move: writer from db1 to db2 at 2026-11-22T10:00:00Z: Refused. db2 is"
                + " HARD_OFFLINE.\n");
  }

  @Test
  void showsARequestThatNobodyHasTakenUp() {
    assertThat(
            text(
                shop(
                    """
                    spec:
                      moveRole: {role: writer, host: db2, requestedAt: "2026-11-22T11:00:00Z"}
                    """)))
        .endsWith("# Move asked for: writer to db2 at 2026-11-22T11:00:00Z, not taken up yet.\n");
  }

  @Test
  void keepsQuietAboutARequestOlderThanTheResource() {
    assertThat(
            text(
                shop(
                    """
                    spec:
                      moveRole: {role: writer, host: db2, requestedAt: "2026-11-22T08:00:00Z"}
                    """)))
        .doesNotContain("Move asked for");
  }

  @Test
  void showsTheSpecWhileThereIsNoStatus() {
    assertThat(text(shop("status: null")))
        .isEqualTo(
            """
            # shop: Active, no writer yet, NOT HEALTHY
            # Warning: agent on host db1 is not reachable
            # Warning: agent on host db2 is not reachable
              db1(node1) master/UNKNOWN. Roles:\s
              db2(node2) master/UNKNOWN. Roles:\s
            # No operator has looked at it yet.
            """);
  }

  @Test
  void showsThatAWaitIsOver() {
    assertThat(text(shop("{spec: {mode: Wait}, status: {plan: {mode: Active}}}")))
        .startsWith("# shop: Wait (Active now), writer db1,");
    assertThat(text(shop("{spec: {mode: Wait}, status: {plan: {mode: Wait}}}")))
        .startsWith("# shop: Wait, writer db1,");
  }

  @Test
  void showsAFlappingHostAndHowItComesBack() {
    assertThat(
            text(
                shop(
                    """
                    status:
                      hosts:
                      - {name: db2, state: AWAITING_RECOVERY,
                         guard: {flapping: true, flapCount: 4, flapsSince: "2026-11-22T10:00:00Z"}}
                    """)))
        .contains(
            "# db2 is FLAPPING: it left ONLINE 4 times since 2026-11-22T10:00:00Z. kubectl mmm"
                + " set-online db2 lets it come back.\n");
  }

  @Test
  void showsPlannedIpsUntilTheyAreDealtWith() {
    String asked =
        """
        spec:
          mode: Passive
          setIp:
          - {ip: 10.77.0.100, host: db2, requestedAt: "2026-11-22T10:00:00Z"}
          - {ip: 10.77.0.101, host: db2, requestedAt: "2026-11-22T08:00:00Z"}
        """;

    assertThat(text(shop(asked)))
        .contains(
            "# Planned: 10.77.0.100 on db2, asked for at 2026-11-22T10:00:00Z; carried out when the"
                + " mode is not Passive.\n")
        .doesNotContain("# Planned: 10.77.0.101");
    assertThat(
            text(
                shop(
                    asked.replace("Passive", "Active")
                        + "status: {plan: {setIps: [{ip: 10.77.0.100, host: db2, requestedAt:"
                        + " '2026-11-22T10:00:00Z'}]}}")))
        .doesNotContain("Planned");
  }

  @Test
  void showsTheHistoryWhenAskedOrWide() {
    Pair shop =
        shop(
            """
            status: {plan: {history: [
              {at: "2026-11-22T10:00:00Z", what: db2 became HARD_OFFLINE},
              {at: "2026-11-22T10:01:00Z", what: db2 became ONLINE}]}}
            """);
    String history =
        "# 2026-11-22T10:00:00Z db2 became HARD_OFFLINE\n"
            + "# 2026-11-22T10:01:00Z db2 became ONLINE\n";

    assertThat(text(shop)).doesNotContain("became");
    assertThat(new PairText(new PairText.Detail(false, false, true)).render(shop))
        .endsWith(history);
    assertThat(new PairText(new PairText.Detail(true, false, false)).render(shop))
        .endsWith(history);
  }
}
