package io.mysqlmmm.operator.core;

import static org.assertj.core.api.Assertions.assertThat;

import io.mysqlmmm.operator.core.Topology.Host;
import io.mysqlmmm.operator.core.Topology.Kind;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class HostChangesTest {
  private final Topology wanted = new SimulatedPair().topology();
  private final Map<String, Host> present = new HashMap<>();

  HostChangesTest() {
    wanted.hosts().forEach(host -> present.put(host.name(), host));
  }

  private HostChanges.Effect judge() {
    return HostChanges.judge(wanted, present, Optional.of("db1"));
  }

  private static Host host(String name, String node, Kind kind) {
    return new Host(name, node, kind, Optional.empty(), "10.0.9.9");
  }

  @Test
  void whatDidNotChangeIsAsTheSpecSays() {
    assertThat(judge().hosts()).contains(wanted);
    assertThat(judge().watched()).contains(wanted);
    assertThat(judge().refusal()).isEmpty();
  }

  @Test
  void aReplicaThatLeftIsWatchedWithoutARole() {
    present.put("db3", host("db3", "node3", Kind.REPLICA));

    assertThat(judge().leaving()).containsExactly("db3");
    assertThat(judge().hosts()).contains(wanted);
    assertThat(judge().watched().orElseThrow().hosts()).extracting(Host::name).contains("db3");
  }

  @Test
  void theWriterStaysOnItsNodeUntilItWasMoved() {
    present.put("db1", host("db1", "node9", Kind.MASTER));

    assertThat(judge().hosts().orElseThrow().host("db1").nodeName()).isEqualTo("node9");
    assertThat(judge().refusal().orElseThrow()).contains("db1 is the writer", "node9", "db2 first");
  }

  @Test
  void theStandbyGoesToAnotherNode() {
    present.put("db2", host("db2", "node9", Kind.MASTER));

    assertThat(judge().hosts()).contains(wanted);
    assertThat(judge().refusal()).isEmpty();
  }

  @Test
  void aMasterIsNotReplacedByAnother() {
    present.put("db9", host("db9", "node9", Kind.MASTER));

    assertThat(judge().hosts()).isEmpty();
    assertThat(judge().refusal().orElseThrow()).contains("db9", "masters of a pair cannot");
  }

  @Test
  void aReplicaDoesNotBecomeAMaster() {
    present.put("db2", host("db2", "node2", Kind.REPLICA));

    assertThat(judge().refusal().orElseThrow()).contains("db2 is a Replica");
  }

  @Test
  void beforeThereIsALedgerEverythingMayChange() {
    present.put("db2", host("db2", "node2", Kind.REPLICA));

    assertThat(HostChanges.judge(wanted, present, Optional.empty()).hosts()).contains(wanted);
  }
}
