package io.mysqlmmm.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.fabric8.kubernetes.api.model.PodSpec;
import io.fabric8.kubernetes.api.model.SecurityContext;
import io.fabric8.kubernetes.api.model.apiextensions.v1.CustomResourceDefinition;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.policy.v1.PodDisruptionBudget;
import io.fabric8.kubernetes.api.model.rbac.ClusterRole;
import io.fabric8.kubernetes.api.model.rbac.PolicyRule;
import io.fabric8.kubernetes.api.model.rbac.Role;
import java.io.IOException;
import java.nio.file.Files;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What the chart makes of its values, by the real Helm on the PATH. */
final class ChartE2E {

  @Test
  void clusterWideRightsAreTheResourcesAndTheNodes() {
    assertThat(rules(Chart.template().only(ClusterRole.class).getRules()))
        .containsExactlyInAnyOrder(
            "mysqlmmm.io/mysqlmultimasters get,list,watch,update,patch",
            "mysqlmmm.io/mysqlmultimasters/status get,update,patch",
            "mysqlmmm.io/mysqlmultimasters/finalizers update",
            "/nodes get,list,watch");
  }

  @Test
  void rightsInItsOwnNamespaceAreTheLeasesAndTheAuthority() {
    assertThat(rules(Chart.template().role("mysql-mmm-system").getRules()))
        .containsExactlyInAnyOrder(
            "coordination.k8s.io/leases get,update [mysql-mmm-operator, mysql-mmm-operator-successor]",
            "coordination.k8s.io/leases create",
            "/secrets get,update [mysql-mmm-ca]",
            "/secrets create",
            "/events create,patch",
            "events.k8s.io/events create,patch");
  }

  @Test
  void rightsInANamespaceOfPairsAreTheObjectsOfPairs() {
    assertThat(rules(Chart.template().role("default").getRules()))
        .containsExactlyInAnyOrder(
            "/secrets get,list,watch,create,update,patch,delete",
            "/configmaps get,list,watch,create,update,patch,delete",
            "/services get,list,watch,create,update,patch,delete",
            "discovery.k8s.io/endpointslices get,list,watch,create,update,patch,delete",
            "apps/statefulsets get,list,watch,create,update,patch,delete",
            "policy/poddisruptionbudgets get,list,watch,create,update,patch,delete",
            "/pods get,list,watch,create,patch,delete",
            "/persistentvolumeclaims get,list,watch,patch,delete",
            "/events create,patch",
            "events.k8s.io/events create,patch");
  }

  @Test
  void onlyTheWatchedNamespacesGetARoleForPairs() {
    Chart chart = Chart.template("--set", "watchNamespaces={shop,billing}");

    assertThat(chart.all(Role.class).map(role -> role.getMetadata().getNamespace()))
        .containsExactlyInAnyOrder("mysql-mmm-system", "shop", "billing");
    assertThat(chart.environment("MMM_WATCH_NAMESPACES")).isEqualTo("shop,billing");
  }

  @Test
  void operatorHasNoPrivileges() {
    PodSpec pod = Chart.template().pod();
    SecurityContext context = pod.getContainers().getFirst().getSecurityContext();

    assertThat(pod.getSecurityContext().getRunAsNonRoot()).isTrue();
    assertThat(pod.getSecurityContext().getRunAsUser()).isEqualTo(65532);
    assertThat(pod.getSecurityContext().getSeccompProfile().getType()).isEqualTo("RuntimeDefault");
    assertThat(context.getReadOnlyRootFilesystem()).isTrue();
    assertThat(context.getAllowPrivilegeEscalation()).isFalse();
    assertThat(context.getCapabilities().getDrop()).containsExactly("ALL");
    assertThat(context.getCapabilities().getAdd()).isEmpty();
    assertThat(pod.getHostNetwork()).isNull();
  }

  @Test
  void anUpgradeNeverLeavesLessThanAllReplicas() {
    Chart chart = Chart.template();
    Deployment deployment = chart.only(Deployment.class);

    assertThat(deployment.getSpec().getReplicas()).isEqualTo(2);
    assertThat(
            deployment.getSpec().getStrategy().getRollingUpdate().getMaxUnavailable().getIntVal())
        .isZero();
    assertThat(chart.only(PodDisruptionBudget.class).getSpec().getMaxUnavailable().getIntVal())
        .isEqualTo(1);
  }

  @Test
  void aSingleReplicaHasNoBudgetThatBlocksADrain() {
    assertThat(Chart.template("--set", "replicas=1").all(PodDisruptionBudget.class)).isEmpty();
  }

  @Test
  void imagesHaveTheChartsVersionUnlessTold() {
    assertThat(Chart.template().environment("MMM_AGENT_IMAGE"))
        .isEqualTo("docker.io/mysqlmmm/agent:0.1.0");
    assertThat(
            Chart.template("--set", "image.agent.repository=registry:5000/mmm/agent")
                .environment("MMM_AGENT_IMAGE"))
        .isEqualTo("registry:5000/mmm/agent:0.1.0");
    assertThat(
            Chart.template("--set", "image.operator.tag=0.1.1")
                .pod()
                .getContainers()
                .getFirst()
                .getImage())
        .isEqualTo("docker.io/mysqlmmm/operator:0.1.1");
  }

  @Test
  void crdIsTheGeneratedOneAndStaysAtUninstall() throws IOException {
    CustomResourceDefinition crd = Chart.template().only(CustomResourceDefinition.class);

    assertThat(crd.getMetadata().getAnnotations()).containsEntry("helm.sh/resource-policy", "keep");
    assertThat(Chart.YAML.<JsonNode>convertValue(crd.getSpec(), JsonNode.class))
        .isEqualTo(
            Chart.YAML.convertValue(
                Chart.YAML
                    .unmarshal(
                        Files.readString(
                            Chart.PATH.resolve("files/mysqlmultimasters.mysqlmmm.io.yaml")),
                        CustomResourceDefinition.class)
                    .getSpec(),
                JsonNode.class));
  }

  @Test
  void crdCanBeLeftOut() {
    assertThat(Chart.template("--set", "crds.enabled=false").all(CustomResourceDefinition.class))
        .isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "nonsense=1",
        "image.operator.nonsense=1",
        "crds.keep=true",
        "replicas=0",
        "logLevel=LOUD",
        "watchNamespaces={}",
        "watchNamespaces={Shop}",
        "image.agent.pullPolicy=Sometimes"
      })
  void refusesValuesThatMeanNothing(String value) {
    Chart.Output output =
        Chart.helm("template", "mysql-mmm", Chart.PATH.toString(), "--set", value);

    assertThat(output.exitCode()).as(output.text()).isNotZero();
    assertThat(output.text()).contains("values don't meet the specifications of the schema");
  }

  @Test
  void lints() {
    Chart.Output output = Chart.helm("lint", "--strict", Chart.PATH.toString());

    assertThat(output.exitCode()).as(output.text()).isZero();
  }

  private static List<String> rules(List<PolicyRule> rules) {
    return rules.stream().flatMap(ChartE2E::lines).toList();
  }

  /** One line for each group and resource: group/resource verbs [names]. */
  private static Stream<String> lines(PolicyRule rule) {
    String names = rule.getResourceNames().isEmpty() ? "" : " " + rule.getResourceNames();
    return rule.getApiGroups().stream()
        .flatMap(
            group ->
                rule.getResources().stream()
                    .map(
                        resource ->
                            group
                                + "/"
                                + resource
                                + " "
                                + String.join(",", rule.getVerbs())
                                + names));
  }
}
