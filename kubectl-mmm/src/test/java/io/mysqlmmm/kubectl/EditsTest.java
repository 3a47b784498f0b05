package io.mysqlmmm.kubectl;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.node.BooleanNode;
import io.mysqlmmm.kubectl.cluster.ClusterException;
import io.mysqlmmm.kubectl.cluster.ClusterException.Kind;
import io.mysqlmmm.kubectl.cluster.Pair;
import io.mysqlmmm.kubectl.cluster.TestResources;
import org.junit.jupiter.api.Test;

class EditsTest {
  private static final Pair SHOP = TestResources.shop("{}");
  private static final Pair TURNED =
      TestResources.shop("spec: {hosts: [{name: db2}, {name: db1}]}");

  private final FakePairs pairs = new FakePairs();

  private void edit() throws ClusterException {
    new Edits(pairs)
        .apply(
            SHOP,
            pair ->
                Edits.add(
                    Edits.onHost(pair, "db2"),
                    "add",
                    Edits.pointer(pair, "db2") + "/offline",
                    BooleanNode.TRUE));
  }

  private static String patch(int index) {
    return """
    [{"op":"test","path":"/spec/hosts/%1$d/name","value":"db2"},\
    {"op":"add","path":"/spec/hosts/%1$d/offline","value":true}]"""
        .formatted(index);
  }

  @Test
  void testsThatTheElementIsTheOneMeant() throws Exception {
    edit();

    assertThat(pairs.edits()).containsExactly(patch(1));
  }

  @Test
  void isMadeAnewWhenTheListHasChanged() throws Exception {
    pairs.editFails(Kind.REJECTED).thenRead(TURNED);

    edit();

    assertThat(pairs.edits()).containsExactly(patch(1), patch(0));
  }

  @Test
  void isMadeAgainAfterAConflict() throws Exception {
    pairs.editFails(Kind.CONFLICT).thenRead(SHOP);

    edit();

    assertThat(pairs.edits()).containsExactly(patch(1), patch(1));
  }

  @Test
  void isRefusedWhenTheListIsAsItWas() {
    pairs.editFails(Kind.REJECTED).thenRead(SHOP);

    assertThatThrownBy(this::edit).hasMessage("The edit failed.");
    assertThat(pairs.edits()).hasSize(1);
  }

  @Test
  void isNotMadeAgainWhenItMayNotBe() {
    pairs.editFails(Kind.FORBIDDEN);

    assertThatThrownBy(this::edit).hasMessage("The edit failed.");
  }

  @Test
  void givesUpAfterFiveConflicts() {
    for (int i = 0; i < 5; i++) {
      pairs.editFails(Kind.CONFLICT).thenRead(SHOP);
    }

    assertThatThrownBy(this::edit).hasMessage("The edit failed.");
    assertThat(pairs.edits()).hasSize(5);
  }
}
