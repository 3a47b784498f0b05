package io.mysqlmmm.kubectl;

import static io.mysqlmmm.kubectl.FakePairs.REQUESTED_AT;
import static io.mysqlmmm.kubectl.FakePairs.asked;
import static io.mysqlmmm.kubectl.FakePairs.withOutcome;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.mysqlmmm.api.v1alpha1.MoveRoleRequest;
import io.mysqlmmm.kubectl.cluster.ClusterException;
import io.mysqlmmm.kubectl.cluster.ClusterException.Kind;
import io.mysqlmmm.kubectl.cluster.Pair;
import io.mysqlmmm.kubectl.cluster.Pairs.Change;
import io.mysqlmmm.kubectl.cluster.TestResources;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class MoveRoleTest {
  private static final Duration TIMEOUT = Duration.ofSeconds(30);
  private static final Pair DONE = withOutcome("Done", "from: db1, pauseMillis: 35");

  private final FakePairs pairs = new FakePairs();

  private void assertOutcome(ExitStatus status, String text) throws ClusterException {
    MoveOutcome outcome = pairs.move(TIMEOUT);

    assertThat(MoveRoleText.render(outcome, new Pair.Key("default", "shop"))).isEqualTo(text);
    assertThat(outcome.exitStatus()).isEqualTo(status);
    assertThat(pairs.isPlayed()).isTrue();
  }

  private void assertMoved() throws ClusterException {
    assertOutcome(
        ExitStatus.DONE, "OK: Role 'writer' has been moved from 'db1' to 'db2' (pause 35 ms).");
  }

  @Test
  void asksOnceWithTheTimeInMicrosecondsAndWatchesFromThere() throws Exception {
    pairs.thenSeen(withOutcome("InProgress", "from: db1")).thenSeen(DONE);

    assertMoved();
    assertThat(pairs.requested())
        .contains(new MoveRoleRequest("writer", "db2", REQUESTED_AT, null));
    assertThat(pairs.watchedFrom()).containsExactly("5");
  }

  @Test
  void needsNoWatchWhenTheOutcomeIsThereAlready() throws Exception {
    pairs.answering(DONE);

    assertMoved();
    assertThat(pairs.watchedFrom()).isEmpty();
  }

  @Test
  void ignoresTheOutcomeOfAnEarlierRequest() throws Exception {
    pairs
        .answering(
            asked("status: {lastMove: {requestedAt: '2026-11-22T09:30:00Z', outcome: Done}}"))
        .thenSeen(DONE);

    assertMoved();
  }

  @Test
  void readsAgainAndWatchesOnWhenTheWatchEnds() throws Exception {
    pairs
        .then(new Change.Ended())
        .thenRead(asked("metadata: {resourceVersion: '8'}"))
        .thenSeen(DONE);

    assertMoved();
    assertThat(pairs.watchedFrom()).containsExactly("5", "8");
  }

  @Test
  void findsTheOutcomeThatCameBetweenTwoWatches() throws Exception {
    pairs.then(new Change.Ended()).thenRead(DONE);

    assertMoved();
  }

  @Test
  void outlivesAnApiServerThatIsAwayForAWhile() throws Exception {
    pairs
        .thenWatchFails(Kind.UNREACHABLE)
        .thenReadFails(Kind.UNREACHABLE)
        .thenWatchFails(Kind.SERVER)
        .thenRead(DONE);

    assertMoved();
  }

  @Test
  void givesUpWhenItMayNotWatch() {
    pairs.thenWatchFails(Kind.FORBIDDEN);

    assertThatThrownBy(() -> pairs.move(TIMEOUT)).hasMessage("The watch failed.");
  }

  @Test
  void saysThatTheRoleWasThereAlready() throws Exception {
    pairs.thenSeen(withOutcome("Done", "message: Role 'writer' is on 'db2' already."));

    assertOutcome(ExitStatus.DONE, "OK: Role 'writer' is on 'db2' already.");
  }

  @Test
  void saysItWithMmmsWordsWhenTheOperatorDoesNot() throws Exception {
    pairs.thenSeen(withOutcome("Done", "from: db2"));

    assertOutcome(ExitStatus.DONE, "OK: Role is on 'db2' already.");
  }

  @Test
  void callsItNoErrorWhenTheOperatorRefusedBecauseTheRoleWasThere() throws Exception {
    pairs.thenSeen(withOutcome("Refused", "from: db2, message: The role is there."));

    assertOutcome(ExitStatus.DONE, "OK: The role is there.");
  }

  @Test
  void printsWhyItWasRefused() throws Exception {
    pairs.thenSeen(withOutcome("Refused", "from: db1, message: db2 is 70 s behind."));

    assertOutcome(ExitStatus.REFUSED, "ERROR: db2 is 70 s behind.");
  }

  @Test
  void printsWhyItWasAborted() throws Exception {
    pairs.thenSeen(withOutcome("Aborted", "from: db1, message: db2 did not catch up in 10 s."));

    assertOutcome(ExitStatus.REFUSED, "ERROR: db2 did not catch up in 10 s.");
  }

  @Test
  void noticesThatAnotherRequestReplacedItsOwn() throws Exception {
    pairs.thenSeen(
        TestResources.shop(
            "spec: {moveRole: {role: writer, host: db1, requestedAt: '2026-11-22T11:00:00Z'}}"));

    assertOutcome(
        ExitStatus.REFUSED,
        "ERROR: Another request (role 'writer' to 'db1', 2026-11-22T11:00:00Z) replaced this one"
            + " before it was taken up.");
  }

  @Test
  void findsOutWhenALaterMoveHasTakenItsPlaceInTheStatus() throws Exception {
    String overwritten =
        """
        status:
          lastMove: {role: writer, host: db1, requestedAt: by the operator}
          plan: {moveRole: {role: writer, host: db2, requestedAt: '%s'}}
          roles: [{name: writer, assignments: [{ip: 10.77.0.100, host: %s}]}]
        """;
    pairs.thenSeen(asked(overwritten.formatted(REQUESTED_AT, "db2")));

    assertOutcome(ExitStatus.DONE, "OK: Role 'writer' is on 'db2'.");
    pairs.thenSeen(asked(overwritten.formatted(REQUESTED_AT, "db1")));
    assertOutcome(
        ExitStatus.REFUSED,
        "ERROR: The request was dealt with, but role 'writer' is not on 'db2' and a later move has"
            + " taken its place in the status. Look with: kubectl mmm show --history -n default"
            + " shop");
  }

  @Test
  void noticesThatItsClockIsBehind() throws Exception {
    pairs.at(Instant.parse("2026-11-22T08:59:00Z"));

    assertOutcome(
        ExitStatus.REFUSED,
        "ERROR: The request (2026-11-22T08:59:00Z) is older than the resource"
            + " (2026-11-22T09:00:00Z) and is ignored: is the clock of this machine behind the"
            + " cluster's?");
  }

  @Test
  void noticesThatTheResourceIsGone() throws Exception {
    pairs.then(new Change.Deleted());

    assertOutcome(
        ExitStatus.UNAVAILABLE, "ERROR: MySQLMultiMaster 'default/shop' has been deleted.");
  }

  @Test
  void timesOutWhenNobodyTakesItUp() throws Exception {
    assertOutcome(
        ExitStatus.TIMED_OUT,
        "ERROR: No outcome within 30 s: no operator has taken the request up. The request stays."
            + " Look with: kubectl mmm show -n default shop");
  }

  @Test
  void timesOutWhileItIsInProgress() throws Exception {
    pairs.thenSeen(withOutcome("InProgress", "from: db1"));

    assertOutcome(
        ExitStatus.TIMED_OUT,
        "ERROR: No outcome within 30 s: the move is in progress. The request stays. Look with:"
            + " kubectl mmm show -n default shop");
  }

  @Test
  void endsAtTheDeadlineHoweverOftenTheWatchEnds() throws Exception {
    for (int i = 0; i < 120; i++) {
      pairs.then(new Change.Ended());
      if (i < 119) {
        pairs.thenRead(asked("{}"));
      }
    }

    assertThat(pairs.move(TIMEOUT)).isEqualTo(new MoveOutcome.TimedOut(TIMEOUT, false));
    assertThat(pairs.isPlayed()).isTrue();
  }
}
