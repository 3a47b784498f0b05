package io.mysqlmmm.operator.succession;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.coordination.v1.Lease;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What a leader makes of the request that it finds. */
class HandOverTest {
  private static final HandOver.Request OTHER = new HandOver.Request("b", "node2");

  private final KubernetesClient unused = new KubernetesClientBuilder().build();
  private final HandOver handOver = new HandOver(unused, "system");

  @AfterEach
  void close() {
    unused.close();
  }

  private static Lease request(String leader, String version) {
    Lease lease = HandOver.lease(OTHER, leader);
    lease.getMetadata().setResourceVersion(version);
    return lease;
  }

  @Test
  void aRequestThatWasThereBeforeCountsForNothing() {
    assertThat(handOver.news(request("a_1", "7"), "a_1")).isEmpty();
    assertThat(handOver.news(request("a_1", "7"), "a_1")).isEmpty();
  }

  @Test
  void oneThatChangedCountsOnce() {
    assertThat(handOver.news(request("a_1", "7"), "a_1")).isEmpty();
    assertThat(handOver.news(request("a_1", "8"), "a_1")).contains(OTHER);
    assertThat(handOver.news(request("a_1", "8"), "a_1")).isEmpty();
  }

  @Test
  void theFirstOfAllCounts() {
    assertThat(handOver.news(null, "a_1")).isEmpty();
    assertThat(handOver.news(request("a_1", "1"), "a_1")).contains(OTHER);
  }

  @Test
  void oneForAnotherTermDoesNotCount() {
    assertThat(handOver.news(null, "a_2")).isEmpty();
    assertThat(handOver.news(request("a_1", "1"), "a_2")).isEmpty();
    assertThat(handOver.news(request("a_2", "2"), "a_2")).contains(OTHER);
  }
}
