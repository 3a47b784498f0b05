package io.mysqlmmm.e2e.chaos;

import io.fabric8.kubernetes.client.KubernetesClient;
import io.mysqlmmm.e2e.Lab;
import io.mysqlmmm.e2e.PairUnderTest;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

/** Each test has a pair of its own, redundant at first, which goes with its data after it. */
abstract class EachWithAPair {
  private static final Duration START = Duration.ofMinutes(3);

  final KubernetesClient client = Lab.client();
  final PairUnderTest pair = new PairUnderTest(client);

  /** What is applied. */
  String manifest() {
    return PairUnderTest.sample();
  }

  @BeforeEach
  void apply() {
    pair.apply(manifest());
    pair.awaitTrue("Redundant", START);
  }

  /** After what the test's own class has to put right. */
  @AfterEach
  void remove() {
    pair.remove();
    client.close();
  }
}
