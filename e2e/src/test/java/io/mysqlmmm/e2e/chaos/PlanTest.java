package io.mysqlmmm.e2e.chaos;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class PlanTest {

  private static List<String> names(Map<String, String> environment) {
    return Plan.of(Settings.from(environment)).runs().stream().map(Plan.Run::name).toList();
  }

  @Test
  void theSameSeedGivesTheSameRuns() {
    Map<String, String> seven = Map.of("CHAOS_SEED", "7", "CHAOS_RUNS", "50");

    assertThat(names(seven)).isEqualTo(names(seven)).hasSize(50);
    assertThat(names(seven)).isNotEqualTo(names(Map.of("CHAOS_SEED", "8", "CHAOS_RUNS", "50")));
  }

  @Test
  void everyFaultComesOnceBeforeAnyComesAgain() {
    int faults = Faults.all().size();

    List<String> first =
        Plan.of(Settings.from(Map.of("CHAOS_RUNS", String.valueOf(faults)))).runs().stream()
            .map(run -> run.faults().getFirst().name())
            .toList();

    assertThat(first).doesNotHaveDuplicates().hasSize(faults);
  }

  @Test
  void oneRunInFourHasTwoFaults() {
    assertThat(names(Map.of())).hasSize(8).filteredOn(name -> name.contains(" + ")).hasSize(2);
  }

  @Test
  void whatMayRightlyCostDataWithAnotherFaultStaysAlone() {
    assertThat(names(Map.of("CHAOS_RUNS", "2000")))
        .contains("standby-disk-wiped")
        .noneMatch(name -> name.contains(" + ") && name.contains("standby-disk-wiped"));
  }

  @Test
  void onlyTheNamedFaultsAreChosen() {
    assertThat(names(Map.of("CHAOS_FAULTS", "move, writer-mysqld-killed + move")))
        .hasSize(8)
        .containsOnly("move", "writer-mysqld-killed + move");
  }

  @Test
  void anUnknownFaultIsRefusedWithTheKnownOnes() {
    assertThatThrownBy(() -> Settings.from(Map.of("CHAOS_FAULTS", "earthquake")))
        .hasMessageContaining("there is no fault \"earthquake\"")
        .hasMessageContaining("writer-mysqld-killed");
  }

  @Test
  void namesAreUnique() {
    assertThat(Faults.names()).doesNotHaveDuplicates();
  }
}
