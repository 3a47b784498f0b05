package io.mysqlmmm.operator.kube;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.client.utils.Serialization;
import io.mysqlmmm.api.v1alpha1.MySQLMultiMaster;
import io.mysqlmmm.operator.core.Topology;
import io.mysqlmmm.operator.core.Topology.Host;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PodRulesTest {
  private final MySQLMultiMaster shop = Pairs.shop();
  private final Topology topology = Pairs.topology(shop);
  private final Blueprint pair = new Blueprint(shop, topology, Pairs.SETTINGS, Optional.empty());
  private final Host db1 = topology.host("db1");

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "prepare|ErrImagePull|not found|spec.mysql.image",
        "mysqld|ImagePullBackOff|Back-off pulling image|docker.io/lab/mysql:9.7",
        "agent|InvalidImageName|invalid reference format|spec.agent.image",
        "agent|ErrImageNeverPull|not present|registry.example/agent:1",
        "mysqld|CreateContainerConfigError|secret \"shop-mysql\" not found|secret \"shop-mysql\" not found",
        "agent|CrashLoopBackOff|back-off 10s|kubectl logs shop-db1-0 -c agent",
      })
  void namesWhyAContainerDoesNotStart(
      String container, String reason, String said, String expected) {
    Pod pod =
        pod(
            """
            status:
              %s:
              - {name: %s, restartCount: 0, state: {waiting: {reason: %s, message: '%s'}}}
            """
                .formatted(
                    container.equals("mysqld") ? "containerStatuses" : "initContainerStatuses",
                    container,
                    reason,
                    said));

    assertThat(PodRules.problem(pair, db1, pod))
        .hasValueSatisfying(
            problem -> {
              assertThat(problem.host()).isEqualTo("db1");
              assertThat(problem.reason()).isEqualTo(reason);
              assertThat(problem.sentence()).contains(expected);
            });
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "0/3 nodes are available: 1 node(s) didn't have free ports for the requested pod ports|spec.mysql.port (3306)",
        "0/3 nodes are available: 1 Insufficient memory|spec.mysql.resources.requests",
        "0/3 nodes are available: 1 node(s) had untolerated taint {a: b}|spec.hosts[].nodeName",
        "pod has unbound immediate PersistentVolumeClaims|spec.mysql.storage",
      })
  void namesWhyAPodCannotBeScheduled(String said, String expected) {
    Pod pod =
        pod(
            """
            status:
              conditions:
              - {type: PodScheduled, status: 'False', reason: Unschedulable, message: "%s"}
            """
                .formatted(said));

    assertThat(PodRules.problem(pair, db1, pod))
        .hasValueSatisfying(
            problem -> {
              assertThat(problem.reason()).isEqualTo("Unschedulable");
              assertThat(problem.sentence()).contains(expected, said, "node1");
            });
  }

  @Test
  void findsNothingWrongWithAPodThatIsOnlyStarting() {
    Pod pod =
        pod(
            """
            status:
              conditions: [{type: PodScheduled, status: 'True'}]
              initContainerStatuses:
              - {name: prepare, restartCount: 0, state: {running: {}}}
              - {name: agent, restartCount: 0, state: {waiting: {reason: PodInitializing}}}
              containerStatuses:
              - {name: mysqld, restartCount: 0, state: {waiting: {reason: PodInitializing}}}
            """);

    assertThat(PodRules.problem(pair, db1, pod)).isEqualTo(Optional.empty());
    assertThat(PodRules.everRan(pod)).isFalse();
    assertThat(PodRules.isReady(pod)).isFalse();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "restartCount: 0, state: {running: {}}",
        "restartCount: 0, state: {terminated: {exitCode: 0}}",
        "restartCount: 1, state: {waiting: {reason: CrashLoopBackOff}}",
        "restartCount: 0, state: {waiting: {reason: X}}, lastState: {terminated: {exitCode: 1}}",
      })
  void knowsThatMysqldRan(String status) {
    Pod pod = pod("status:\n  containerStatuses: [{name: mysqld, %s}]\n".formatted(status));

    assertThat(PodRules.everRan(pod)).isTrue();
  }

  @Test
  void knowsAnOldTemplate() {
    assertThat(PodRules.isOutdated(pod(""), "shop-db1-2")).isTrue();
    assertThat(PodRules.isOutdated(pod(""), "shop-db1-1")).isFalse();
    assertThat(PodRules.isOutdated(pod(""), "")).isFalse();
  }

  private static Pod pod(String status) {
    return Serialization.unmarshal(
        "metadata: {name: shop-db1-0, labels: {controller-revision-hash: shop-db1-1}}\n" + status,
        Pod.class);
  }
}
