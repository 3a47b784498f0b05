package io.mysqlmmm.operator.monitor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.mysqlmmm.api.v1alpha1.PreflightStatus;
import io.mysqlmmm.operator.core.Topology.Host;
import io.mysqlmmm.operator.core.Topology.Kind;
import io.mysqlmmm.shared.agent.Mysqld;
import io.mysqlmmm.shared.agent.Preflight;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class PreflightStatusesTest {
  private static final Preflight DATA_SET =
      new Preflight(
          List.of(new Preflight.Finding("gtid_mode", Preflight.Level.OK, "ON", "ON", "")));

  private static Host host(boolean external) {
    return new Host(
        "db1",
        "node1",
        Kind.MASTER,
        Optional.of("db2"),
        "10.0.0.1",
        Duration.ZERO,
        false,
        external);
  }

  private static @Nullable List<PreflightStatus> external(
      Optional<Mysqld> mysqld, Optional<Preflight> found, @Nullable List<PreflightStatus> before) {
    return PreflightStatuses.of(host(true), mysqld, found, before);
  }

  private static Optional<Mysqld> absent(String startError) {
    return Optional.of(new Mysqld.Absent("gone", Optional.of(startError)));
  }

  @Test
  void aHostOfTheOperatorsHasWhatTheAgentFound() {
    assertThat(PreflightStatuses.of(host(false), absent("no data set"), Optional.empty(), null))
        .isNull();
    assertThat(PreflightStatuses.of(host(false), Optional.empty(), Optional.of(DATA_SET), null))
        .extracting(PreflightStatus::name)
        .containsExactly("gtid_mode");
  }

  @Test
  void whatKeepsAMysqldOfTheNodesFromStartingIsMissing() {
    assertThat(external(absent("its unit is not there"), Optional.of(DATA_SET), null))
        .extracting(PreflightStatus::name, PreflightStatus::state, PreflightStatus::found)
        .containsExactly(
            tuple("start of mysqld", "MISSING", "its unit is not there"),
            tuple("gtid_mode", "OK", "ON"));
  }

  @Test
  void whatWasSaidStaysWhileNothingIsKnown() {
    List<PreflightStatus> before =
        external(absent("its unit is not there"), Optional.of(DATA_SET), null);

    assertThat(external(Optional.empty(), Optional.empty(), before)).isEqualTo(before);
    assertThat(external(Optional.of(new Mysqld.Starting()), Optional.empty(), before))
        .isEqualTo(before);
    assertThat(external(absent("another"), Optional.empty(), before))
        .extracting(PreflightStatus::found)
        .containsExactly("another", "ON");
  }
}
