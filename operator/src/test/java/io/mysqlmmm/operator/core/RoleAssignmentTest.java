package io.mysqlmmm.operator.core;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import java.util.function.Predicate;
import org.junit.jupiter.api.Test;

class RoleAssignmentTest {
  private static final Topology PAIR = new SimulatedPair().topology();
  private static final String A = "10.0.0.101";
  private static final String B = "10.0.0.102";

  private static Map<String, String> assign(Predicate<String> eligible, Map<String, String> now) {
    return RoleAssignment.assign(PAIR, eligible, "db1", now);
  }

  @Test
  void theWriterCountsHalfSoTheFirstIpGoesToItsPeer() {
    assertThat(assign(_ -> true, Map.of())).isEqualTo(Map.of(A, "db2", B, "db1"));
  }

  @Test
  void anIpStaysWhereItIs() {
    Map<String, String> now = Map.of(A, "db1", B, "db2");

    assertThat(assign(_ -> true, now)).isEqualTo(now);
  }

  @Test
  void ipsLeaveAHostThatMayNotServe() {
    assertThat(assign(h -> h.equals("db1"), Map.of(A, "db1", B, "db2")))
        .isEqualTo(Map.of(A, "db1", B, "db1"));
  }

  @Test
  void oneIpMovesWhenTwoHostsDifferByMoreThanOne() {
    assertThat(assign(_ -> true, Map.of(A, "db1", B, "db1"))).containsValues("db1", "db2");
  }

  @Test
  void withNobodyEligibleAllAreOrphaned() {
    assertThat(assign(_ -> false, Map.of(A, "db1"))).isEmpty();
  }
}
