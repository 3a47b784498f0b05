package io.mysqlmmm.operator.kube;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.ConfigMapBuilder;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.NamespaceBuilder;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.api.model.SecretBuilder;
import io.fabric8.kubernetes.api.model.ServiceBuilder;
import io.fabric8.kubernetes.api.model.storage.StorageClassBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.mysqlmmm.api.v1alpha1.MySQLMultiMaster;
import io.mysqlmmm.operator.core.PodsSeen.Due;
import io.mysqlmmm.operator.core.Topology;
import io.mysqlmmm.operator.observe.Problem;
import io.mysqlmmm.operator.observe.SpecReader;
import io.mysqlmmm.operator.observe.SpecReader.Parsed;
import io.mysqlmmm.operator.pki.CertificateAuthority;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer.OrderAnnotation;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.condition.EnabledIfEnvironmentVariable;

/**
 * The shell against a real API server with the CRD installed: {@code MMM_LAB_TEST=1} with the lab's
 * KUBECONFIG. It uses a namespace that the operator there does not manage, and ports and IPs of its
 * own, and leaves nothing behind. The steps build on each other.
 */
@EnabledIfEnvironmentVariable(named = "MMM_LAB_TEST", matches = "1")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@TestMethodOrder(OrderAnnotation.class)
class KubeObjectsLabTest {
  private static final String NAMESPACE = "kube-objects-test";
  private static final Duration PATIENCE = Duration.ofMinutes(2);

  private static final String PAIR =
      """
      apiVersion: mysqlmmm.io/v1alpha1
      kind: MySQLMultiMaster
      metadata: {name: try, namespace: kube-objects-test}
      spec:
        deletionPolicy: Delete
        hosts:
        - {name: db1, nodeName: node2, mode: Master, peer: db2}
        - {name: db2, nodeName: node3, mode: Master, peer: db1}
        roles:
        - {name: writer, mode: Exclusive, hosts: [db1, db2], ips: [10.77.0.140]}
        - {name: reader, mode: Balanced, hosts: [db1, db2], ips: [10.77.0.141, "fd77::141"]}
        mysql:
          image: docker.io/lab/nothing:9.7
          port: 13306
          adminPort: 13307
          storage: {hostPath: /var/lib/kube-objects-test}
          config: {innodb_buffer_pool_size: 64M}
          databases: [{name: shop}]
        agent: {port: 19989, image: "docker.io/mysqlmmm/agent:0.1.0"}
      """;

  private final KubernetesClient client = ApiClient.connect();
  private final AtomicReference<Instant> shift = new AtomicReference<>(Instant.EPOCH);
  private final InstantSource source =
      () -> Instant.now().plus(Duration.between(Instant.EPOCH, shift.get()));
  private final Clock clock = source.withZone(ZoneOffset.UTC);
  private final CertificateAuthority authority = CertificateAuthority.create(Instant.now());
  private final KubeObjects objects = newObjects();

  private KubeObjects newObjects() {
    return new KubeObjects(client, Pairs.SETTINGS, authority, clock);
  }

  @BeforeAll
  void createResource() {
    client
        .resource(
            new NamespaceBuilder().withNewMetadata().withName(NAMESPACE).endMetadata().build())
        .serverSideApply();
    client.resource(Pairs.resource(PAIR)).forceConflicts().serverSideApply();
  }

  @AfterAll
  void removeNamespace() {
    client.namespaces().withName(NAMESPACE).delete();
    client.close();
  }

  @Test
  @Order(1)
  void keepsTheCertificateAuthorityInASecret() {
    CertificateAuthority first = AuthoritySecret.loadOrCreate(client, NAMESPACE, clock);
    CertificateAuthority second = AuthoritySecret.loadOrCreate(client, NAMESPACE, clock);

    assertThat(second.certificate()).isEqualTo(first.certificate());
  }

  @Test
  @Order(2)
  void appliesEverything() {
    assertThat(objects.nodeAddresses()).containsEntry("node2", "10.77.0.12");
    assertThat(objects.apply(resource(), topology(), Optional.empty())).isEmpty();
    assertThat(objects.checkSecrets(resource(), topology())).isEmpty();
    assertThat(objects.systemCredentials(resource())).isInstanceOf(SystemCredentials.Ok.class);
    assertThat(objects.databaseCredentials(topology(), topology().mysql().databases().getFirst()))
        .isInstanceOf(Credentials.Ok.class);
  }

  @Test
  @Order(3)
  void writesNothingWhenNothingChanged() {
    Map<String, String> before = versions();

    objects.apply(resource(), topology(), Optional.empty());
    newObjects().apply(resource(), topology(), Optional.empty()); // another operator takes over

    assertThat(versions()).isEqualTo(before);
  }

  @Test
  @Order(4)
  void undoesWhatSomebodyElseChanged() {
    client
        .configMaps()
        .inNamespace(NAMESPACE)
        .withName("try-config")
        .edit(c -> new ConfigMapBuilder(c).addToData("launch.sh", "exit 1").build());

    objects.apply(resource(), topology(), Optional.empty());

    ConfigMap config = client.configMaps().inNamespace(NAMESPACE).withName("try-config").get();
    assertThat(config.getData().get("launch.sh")).contains("start-permit");
  }

  @Test
  @Order(5)
  void namesTheImageThatCannotBeHad() {
    eventually(() -> objects.inspectPods(resource(), topology()).problems().size() == 2);

    assertThat(objects.inspectPods(resource(), topology()).problems())
        .allSatisfy(
            problem ->
                assertThat(problem.sentence())
                    .contains("docker.io/lab/nothing:9.7", "spec.mysql.image"));
  }

  @Test
  @Order(6)
  void replacesPodsThatNeverStartedWhenTheImageIsCorrected() {
    client
        .resource(Pairs.resource(PAIR.replace("lab/nothing", "lab/mysql")))
        .forceConflicts()
        .serverSideApply();
    objects.apply(resource(), topology(), Optional.empty());

    eventually(
        () -> {
          PodReport report = objects.inspectPods(resource(), topology());
          return report.ready().equals(Set.of("db1", "db2")) && report.problems().isEmpty();
        });
    assertThat(objects.inspectPods(resource(), topology()).pods().values())
        .allMatch(pod -> pod.due() instanceof Due.Nothing);
  }

  @Test
  @Order(7)
  void leavesARunningPodAloneWhenTheTemplateChanges() {
    Set<String> before = podUids();
    client
        .resource(Pairs.resource(PAIR.replace("lab/nothing", "lab/mysql").replace("64M", "96M")))
        .forceConflicts()
        .serverSideApply();
    objects.apply(resource(), topology(), Optional.empty());

    eventually(
        () ->
            objects.inspectPods(resource(), topology()).pods().values().stream()
                .allMatch(pod -> pod.due() instanceof Due.Settings));
    assertThat(podUids()).isEqualTo(before);
  }

  @Test
  @Order(8)
  void renewsCertificatesAndOverwritesNoPassword() {
    Secret password = secret("try-mysql");
    Secret certificate = secret("try-tls-db1");
    shift.set(Instant.EPOCH.plus(Duration.ofDays(250)));

    assertThat(objects.apply(resource(), topology(), Optional.empty())).isEmpty();
    shift.set(Instant.EPOCH);

    assertThat(secret("try-mysql")).isEqualTo(password);
    assertThat(secret("try-tls-db1").getData()).isNotEqualTo(certificate.getData());
  }

  @Test
  @Order(9)
  void reportsABadSecretAndLeavesItAsItIs() {
    client.secrets().inNamespace(NAMESPACE).withName("shop-app").delete();
    Secret given =
        new SecretBuilder()
            .withNewMetadata()
            .withName("shop-app")
            .withNamespace(NAMESPACE)
            .endMetadata()
            .addToStringData("username", "shop")
            .addToStringData("password", "secret\n")
            .build();
    client.resource(given).create();

    objects.apply(resource(), topology(), Optional.empty());

    assertThat(objects.checkSecrets(resource(), topology()))
        .singleElement()
        .satisfies(
            problem -> {
              assertThat(problem.field()).isEqualTo("spec.mysql.databases[0].secret");
              assertThat(problem.sentence()).contains("line break");
            });
    assertThat(secret("shop-app").getMetadata().getOwnerReferences()).isEmpty();
  }

  @Test
  @Order(10)
  void leavesObjectsOfOthersAlone() {
    client.services().inNamespace(NAMESPACE).withName("try-reader").delete();
    client
        .services()
        .inNamespace(NAMESPACE)
        .resource(
            new ServiceBuilder()
                .withNewMetadata()
                .withName("try-reader")
                .endMetadata()
                .withNewSpec()
                .addNewPort()
                .withPort(80)
                .endPort()
                .endSpec()
                .build())
        .create();

    List<Problem> problems = objects.apply(resource(), topology(), Optional.empty());

    assertThat(problems)
        .singleElement()
        .satisfies(problem -> assertThat(problem.reason()).isEqualTo("NameTaken"));
    client.services().inNamespace(NAMESPACE).withName("try-reader").delete();
  }

  @Test
  @Order(11)
  void saysWhichPortIsTaken() {
    String second =
        PAIR.replace("name: try,", "name: other,")
            .replace("lab/nothing", "lab/mysql")
            .replace("10.77.0.14", "10.77.0.15")
            .replace("fd77::141", "fd77::151")
            .replace("name: shop", "name: second");
    client.resource(Pairs.resource(second)).forceConflicts().serverSideApply();
    MySQLMultiMaster other = get("other");

    assertThat(objects.apply(other, topology(other), Optional.empty())).isEmpty();
    eventually(() -> objects.inspectPods(other, topology(other)).problems().size() == 2);

    assertThat(objects.inspectPods(other, topology(other)).problems())
        .allSatisfy(
            problem -> {
              assertThat(problem.reason()).isEqualTo("Unschedulable");
              assertThat(problem.sentence()).contains("spec.mysql.port (13306)");
            });
    remove("other");
  }

  @Test
  @Order(12)
  void leavesNothingBehind() {
    remove("try");

    // Not later: the next pair of this name must not find them.
    assertThat(versions().keySet()).noneMatch(name -> name.contains("try"));
    assertThat(pods()).isEmpty();
    assertThat(secret("shop-app")).isNotNull(); // the user's own
    assertThat(client.persistentVolumeClaims().inNamespace(NAMESPACE).list().getItems()).isEmpty();
  }

  @Test
  @Order(13)
  void keepsDataInClaimsUnlessAskedToDeleteThem() {
    String retains =
        PAIR.replace("name: try,", "name: claims,")
            .replace("lab/nothing", "lab/mysql")
            .replace("deletionPolicy: Delete", "deletionPolicy: Retain")
            .replace("storage: {hostPath: /var/lib/kube-objects-test}", "storage: {size: 1Gi}");
    bringUp("claims", retains);
    remove("claims");
    Map<String, String> kept = claims();
    assertThat(kept).containsOnlyKeys("data-claims-db1-0", "data-claims-db2-0");

    bringUp("claims", retains.replace("deletionPolicy: Retain", "deletionPolicy: Delete"));
    assertThat(claims()).isEqualTo(kept);
    remove("claims");

    eventually(() -> claims().isEmpty());
  }

  @Test
  @Order(13)
  void claimsGrowAndTheirStatefulSetsStillTakeChanges() {
    String small =
        PAIR.replace("name: try,", "name: claims,")
            .replace("lab/nothing", "lab/mysql")
            .replace("storage: {hostPath: /var/lib/kube-objects-test}", "storage: {size: 1Gi}");
    bringUp("claims", small);

    mayGrow(false);
    client.resource(Pairs.resource(small.replace("1Gi", "2Gi"))).forceConflicts().serverSideApply();
    MySQLMultiMaster larger = get("claims");
    assertThat(objects.apply(larger, topology(larger), Optional.empty()))
        .hasSize(2)
        .allSatisfy(
            problem -> {
              assertThat(problem.field()).isEqualTo("spec.mysql.storage.size");
              assertThat(problem.sentence())
                  .contains("stays at 1Gi and does not grow to 2Gi")
                  .contains("allowVolumeExpansion");
            });
    mayGrow(true);
    client
        .resource(Pairs.resource(small.replace("1Gi", "2Gi").replace("64M", "96M")))
        .forceConflicts()
        .serverSideApply();
    MySQLMultiMaster changed = get("claims");
    assertThat(objects.apply(changed, topology(changed), Optional.empty())).isEmpty();

    eventually(() -> capacities().equals(List.of("2Gi", "2Gi")));
    assertThat(
            client
                .apps()
                .statefulSets()
                .inNamespace(NAMESPACE)
                .withName("claims-db1")
                .get()
                .getSpec()
                .getTemplate()
                .getMetadata()
                .getAnnotations()
                .get(HostPod.MY_CNF))
        .contains("innodb_buffer_pool_size=96M");
    remove("claims");
    eventually(() -> claims().isEmpty());
  }

  private void mayGrow(boolean allowed) {
    client
        .storage()
        .v1()
        .storageClasses()
        .withName("lab")
        .edit(c -> new StorageClassBuilder(c).withAllowVolumeExpansion(allowed).build());
  }

  private List<String> capacities() {
    return client.persistentVolumeClaims().inNamespace(NAMESPACE).list().getItems().stream()
        .map(c -> String.valueOf(c.getStatus().getCapacity().get("storage")))
        .toList();
  }

  @Test
  @Order(14)
  void givesUpOnPodsThatDoNotEnd() {
    bringUp("slow", PAIR.replace("name: try,", "name: slow,").replace("lab/nothing", "lab/mysql"));
    delete("slow");

    Cleanup first = objects.cleanup(get("slow"));
    shift.set(Instant.EPOCH.plusSeconds(91));
    Cleanup later = objects.cleanup(get("slow"));
    shift.set(Instant.EPOCH);

    assertThat(first).isInstanceOf(Cleanup.Waiting.class);
    assertThat(later)
        .isInstanceOfSatisfying(
            Cleanup.Done.class,
            done ->
                assertThat(done.remarks())
                    .anyMatch(remark -> remark.contains("pod slow-db1-0 on node node2"))
                    .anyMatch(
                        remark -> remark.contains("the data of host db1 stay on node node2")));
    remove("slow");
  }

  private void bringUp(String name, String yaml) {
    client.resource(Pairs.resource(yaml)).forceConflicts().serverSideApply();
    eventually(
        () -> {
          MySQLMultiMaster resource = get(name);
          assertThat(objects.apply(resource, topology(resource), Optional.empty())).isEmpty();
          return objects.inspectPods(resource, topology(resource)).ready().size() == 2;
        });
  }

  private Map<String, String> claims() {
    Map<String, String> uids = new TreeMap<>();
    client
        .persistentVolumeClaims()
        .inNamespace(NAMESPACE)
        .list()
        .getItems()
        .forEach(claim -> uids.put(claim.getMetadata().getName(), claim.getMetadata().getUid()));
    return uids;
  }

  /** What the reconciler does; the finalizer is the operator's in the lab. */
  private void remove(String name) {
    delete(name);
    eventually(
        () -> {
          Cleanup progress = objects.cleanup(get(name));
          assertThat(progress.toString()).doesNotContain("left to Kubernetes", "by hand");
          return progress instanceof Cleanup.Done;
        });
    client
        .resource(get(name))
        .edit(
            r -> {
              r.getMetadata().getFinalizers().clear();
              return r;
            });
    eventually(
        () ->
            client.resources(MySQLMultiMaster.class).inNamespace(NAMESPACE).withName(name).get()
                == null);
  }

  private void delete(String name) {
    if (get(name).getMetadata().getDeletionTimestamp() != null) {
      return;
    }
    client
        .resource(get(name))
        .edit(
            r -> {
              r.getMetadata().getFinalizers().add("mysqlmmm.io/test");
              return r;
            });
    client.resource(get(name)).delete();
  }

  private MySQLMultiMaster resource() {
    return get("try");
  }

  private MySQLMultiMaster get(String name) {
    return client.resources(MySQLMultiMaster.class).inNamespace(NAMESPACE).withName(name).require();
  }

  private Topology topology() {
    return topology(resource());
  }

  private Topology topology(MySQLMultiMaster resource) {
    return switch (SpecReader.read(resource, objects.nodeAddresses())) {
      case Parsed.Valid(var topology) -> topology;
      case Parsed.Invalid(var problems) -> throw new AssertionError(problems);
    };
  }

  private Secret secret(String name) {
    return client.secrets().inNamespace(NAMESPACE).withName(name).require();
  }

  private List<Pod> pods() {
    return client.pods().inNamespace(NAMESPACE).list().getItems();
  }

  private Set<String> podUids() {
    return Set.copyOf(pods().stream().map(pod -> pod.getMetadata().getUid()).toList());
  }

  /** Everything but pods and StatefulSets, which change by themselves: generation of those. */
  private Map<String, String> versions() {
    Map<String, String> versions = new TreeMap<>();
    List.of(
            client.configMaps().inNamespace(NAMESPACE).list().getItems(),
            client.secrets().inNamespace(NAMESPACE).list().getItems(),
            client.services().inNamespace(NAMESPACE).list().getItems(),
            client.discovery().v1().endpointSlices().inNamespace(NAMESPACE).list().getItems(),
            client.policy().v1().podDisruptionBudget().inNamespace(NAMESPACE).list().getItems())
        .forEach(items -> items.forEach(item -> put(versions, item, false)));
    client
        .apps()
        .statefulSets()
        .inNamespace(NAMESPACE)
        .list()
        .getItems()
        .forEach(item -> put(versions, item, true));
    return versions;
  }

  private static void put(Map<String, String> versions, HasMetadata item, boolean generation) {
    // A budget's status follows the pods.
    boolean moves = generation || item.getKind().equals("PodDisruptionBudget");
    versions.put(
        item.getKind() + " " + item.getMetadata().getName(),
        moves
            ? String.valueOf(item.getMetadata().getGeneration())
            : item.getMetadata().getResourceVersion());
  }

  private static void eventually(BooleanSupplier condition) {
    long deadline = System.nanoTime() + PATIENCE.toNanos();
    while (true) {
      try {
        if (condition.getAsBoolean()) {
          return;
        }
      } catch (KubernetesClientException passing) {
        if (passing.getCode() != 409) {
          throw passing;
        }
      }
      if (System.nanoTime() > deadline) {
        throw new AssertionError("not within " + PATIENCE);
      }
      try {
        TimeUnit.MILLISECONDS.sleep(500);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new AssertionError(e);
      }
    }
  }
}
