package io.mysqlmmm.kubectl;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class PreflightTest extends PluginTest {
  private static final String ADOPTS = "spec: {adopt: {host: db1}}";

  private static String found(String state) {
    return """
    spec: {adopt: {host: db1}}
    status:
      hosts:
      - name: db1
        preflight:
        - {name: gtid_mode, state: OK, found: "ON", wanted: "ON"}
        - {name: enabled events, state: WARNING, found: "2", wanted: none, remedy: run them outside}
        - {name: tables of other engines, state: %s, found: shop.old (MyISAM), wanted: none,
           remedy: ALTER TABLE ... ENGINE=InnoDB}
      - {name: db2}
    """
        .formatted(state);
  }

  @Test
  void namesWhatIsMissingAndWhatMendsIt() {
    server.change("shop", found("MISSING"));

    assertThat(run("preflight", "shop")).isEqualTo(1);
    assertThat(out())
        .isEqualTo(
            """
            db1  warning  enabled events: 2 (should be: none). run them outside
            db1  missing  tables of other engines: shop.old (MyISAM) (should be: none). ALTER TABLE ... ENGINE=InnoDB
            # db1: 1 missing, of 3
            # db2: nothing to look at, its data set is made by the operator
            """);
  }

  @Test
  void showsWhatIsAsItShouldBeWhenAskedTo() {
    server.change("shop", found("OK"));

    assertThat(run("preflight", "--all")).isZero();
    assertThat(out())
        .contains("db1  ok       gtid_mode: ON\n")
        .contains("# db1: nothing is missing, of 3\n");
  }

  @Test
  void aDataSetThatWasNotLookedAtHasNotPassed() {
    server.change("shop", ADOPTS);

    assertThat(run("preflight")).isEqualTo(1);
    assertThat(out()).startsWith("# db1: its data set was not looked at yet\n");
  }

  @Test
  void aMysqldOfTheNodesHasToBeLookedAtToo() {
    server.change(
        "shop",
        "spec: {hosts: [{name: db1, nodeName: node1, external: true}, {name: db2, nodeName: node2}]}");

    assertThat(run("preflight")).isEqualTo(1);
    assertThat(out())
        .isEqualTo(
            """
            # db1: its mysqld was not looked at yet
            # db2: nothing to look at, its data set is made by the operator
            """);
  }

  @Test
  void aPairThatBeganWithNewDataSetsHasNothingToLookAt() {
    assertThat(run("preflight")).isZero();
    assertThat(out()).hasLineCount(2).contains("nothing to look at");
  }
}
