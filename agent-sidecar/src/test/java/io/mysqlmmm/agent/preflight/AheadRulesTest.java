package io.mysqlmmm.agent.preflight;

import static org.assertj.core.api.Assertions.assertThat;

import io.mysqlmmm.shared.agent.Preflight;
import io.mysqlmmm.shared.agent.Preflight.Finding;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class AheadRulesTest {
  private static ServerFacts facts(List<String> tables) {
    return new ServerFacts(
        "8.0.40", Map.of(), List.of(), tables, List.of(), 0, List.of(), List.of(), List.of(), 0);
  }

  private static List<String> missing(Preflight preflight) {
    return preflight.missing().stream().map(Finding::name).toList();
  }

  @Test
  void settingsAreNotMissedForTheyComeWithTheUnit() {
    assertThat(missing(AheadRules.judge(facts(List.of())))).containsExactly("taken over");
  }

  @Test
  void whatIsInTheDataSetIs() {
    assertThat(missing(AheadRules.judge(facts(List.of("shop.old (MyISAM)")))))
        .containsExactly("taken over", "tables of other engines");
  }

  /** Or another server than the one that was looked at could be adopted. */
  @Test
  void neverPasses() {
    assertThat(missing(AheadRules.judge(facts(List.of())))).isNotEmpty();
    assertThat(missing(AheadRules.withoutAccount("mmm_agent"))).hasSize(2);
    assertThat(missing(AheadRules.withoutGrants("mmm_agent", List.of("EVENT")))).hasSize(2);
  }

  @Test
  void namesTheGrantsThatAreMissing() {
    List<String> lacking = AheadRules.lacking(List.of("PROCESS", "SELECT", "SHUTDOWN"));

    assertThat(lacking).containsExactly("EVENT", "XA_RECOVER_ADMIN");
    assertThat(AheadRules.withoutGrants("mmm_agent", lacking).findings())
        .extracting(Finding::remedy)
        .contains("GRANT EVENT, XA_RECOVER_ADMIN ON *.* TO 'mmm_agent'@'127.0.0.1'");
  }
}
