package io.mysqlmmm.kubectl;

import static io.mysqlmmm.kubectl.cluster.TestResources.shop;
import static org.assertj.core.api.Assertions.assertThat;

import io.mysqlmmm.kubectl.cluster.ClusterException;
import io.mysqlmmm.kubectl.cluster.OperatorLease;
import io.mysqlmmm.kubectl.cluster.Pair;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import org.junit.jupiter.api.Test;

class PingTest {
  private static final Instant NOW = FakePairs.NOW;
  private static final Pair SEEN = shop("{}");

  private final FakePairs pairs = new FakePairs();

  private static OperatorLease lease(Instant renewed) {
    return new OperatorLease.Seen("operator-1", renewed, Duration.ofSeconds(3));
  }

  private Answer ping(Pair pair, OperatorLease... answers) throws ClusterException {
    Deque<OperatorLease> leases = new ArrayDeque<>(List.of(answers));
    Answer answer = new Ping(pairs, pairs, leases::remove).run(pair, "mysql-mmm-system");
    assertThat(leases).isEmpty();
    return answer;
  }

  private static Answer dead(String why) {
    return Answer.failed(ExitStatus.UNAVAILABLE, "Can't connect to monitor daemon! " + why);
  }

  @Test
  void answersWithMmmsWordsWhenTheLeaseIsFreshAndTheStatusIsNew() throws Exception {
    assertThat(ping(SEEN, lease(NOW.minusSeconds(2))))
        .isEqualTo(Answer.done("Pinged successfully!"));
  }

  @Test
  void goesByARenewalWhenTheClocksDiffer() throws Exception {
    Instant longAgo = NOW.minusSeconds(3600);

    assertThat(ping(SEEN, lease(longAgo), lease(longAgo.plusSeconds(2))))
        .isEqualTo(Answer.done("Pinged successfully!"));
  }

  @Test
  void saysThatNobodyLeads() throws Exception {
    Instant longAgo = Instant.parse("2026-11-22T09:00:00Z");

    assertThat(ping(SEEN, lease(longAgo), lease(longAgo)))
        .isEqualTo(
            dead(
                "No operator leads: Lease 'mysql-mmm-system/mysql-mmm-operator' was renewed last"
                    + " at 2026-11-22T09:00:00Z."));
    OperatorLease givenUp = new OperatorLease.Seen("", NOW, Duration.ofSeconds(3));
    assertThat(ping(SEEN, givenUp, givenUp).status()).isEqualTo(ExitStatus.UNAVAILABLE);
  }

  @Test
  void saysThatThereIsNoLeaseThere() throws Exception {
    assertThat(ping(SEEN, new OperatorLease.Absent()).line())
        .contains("has no Lease 'mysql-mmm-operator'; is the operator elsewhere");
  }

  @Test
  void saysThatTheOperatorDoesNotLookAtTheResource() throws Exception {
    assertThat(ping(shop("metadata: {generation: 4}"), lease(NOW)))
        .isEqualTo(dead("No operator has looked at generation 4 of 'default/shop'."));
  }

  @Test
  void waitsForTheOperatorToLookAtAChange() throws Exception {
    pairs.thenSeen(shop("{metadata: {generation: 4}, status: {observedGeneration: 4}}"));

    assertThat(ping(shop("metadata: {generation: 4}"), lease(NOW)).status())
        .isEqualTo(ExitStatus.DONE);
  }

  @Test
  void saysWhatItRestsOnWhenTheLeaseIsHidden() throws Exception {
    assertThat(ping(SEEN, new OperatorLease.Hidden()))
        .isEqualTo(
            Answer.done(
                "Pinged successfully! The operator's Lease may not be read. Its status is about"
                    + " generation 1, the present one."));
  }

  @Test
  void canSayNothingInPassiveModeWithoutTheLease() throws Exception {
    Pair passive = shop("{metadata: {generation: 2}, spec: {mode: Passive}}");

    assertThat(ping(passive, lease(NOW))).isEqualTo(Answer.done("Pinged successfully!"));
    assertThat(ping(passive, new OperatorLease.Hidden()).status())
        .isEqualTo(ExitStatus.UNAVAILABLE);
  }
}
