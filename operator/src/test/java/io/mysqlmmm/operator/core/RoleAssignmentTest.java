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
    return RoleAssignment.assign(PAIR, active(eligible), "db1", now, Map.of());
  }

  private static RoleAssignment.Terms active(Predicate<String> eligible) {
    return new RoleAssignment.Terms(eligible, _ -> false, true);
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

  @Test
  void anIpThatAPersonPutSomewhereIsNotBalancedAway() {
    Map<String, String> now = Map.of(A, "db2", B, "db1");

    assertThat(RoleAssignment.assign(PAIR, active(_ -> true), "db1", now, Map.of(B, "db2")))
        .isEqualTo(Map.of(A, "db2", B, "db2"));
  }

  @Test
  void anIpLeavesAHostThatMayNotServeThoughAPersonPutItThere() {
    assertThat(
            RoleAssignment.assign(
                PAIR, active(h -> h.equals("db1")), "db1", Map.of(B, "db2"), Map.of(B, "db2")))
        .isEqualTo(Map.of(A, "db1", B, "db1"));
  }

  @Test
  void inManualAFailedHostKeepsItsIps() {
    Map<String, String> now = Map.of(A, "db1", B, "db2");
    RoleAssignment.Terms manual = new RoleAssignment.Terms(h -> h.equals("db1"), _ -> true, false);

    assertThat(RoleAssignment.assign(PAIR, manual, "db1", now, Map.of())).isEqualTo(now);
  }

  @Test
  void inManualOrphansAreGivenOut() {
    RoleAssignment.Terms manual = new RoleAssignment.Terms(h -> h.equals("db1"), _ -> true, false);

    assertThat(RoleAssignment.assign(PAIR, manual, "db1", Map.of(), Map.of()))
        .isEqualTo(Map.of(A, "db1", B, "db1"));
  }
}
