package io.mysqlmmm.operator.monitor;

import static org.assertj.core.api.Assertions.assertThat;

import io.mysqlmmm.api.v1alpha1.MySQLMultiMaster;
import io.mysqlmmm.api.v1alpha1.RoleSpec;
import io.mysqlmmm.operator.core.Move;
import io.mysqlmmm.operator.core.Topology;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;

class RequestsTest {
  private static final String AT = "2026-01-02T00:00:00Z";
  private final Remembered remembered = new Remembered();

  private static MySQLMultiMaster resource(boolean offline, String setOnline) {
    MySQLMultiMaster pair = Resources.pair("Active");
    Objects.requireNonNull(pair.getSpec().hosts())
        .replaceAll(
            host -> "db2".equals(host.name()) ? Resources.host("db2", offline, setOnline) : host);
    return pair;
  }

  private Map<String, String> asked(MySQLMultiMaster resource, Topology topology) {
    return new Requests(resource, remembered).setOnline(topology);
  }

  @Test
  void aRequestIsSeenOnce() {
    MySQLMultiMaster resource = resource(false, AT);

    assertThat(asked(resource, Resources.topology(resource))).isEqualTo(Map.of("db2", AT));
  }

  @Test
  void aRequestOlderThanTheResourceIsNone() {
    MySQLMultiMaster resource = resource(false, "2025-12-31T00:00:00Z");

    assertThat(asked(resource, Resources.topology(resource))).isEmpty();
  }

  /** Seen: the answer to a write of the status brought the new spec before the topology had it. */
  @Test
  void aRequestThatComesWithTheEndOfOfflineWaitsForIt() {
    MySQLMultiMaster before = resource(true, "2026-01-01T12:00:00Z");
    MySQLMultiMaster after = resource(false, AT);

    assertThat(asked(after, Resources.topology(before))).isEmpty();
    assertThat(asked(after, Resources.topology(after))).isEqualTo(Map.of("db2", AT));
  }

  @Test
  void aPlannedIpIsKnownHoweverItIsWritten() {
    MySQLMultiMaster resource =
        Resources.pair(
            "Active", "setIp: [{ip: 'FD00:77:0::64', host: db2, requestedAt: '" + AT + "'}]");
    Objects.requireNonNull(resource.getSpec().roles())
        .replaceAll(
            role ->
                "writer".equals(role.name())
                    ? new RoleSpec(
                        "writer", role.mode(), role.hosts(), List.of("fd00:77:0:0::64"), null)
                    : role);
    Requests requests = new Requests(resource, remembered);

    Move.Request move = requests.writerIp(Resources.topology(resource)).orElseThrow();

    assertThat(move.host()).isEqualTo("db2");
    remembered.dealt(requests.asSetIp(move).orElseThrow(), Instant.EPOCH, "done");
    assertThat(requests.writerIp(Resources.topology(resource))).isEmpty();
  }
}
