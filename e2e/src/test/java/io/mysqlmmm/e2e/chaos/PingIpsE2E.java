package io.mysqlmmm.e2e.chaos;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import io.mysqlmmm.api.v1alpha1.HostStatus;
import io.mysqlmmm.e2e.Command;
import io.mysqlmmm.e2e.Eventually;
import io.mysqlmmm.e2e.PairUnderTest;
import io.mysqlmmm.e2e.WriteProbe;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** MMM's ping_ips: it is the operator's own network that is gone, and no host is judged by it. */
class PingIpsE2E extends EachWithAPair {
  private static final Duration SOON = Duration.ofSeconds(30);
  private static final String NOBODY = "10.77.0.250";
  private static final String SOMEBODY = "10.77.0.1";

  private final Undos undos = new Undos();

  @Override
  String manifest() {
    return super.manifest()
        + """
          monitor:
            pingIps: [%s]
            checks: {ping: {trap: 5s}}
        """
            .formatted(NOBODY);
  }

  @BeforeEach
  void settle() {
    awaitStates("ONLINE");
  }

  @AfterEach
  void heal() {
    assertThat(undos.runAll()).isEmpty();
  }

  private List<String> states() {
    return requireNonNull(pair.status().hosts()).stream()
        .map(HostStatus::state)
        .distinct()
        .toList();
  }

  private void awaitStates(String state) {
    Eventually.within(SOON, () -> assertThat(states()).containsExactly(state));
  }

  @Test
  void whileNoneAnswersNoHostIsJudged() throws Exception {
    long epoch = pair.epoch();
    String writer = pair.writer();
    try (WriteProbe probe = new WriteProbe(pair, "cut", 2)) {
      probe.awaitMore(20, SOON);

      long before = pingsWithoutAnswer();

      undos.add(NetworkFaults.withoutOperators(NetworkFaults.nodesOfMasters()));

      // One each second, and the trap is 5 s.
      Eventually.within(SOON, () -> assertThat(pingsWithoutAnswer()).isGreaterThan(before + 8));
      assertThat(states()).containsExactly("ONLINE");
      long version = requireNonNull(pair.ledger().version());

      pair.patchSpec("{\"monitor\":{\"pingIps\":[\"%s\"]}}".formatted(SOMEBODY));

      awaitStates("HARD_OFFLINE");
      assertThat(pair.ledger().version()).isEqualTo(version);
      probe.awaitMore(20, SOON);
      assertThat(undos.runAll()).isEmpty();
      awaitStates("ONLINE");
      assertThat(pair.writer()).isEqualTo(writer);
      assertThat(pair.epoch()).isEqualTo(epoch);
      probe.stop();
      assertThat(probe.lostAt(PairUnderTest.WRITER_IP)).isEmpty();
    }
  }

  private long pingsWithoutAnswer() {
    return Command.require(
            "kubectl", "logs", "-n", Leader.NAMESPACE, Leader.pod(client).orElseThrow())
        .lines()
        .filter(line -> line.contains("it is the operator's network"))
        .count();
  }
}
