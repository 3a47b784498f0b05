package io.mysqlmmm.operator.kube;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;
import io.fabric8.kubernetes.api.model.PodSpec;
import io.fabric8.kubernetes.api.model.PodTemplateSpec;
import io.fabric8.kubernetes.api.model.Quantity;
import io.fabric8.kubernetes.api.model.apps.StatefulSet;
import io.fabric8.kubernetes.api.model.apps.StatefulSetStatusBuilder;
import io.fabric8.kubernetes.api.model.policy.v1.PodDisruptionBudget;
import io.fabric8.kubernetes.client.utils.Serialization;
import io.mysqlmmm.api.v1alpha1.MySQLMultiMaster;
import io.mysqlmmm.operator.core.PodsSeen.Due;
import io.mysqlmmm.shared.agent.Order.Setting;
import io.mysqlmmm.shared.json.Json;
import java.io.IOException;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class ManifestsTest {
  private final MySQLMultiMaster shop = Pairs.shop();

  @Test
  void rendersEveryObject() {
    StringBuilder text = new StringBuilder();
    for (HasMetadata object : render(shop)) {
      if (object instanceof ConfigMap config) {
        config.getData().clear(); // The scripts themselves, and below
      }
      if (object instanceof StatefulSet set) {
        set.getSpec().getTemplate().getMetadata().getAnnotations().put(HostPod.MY_CNF, "MyCnfTest");
      }
      text.append("---\n").append(Serialization.asYaml(object).replaceFirst("^---\n", ""));
    }

    // The hash changes with every change of a script, and is of no interest here.
    Golden.assertSame(
        "objects.yaml", text.toString().replaceAll("-hash: \"?[0-9a-f]{16}\"?", "-hash: x"));
  }

  @Test
  void rendersAHostWhoseMysqldIsTheNodes() {
    MySQLMultiMaster external =
        Pairs.resource(
            Pairs.SHOP
                .replace("nodeName: node1,", "nodeName: node1, external: true,")
                .replace("  mysql:\n", "  mysql:\n    backup: {hostPath: /srv/backups}\n"));
    StatefulSet set = statefulSet(external, "shop-db1");
    set.getSpec().getTemplate().getMetadata().getAnnotations().put(HostPod.MY_CNF, "MyCnfTest");
    ConfigMap config = (ConfigMap) render(external).getFirst();

    Golden.assertSame(
        "external-host.yaml",
        Serialization.asYaml(set).replaceAll("-hash: \"?[0-9a-f]{16}\"?", "-hash: x"));
    Golden.assertSame("mysql-mmm.conf", config.getData().getOrDefault("mysql-mmm.conf.db1", ""));
    Golden.assertSame("own-options", config.getData().getOrDefault("own-options", ""));
    assertThat(config.getData()).doesNotContainKey("mysql-mmm.conf.db2");
    assertThat(podSpec(statefulSet(external, "shop-db2")))
        .isEqualTo(
            podSpec(
                statefulSet(
                    Pairs.resource(
                        Pairs.SHOP.replace(
                            "  mysql:\n", "  mysql:\n    backup: {hostPath: /srv/backups}\n")),
                    "shop-db2")));
  }

  @Test
  void givesEveryObjectItsOwnerAndLabels() {
    for (HasMetadata object : render(shop)) {
      assertThat(object.getMetadata().getNamespace()).isEqualTo("default");
      assertThat(object.getMetadata().getLabels())
          .containsEntry("app.kubernetes.io/name", "mysql-mmm")
          .containsEntry("app.kubernetes.io/instance", "shop")
          .containsEntry("app.kubernetes.io/managed-by", "mysql-mmm-operator")
          .containsEntry("mysqlmmm.io/cluster", "shop");
      assertThat(object.getMetadata().getOwnerReferences())
          .singleElement()
          .satisfies(
              owner -> {
                assertThat(owner.getUid()).isEqualTo(shop.getMetadata().getUid());
                assertThat(owner.getApiVersion()).isEqualTo("mysqlmmm.io/v1alpha1");
                assertThat(owner.getKind()).isEqualTo("MySQLMultiMaster");
                assertThat(owner.getController()).isTrue();
              });
    }
  }

  @Test
  void tellsTheAgentWhatTheContractSays() throws IOException {
    ConfigMap config = (ConfigMap) render(shop).getFirst();

    JsonNode agent = Json.mapper().readTree(config.getData().get("agent.json.db3"));

    assertThat(agent)
        .isEqualTo(
            Json.mapper()
                .readTree(
                    """
                    {"resourceUid": "11111111-2222-3333-4444-555555555555",
                     "namespace": "default", "name": "shop", "host": "db3",
                     "address": "10.77.0.13", "port": 3306, "adminPort": 33062,
                     "agentPort": 9989, "interface": "eth0", "kind": "REPLICA",
                     "heartbeat": "PT0.2S",
                     "leaseTtl": "PT3S",
                     "managedIps": ["10.77.0.100", "10.77.0.101", "fd00::102"]}
                    """));
    assertThat(config.getData().keySet())
        .contains("launch.sh", "pre-stop.sh", "prepare.sh", "agent.json.db1");
  }

  @Test
  void outdatesAPodOnlyByWhatNeedsANewStart() {
    String before = hash(shop);

    String otherVip = hash(Pairs.resource(Pairs.SHOP.replace("10.77.0.101", "10.77.0.103")));
    String otherConfig = hash(Pairs.resource(Pairs.SHOP.replace("128M", "256M")));
    String otherImage = hash(Pairs.resource(Pairs.SHOP.replace("lab/mysql:9.7", "lab/mysql:9.8")));

    assertThat(otherVip).isEqualTo(before);
    assertThat(otherConfig).isEqualTo(before);
    assertThat(otherImage).isNotEqualTo(before);
  }

  @Test
  void tellsAPodWhatItLacks() {
    MySQLMultiMaster other = Pairs.resource(Pairs.SHOP.replace("128M", "256M"));
    MySQLMultiMaster image = Pairs.resource(Pairs.SHOP.replace("lab/mysql:9.7", "lab/mysql:9.8"));
    Pod pod = new PodBuilder().withMetadata(template(shop).getMetadata()).build();

    assertThat(PodDue.of(observed(shop), pod)).isEqualTo(new Due.Nothing());
    assertThat(PodDue.of(observed(image), pod)).isEqualTo(new Due.Restart());
    assertThat(PodDue.of(observed(other), pod))
        .isEqualTo(
            new Due.Settings(List.of(new Setting("innodb_buffer_pool_size", Optional.of("256M")))));
    assertThat(PodDue.of(statefulSet(other, "shop-db1"), pod)).isEqualTo(new Due.Unknown());
  }

  private static PodTemplateSpec template(MySQLMultiMaster resource) {
    return statefulSet(resource, "shop-db1").getSpec().getTemplate();
  }

  private static StatefulSet observed(MySQLMultiMaster resource) {
    StatefulSet set = statefulSet(resource, "shop-db1");
    set.getMetadata().setGeneration(2L);
    set.setStatus(new StatefulSetStatusBuilder().withObservedGeneration(2L).build());
    return set;
  }

  @Test
  void theWriterIsNeverEvictedAndOfTheOthersOneAtATime() {
    Blueprint pair = new Blueprint(shop, Pairs.topology(shop), Pairs.SETTINGS, Optional.of("db2"));

    List<PodDisruptionBudget> budgets = Budget.render(pair);

    assertThat(budgets)
        .extracting(
            b -> b.getMetadata().getName() + " " + b.getSpec().getMaxUnavailable().getIntVal())
        .containsExactly("shop-writer 0", "shop 1");
    assertThat(budgets.getFirst().getSpec().getSelector().getMatchLabels())
        .containsValue("shop-db2-0");
    assertThat(budgets.getLast().getSpec().getSelector().getMatchExpressions())
        .singleElement()
        .satisfies(
            e -> {
              assertThat(e.getOperator()).isEqualTo("NotIn");
              assertThat(e.getValues()).containsExactly("shop-db2-0");
            });
  }

  @Test
  void remembersWhereItPutAHost() {
    StatefulSet set = statefulSet(shop, "shop-db3");

    assertThat(PresentHosts.of(Pairs.topology(shop), List.of(set)))
        .containsEntry("db3", Pairs.topology(shop).host("db3"));
  }

  @Test
  void keepsDataInAClaimWhenASizeIsGiven() {
    MySQLMultiMaster claims =
        Pairs.resource(
            Pairs.SHOP.replace(
                "  mysql:\n", "  mysql:\n    storage: {size: 10Gi, storageClassName: fast}\n"));

    StatefulSet set = statefulSet(claims, "shop-db1");

    assertThat(podSpec(set).getVolumes()).noneMatch(volume -> volume.getName().equals("data"));
    assertThat(set.getSpec().getVolumeClaimTemplates())
        .singleElement()
        .satisfies(
            claim -> {
              assertThat(claim.getMetadata().getName()).isEqualTo("data");
              assertThat(claim.getSpec().getStorageClassName()).isEqualTo("fast");
              assertThat(claim.getSpec().getResources().getRequests())
                  .containsEntry("storage", new Quantity("10Gi"));
            });
    assertThat(set.getSpec().getPersistentVolumeClaimRetentionPolicy().getWhenDeleted())
        .isEqualTo("Retain");
  }

  @Test
  void aPresentStatefulSetKeepsItsClaimTemplate() {
    String with = Pairs.SHOP.replace("  mysql:\n", "  mysql:\n    storage: {size: 10Gi}\n");
    StatefulSet present = statefulSet(Pairs.resource(with), "shop-db1");
    StatefulSet wanted =
        statefulSet(Pairs.resource(with.replace("10Gi", "20Gi").replace("9.7", "9.8")), "shop-db1");

    StatefulSet applied = VolumeClaims.kept(wanted, present);

    assertThat(applied.getSpec().getVolumeClaimTemplates())
        .isEqualTo(present.getSpec().getVolumeClaimTemplates());
    assertThat(applied.getSpec().getTemplate()).isEqualTo(wanted.getSpec().getTemplate());
    assertThat(VolumeClaims.kept(wanted, null)).isSameAs(wanted);
  }

  @Test
  void mountsAPlaceForBackupsWhereMysqldAndTheAgentFindIt() {
    MySQLMultiMaster onNodes =
        Pairs.resource(
            Pairs.SHOP.replace("  mysql:\n", "  mysql:\n    backup: {hostPath: /srv/backups/}\n"));
    MySQLMultiMaster inClaim =
        Pairs.resource(
            Pairs.SHOP.replace("  mysql:\n", "  mysql:\n    backup: {claimName: backups}\n"));

    assertThat(podSpec(statefulSet(onNodes, "shop-db1")).getVolumes())
        .filteredOn(volume -> volume.getName().equals("backup"))
        .singleElement()
        .satisfies(
            volume ->
                assertThat(volume.getHostPath().getPath())
                    .isEqualTo("/srv/backups/default/shop/db1"));
    PodSpec pod = podSpec(statefulSet(inClaim, "shop-db1"));
    assertThat(
            Stream.concat(pod.getInitContainers().stream(), pod.getContainers().stream())
                .flatMap(container -> container.getVolumeMounts().stream())
                .filter(mount -> mount.getName().equals("backup")))
        .hasSize(3)
        .allSatisfy(
            mount -> {
              assertThat(mount.getMountPath()).isEqualTo("/var/lib/mmm-backup");
              assertThat(mount.getSubPath()).isEqualTo("default/shop/db1");
            });
    assertThat(podSpec(statefulSet(shop, "shop-db1")).getVolumes())
        .noneMatch(volume -> volume.getName().equals("backup"));
  }

  @Test
  void deletesClaimsWithTheResourceWhenAsked() {
    MySQLMultiMaster deletes =
        Pairs.resource(Pairs.SHOP.replace("spec:\n", "spec:\n  deletionPolicy: Delete\n"));

    assertThat(
            statefulSet(deletes, "shop-db1")
                .getSpec()
                .getPersistentVolumeClaimRetentionPolicy()
                .getWhenDeleted())
        .isEqualTo("Delete");
  }

  @Test
  void takesImagesResourcesAndPriorityFromSpecAndSettings() {
    MySQLMultiMaster given =
        Pairs.resource(
            Pairs.SHOP.replace(
                "  mysql:\n",
                "  agent: {image: my/agent:2, resources: {limits: {memory: 100Mi}}}\n  mysql:\n"
                    + "    resources: {limits: {memory: 4Gi}}\n    imagePullPolicy: Always\n"));
    KubeSettings settings =
        new KubeSettings("default/agent:1", "Always", "ns", Optional.of("important"));

    PodSpec pod =
        podSpec(
            (StatefulSet)
                Manifests.render(given, Pairs.topology(given), settings).stream()
                    .filter(StatefulSet.class::isInstance)
                    .findFirst()
                    .orElseThrow());

    assertThat(pod.getPriorityClassName()).isEqualTo("important");
    assertThat(pod.getInitContainers().get(1).getImage()).isEqualTo("my/agent:2");
    assertThat(pod.getInitContainers().get(1).getResources().getLimits())
        .containsEntry("memory", new Quantity("100Mi"));
    assertThat(pod.getContainers().getFirst().getResources().getLimits())
        .containsEntry("memory", new Quantity("4Gi"));
    assertThat(pod.getContainers().getFirst().getImagePullPolicy()).isEqualTo("Always");
  }

  private static String hash(MySQLMultiMaster resource) {
    return Objects.requireNonNull(
        statefulSet(resource, "shop-db1")
            .getSpec()
            .getTemplate()
            .getMetadata()
            .getAnnotations()
            .get(HostPod.TEMPLATE_HASH));
  }

  private static PodSpec podSpec(StatefulSet set) {
    return set.getSpec().getTemplate().getSpec();
  }

  private static StatefulSet statefulSet(MySQLMultiMaster resource, String name) {
    return (StatefulSet)
        render(resource).stream()
            .filter(object -> object instanceof StatefulSet)
            .filter(object -> object.getMetadata().getName().equals(name))
            .findFirst()
            .orElseThrow();
  }

  private static List<HasMetadata> render(MySQLMultiMaster resource) {
    return Manifests.render(resource, Pairs.topology(resource), Pairs.SETTINGS);
  }
}
