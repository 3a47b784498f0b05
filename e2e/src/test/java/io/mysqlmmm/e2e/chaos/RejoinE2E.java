package io.mysqlmmm.e2e.chaos;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import io.mysqlmmm.api.v1alpha1.HostCloneStatus;
import io.mysqlmmm.e2e.Command;
import io.mysqlmmm.e2e.Eventually;
import io.mysqlmmm.e2e.PairUnderTest;
import io.mysqlmmm.e2e.WriteProbe;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Hosts that cannot come back by replicating are cloned while clients write. */
class RejoinE2E extends EachWithAPair {
  private static final Duration SOON = Duration.ofSeconds(30);
  private static final Duration CLONED = Duration.ofMinutes(2);
  private static final String RECEIVERS =
      "SELECT COUNT(*) FROM performance_schema.replication_connection_status"
          + " WHERE SERVICE_STATE <> 'OFF'";

  private HostCloneStatus lastClone(String name) {
    return requireNonNull(pair.host(name).lastClone(), "no clone yet: " + pair.host(name));
  }

  /**
   * The standby gets what the writer lacks. It is offline meanwhile, and neither replicates from
   * the other: the writer would else get it as well.
   */
  private void diverge(String standby) throws Exception {
    Administrator administrator = Administrator.of(client);
    pair.setOffline(standby, true);
    Eventually.within(
        SOON,
        () -> {
          for (String host : PairUnderTest.HOSTS) {
            assertThat(administrator.ask(host, RECEIVERS))
                .as("receivers of " + host)
                .isEqualTo("0");
          }
        });
    // Tried again: its agent may close it again between the two statements.
    Eventually.within(
        SOON,
        () -> administrator.execute(standby, "SET GLOBAL read_only = OFF; CREATE DATABASE errant"));
    pair.setOffline(standby, false);
    assertThat(administrator.ask(pair.writer(), "SHOW DATABASES LIKE 'errant'"))
        .as("what only the standby is to have")
        .isEmpty();
  }

  private void awaitCloned(String standby, WriteProbe probe) throws Exception {
    Eventually.within(
        CLONED,
        () -> {
          assertThat(lastClone(standby).state())
              .as(lastClone(standby).toString())
              .isEqualTo("Done");
          assertThat(pair.ledger().inSync()).contains(standby);
        });
    assertThat(lastClone(standby).from()).isEqualTo(pair.writer());
    probe.awaitMore(50, SOON);
    probe.stop();
    pair.awaitCaughtUp();
    probe.awaitNothingLost(SOON);
    assertThat(pair.query(PairUnderTest.address(standby), "SHOW DATABASES LIKE 'errant'"))
        .as("what was given up")
        .isEmpty();
  }

  @Test
  void aStandbyWithANewDiskIsClonedWhenTheWriterHasPurgedItsBinlogs() throws Exception {
    String standby = pair.standby();
    try (WriteProbe probe = new WriteProbe(pair, "rejoin", 3)) {
      probe.awaitMore(100, SOON);
      client.pods().inNamespace("default").withName("shop-" + standby + "-0").delete();
      Eventually.within(SOON, () -> assertThat(Processes.mysqld(standby)).isEmpty());
      // While the standby was connected its dump thread held on to them.
      Administrator.of(client)
          .execute(
              pair.writer(),
              "FLUSH BINARY LOGS; PURGE BINARY LOGS BEFORE DATE_ADD(NOW(), INTERVAL 1 DAY)");
      DataVolume.of(standby).wipe(standby);

      awaitCloned(standby, probe);
    }
  }

  /** Its own server_id must not make it pass over what it wrote itself (docs/decisions/018). */
  @Test
  void aStandbyWithANewDiskGetsBackWhatItWroteAsTheWriter() throws Exception {
    String standby = pair.standby();
    try (WriteProbe probe = new WriteProbe(pair, "rejoin", 3)) {
      for (String writer : List.of(standby, pair.writer())) {
        probe.awaitMore(50, SOON);
        Command.require("kubectl", "mmm", "move-role", "writer", writer);
      }
      probe.awaitMore(50, SOON);
      client.pods().inNamespace("default").withName("shop-" + standby + "-0").delete();
      Eventually.within(SOON, () -> assertThat(Processes.mysqld(standby)).isEmpty());
      DataVolume.of(standby).wipe(standby);
      Eventually.within(SOON, () -> assertThat(pair.ledger().inSync()).doesNotContain(standby));

      pair.awaitTrue("Redundant", CLONED);
      probe.awaitMore(50, SOON);
      probe.stop();
      pair.awaitCaughtUp();
      assertThat(probe.lostAt(PairUnderTest.address(standby))).isEmpty();
    }
  }

  @Test
  void aStandbyWithTransactionsOfItsOwnIsCloned() throws Exception {
    String standby = pair.standby();
    try (WriteProbe probe = new WriteProbe(pair, "rejoin", 3)) {
      probe.awaitMore(100, SOON);
      diverge(standby);

      awaitCloned(standby, probe);
    }
  }

  @Test
  void underManualItWaitsForARequest() throws Exception {
    pair.patchSpec("{\"rejoin\":\"Manual\"}");
    String standby = pair.standby();
    try (WriteProbe probe = new WriteProbe(pair, "rejoin", 3)) {
      probe.awaitMore(100, SOON);
      diverge(standby);
      Eventually.within(
          SOON,
          () -> {
            assertThat(pair.condition("Redundant").getMessage())
                .contains(standby + " is held out")
                .contains("spec.rejoin is Manual");
            assertThat(pair.host(standby).reason()).startsWith("ErrantTransactions");
          });
      assertThat(pair.host(standby).lastClone()).isNull();

      String at = Instant.now().toString();
      pair.patchSpec(
          """
          {"hosts":[
            {"name":"db1","nodeName":"node1","mode":"Master","peer":"db2"%s},
            {"name":"db2","nodeName":"node2","mode":"Master","peer":"db1"%s}]}"""
              .formatted(request("db1", standby, at), request("db2", standby, at)));

      awaitCloned(standby, probe);
      assertThat(lastClone(standby).requestedAt()).isEqualTo(at);
    }
  }

  private static String request(String host, String wanted, String at) {
    return host.equals(wanted) ? ",\"clone\":{\"requestedAt\":\"%s\"}".formatted(at) : "";
  }
}
