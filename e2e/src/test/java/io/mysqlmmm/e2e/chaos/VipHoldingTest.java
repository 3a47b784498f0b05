package io.mysqlmmm.e2e.chaos;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class VipHoldingTest {
  private final VipHolding holding = new VipHolding();

  @Test
  void countsNothingWhileOneNodeHoldsIt() {
    holding.seen("node1", true, 0);
    holding.seen("node1", true, 10);
    holding.seen("node1", false, 20);
    holding.seen("node2", true, 20);

    assertThat(holding.takeShared(30)).isZero();
    assertThat(holding.holders()).containsExactly("node2");
  }

  @Test
  void countsTheTimeWithTwoHoldersOnce() {
    holding.seen("node1", true, 0);
    holding.seen("node2", true, 10);
    holding.seen("node2", true, 15);

    assertThat(holding.takeShared(30)).isEqualTo(20);
    holding.seen("node1", false, 50);
    assertThat(holding.takeShared(90)).isEqualTo(20);
  }

  @Test
  void aSharingWithoutMeasurableLengthIsStillOne() {
    holding.seen("node1", true, 5);
    holding.seen("node2", true, 10);
    holding.seen("node1", false, 10);

    assertThat(holding.takeShared(11)).isPositive();
  }
}
