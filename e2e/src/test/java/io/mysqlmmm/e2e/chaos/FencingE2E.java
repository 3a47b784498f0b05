package io.mysqlmmm.e2e.chaos;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.client.KubernetesClient;
import io.mysqlmmm.api.v1alpha1.PlanStatus;
import io.mysqlmmm.e2e.Eventually;
import io.mysqlmmm.e2e.Lab;
import io.mysqlmmm.e2e.PairUnderTest;
import io.mysqlmmm.e2e.WriteProbe;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * The writer's node is cut off, and spec.monitor.fencing names a hook: what the hook answers
 * counts. MMM's kill_host was called, and the failover went on whatever it said.
 */
class FencingE2E {
  private static final Duration START = Duration.ofMinutes(3);
  private static final Duration SOON = Duration.ofSeconds(30);

  /** Long beside everything else, so that it shows whether it was waited for. */
  private static final Duration LEASE = Duration.ofSeconds(10);

  private static KubernetesClient client;
  private static PairUnderTest pair;
  private static PowerSwitch hook;
  private final Undos undos = new Undos();

  @BeforeAll
  static void apply() throws Exception {
    client = Lab.client();
    pair = new PairUnderTest(client);
    hook = PowerSwitch.start();
    // The leader is to be on the side that hears of the loss.
    Operators.keepTo(List.of("node3"));
    pair.apply(
        PairUnderTest.sample().replace(", prefer: db1", "")
            + """
              monitor:
                leaseTtl: %ds
                checks: {ping: {trap: 2s}}
                fencing: {url: '%s', timeout: 1s}
            """
                .formatted(LEASE.toSeconds(), hook.url()));
  }

  @BeforeEach
  void settle() throws Exception {
    hook.works();
    pair.patchSpec("{\"monitor\":{\"fencing\":{\"required\":false}}}");
    pair.awaitTrue("Redundant", START);
    hook.forget();
  }

  @AfterEach
  void heal() {
    assertThat(undos.runAll()).isEmpty();
  }

  @AfterAll
  static void cleanUp() throws Exception {
    pair.remove();
    hook.close();
    client.close();
    Operators.letGo();
  }

  private Instant cut(String host) throws Exception {
    undos.add(NetworkFaults.linkDown(PairUnderTest.node(host)));
    return Instant.now();
  }

  private static Duration awaitWriter(String host, Instant since) {
    Eventually.within(SOON, () -> assertThat(pair.writer()).isEqualTo(host));
    return Duration.between(since, Instant.now());
  }

  private static void awaitInHistory(String sentence) {
    Eventually.within(
        SOON,
        () ->
            assertThat(requireNonNull(requireNonNull(pair.status().plan()).history()))
                .extracting(PlanStatus.Change::what)
                .anyMatch(what -> what.startsWith(sentence)));
  }

  @Test
  void aHookThatConfirmsSavesTheWaitForTheLease() throws Exception {
    String lost = pair.writer();
    String left = pair.standby();
    try (WriteProbe probe = new WriteProbe(pair, "fenced", 2)) {
      probe.awaitMore(20, SOON);
      long epoch = pair.epoch();

      Duration took = awaitWriter(left, cut(lost));

      assertThat(took).isLessThan(LEASE);
      assertThat(hook.calls().getFirst())
          .contains("\"namespace\":\"default\"", "\"name\":\"shop\"")
          .contains("\"host\":\"%s\"".formatted(lost))
          .contains("\"nodeName\":\"%s\"".formatted(PairUnderTest.node(lost)))
          .contains("\"address\":\"%s\"".formatted(PairUnderTest.address(lost)))
          .contains("\"epoch\":%d".formatted(epoch));
      awaitInHistory(lost + " was switched off by spec.monitor.fencing");
      probe.awaitMore(20, SOON);
      heal();
      pair.awaitTrue("Redundant", START);
      System.out.println("writer replaced with the hook's word after " + took);
      probe.stop();
      probe.awaitNothingLost(SOON);
    }
  }

  @Test
  void aHookThatFailsProvesNothingAndTheLeaseIsWaitedFor() throws Exception {
    String lost = pair.writer();
    String left = pair.standby();
    hook.fails();

    Duration took = awaitWriter(left, cut(lost));

    // The last vote may have been given a heartbeat before the cut.
    assertThat(took).isGreaterThan(LEASE.minusMillis(500));
    awaitInHistory(
        "spec.monitor.fencing did not switch %s off: it answered with status 500".formatted(lost));
    System.out.println("writer replaced without the hook's word after " + took);
  }

  @Test
  void whereTheHookIsRequiredNobodyIsPromotedWithoutItsWord() throws Exception {
    pair.patchSpec("{\"monitor\":{\"fencing\":{\"required\":true}}}");
    String lost = pair.writer();
    String left = pair.standby();
    hook.denies();

    Instant since = cut(lost);

    // It says so when the lease is over.
    Eventually.within(
        SOON,
        () ->
            assertThat(pair.status().verdict())
                .endsWith(
                    "as soon as spec.monitor.fencing confirms that %s is off".formatted(lost)));
    int calls = hook.calls().size();
    Eventually.within(SOON, () -> assertThat(hook.calls()).hasSizeGreaterThan(calls));
    assertThat(pair.writer()).isEqualTo(lost);
    assertThat(pair.is("WriterAvailable")).isFalse();

    hook.works();

    Duration took = awaitWriter(left, since);
    assertThat(took).isGreaterThan(LEASE);
  }
}
