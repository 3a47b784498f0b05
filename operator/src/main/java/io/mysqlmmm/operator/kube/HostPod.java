package io.mysqlmmm.operator.kube;

import io.fabric8.kubernetes.api.model.DownwardAPIVolumeFileBuilder;
import io.fabric8.kubernetes.api.model.KeyToPath;
import io.fabric8.kubernetes.api.model.NodeSelectorTermBuilder;
import io.fabric8.kubernetes.api.model.PodSpecBuilder;
import io.fabric8.kubernetes.api.model.PodTemplateSpec;
import io.fabric8.kubernetes.api.model.PodTemplateSpecBuilder;
import io.fabric8.kubernetes.api.model.Quantity;
import io.fabric8.kubernetes.api.model.Toleration;
import io.fabric8.kubernetes.api.model.TolerationBuilder;
import io.fabric8.kubernetes.api.model.Volume;
import io.fabric8.kubernetes.api.model.VolumeBuilder;
import io.fabric8.kubernetes.client.utils.Serialization;
import io.mysqlmmm.operator.core.Topology.Host;
import io.mysqlmmm.operator.kube.Storage.HostPath;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * The pod of a host: on the node's own network, pinned to its node by the scheduler (so that taken
 * ports show as Unschedulable), and staying there when the node is lost: a second copy elsewhere is
 * never wanted.
 */
final class HostPod {
  static final String DATA = "data";
  static final String RUN = "run";
  static final String SCRIPTS = "scripts";
  static final String MYSQL_CONFIG = "mysql-config";
  static final String AGENT_CONFIG = "agent-config";
  static final String TLS = "tls";
  static final String CREDENTIALS = "credentials";
  static final String MYSQL_TMP = "mysql-tmp";
  static final String AGENT_TMP = "agent-tmp";

  /** User and group of mysqld; also the official image's. */
  static final long MYSQL_ID = 999;

  static final String CONFIG_HASH = "mysqlmmm.io/config-hash";

  /**
   * my.cnf itself: a running pod keeps the one that it began with, also when its mysqld or its node
   * is started again, until it is replaced or its mysqld has taken the difference over.
   */
  static final String MY_CNF = "mysqlmmm.io/my-cnf";

  /** Of all that needs a new pod when it changes: the template without my.cnf. */
  static final String TEMPLATE_HASH = "mysqlmmm.io/template-hash";

  /** pre-stop.sh takes 8 s of it at most; the rest is for a polite stop of mysqld. */
  private static final long GRACE_SECONDS = 60;

  private static final int MODE_OWNER_AND_GROUP = 0440;
  private static final int MODE_OWNER = 0400;

  private HostPod() {}

  static PodTemplateSpec template(Blueprint pair, Host host, Map<String, String> labels) {
    PodSpecBuilder spec =
        new PodSpecBuilder()
            .withHostNetwork(true)
            // mysqld and the agent look up nothing in the cluster.
            .withDnsPolicy("Default")
            .withAutomountServiceAccountToken(false)
            .withEnableServiceLinks(false)
            .withTerminationGracePeriodSeconds(GRACE_SECONDS)
            .withTolerations(tolerations())
            .withNewSecurityContext()
            .withFsGroup(MYSQL_ID)
            .withFsGroupChangePolicy("OnRootMismatch")
            .withNewSeccompProfile()
            .withType("RuntimeDefault")
            .endSeccompProfile()
            .endSecurityContext()
            .withNewAffinity()
            .withNewNodeAffinity()
            .withNewRequiredDuringSchedulingIgnoredDuringExecution()
            .withNodeSelectorTerms(
                new NodeSelectorTermBuilder()
                    .addNewMatchField()
                    .withKey("metadata.name")
                    .withOperator("In")
                    .withValues(host.nodeName())
                    .endMatchField()
                    .build())
            .endRequiredDuringSchedulingIgnoredDuringExecution()
            .endNodeAffinity()
            .endAffinity()
            .withInitContainers(
                HostContainers.prepare(pair, host), HostContainers.agent(pair, host))
            .withContainers(HostContainers.mysqld(pair, host))
            .withVolumes(volumes(pair, host));
    if (host.external()) {
      spec.withHostPID(true);
    } else {
      spec.withShareProcessNamespace(true);
    }
    pair.settings().priorityClass().ifPresent(spec::withPriorityClassName);
    PodTemplateSpec template =
        new PodTemplateSpecBuilder()
            .withNewMetadata()
            .withLabels(labels)
            .addToAnnotations(CONFIG_HASH, Config.hash(pair, host))
            .addToAnnotations("kubectl.kubernetes.io/default-container", HostContainers.MYSQLD)
            .endMetadata()
            .withSpec(spec.build())
            .build();
    return template
        .edit()
        .editMetadata()
        .addToAnnotations(TEMPLATE_HASH, Config.hash(Serialization.asJson(template)))
        .addToAnnotations(MY_CNF, MyCnf.render(pair.topology(), host, pair.config()))
        .endMetadata()
        .build();
  }

  /** For ever: without tolerationSeconds. */
  private static List<Toleration> tolerations() {
    return Stream.of("not-ready", "unreachable")
        .map(
            condition ->
                new TolerationBuilder()
                    .withKey("node.kubernetes.io/" + condition)
                    .withOperator("Exists")
                    .withEffect("NoExecute")
                    .build())
        .toList();
  }

  private static List<Volume> volumes(Blueprint pair, Host host) {
    List<Volume> volumes = new ArrayList<>();
    if (pair.storage() instanceof HostPath path) {
      volumes.add(
          new VolumeBuilder()
              .withName(DATA)
              .withNewHostPath()
              .withPath(path.ofHost(pair.namespace(), pair.cluster(), host.name()))
              .withType("DirectoryOrCreate")
              .endHostPath()
              .build());
    }
    pair.backup().ifPresent(backup -> volumes.add(BackupVolume.volume(pair, host, backup)));
    volumes.add(host.external() ? ExternalHost.runVolume(pair.topology(), host) : memory(RUN));
    volumes.add(memory(MYSQL_TMP));
    volumes.add(memory(AGENT_TMP));
    List<KeyToPath> scripts =
        new ArrayList<>(Config.SCRIPTS.stream().map(name -> item(name, name)).toList());
    if (pair.topology().adopted().filter(host.name()::equals).isPresent()) {
      scripts.add(item(Config.ORIGIN, Config.ORIGIN));
    }
    if (host.external()) {
      scripts.add(item(ExternalHost.SCRIPT, ExternalHost.SCRIPT));
      scripts.add(item(ExternalHost.OPTIONS, ExternalHost.OPTIONS));
      scripts.add(item(Config.unitKey(host.name()), ExternalHost.UNIT));
    }
    volumes.add(config(pair, SCRIPTS, scripts));
    volumes.add(myCnf());
    volumes.add(
        config(pair, AGENT_CONFIG, List.of(item(Config.agentKey(host.name()), "agent.json"))));
    volumes.add(
        secret(TLS, Names.tls(pair.cluster(), host.name()), MODE_OWNER_AND_GROUP, List.of()));
    List<KeyToPath> passwords = SystemSecret.KEYS.stream().map(name -> item(name, name)).toList();
    volumes.add(secret(CREDENTIALS, pair.systemSecret(), MODE_OWNER, passwords));
    return volumes;
  }

  private static Volume memory(String name) {
    return new VolumeBuilder()
        .withName(name)
        .withNewEmptyDir()
        .withMedium("Memory")
        .withSizeLimit(new Quantity("32Mi"))
        .endEmptyDir()
        .build();
  }

  private static Volume myCnf() {
    return new VolumeBuilder()
        .withName(MYSQL_CONFIG)
        .withNewDownwardAPI()
        .withItems(
            new DownwardAPIVolumeFileBuilder()
                .withPath("my.cnf")
                .withNewFieldRef()
                .withFieldPath("metadata.annotations['%s']".formatted(MY_CNF))
                .endFieldRef()
                .build())
        .endDownwardAPI()
        .build();
  }

  private static Volume config(Blueprint pair, String name, List<KeyToPath> items) {
    return new VolumeBuilder()
        .withName(name)
        .withNewConfigMap()
        .withName(Names.config(pair.cluster()))
        .withItems(items)
        .endConfigMap()
        .build();
  }

  private static Volume secret(String name, String secret, int mode, List<KeyToPath> items) {
    return new VolumeBuilder()
        .withName(name)
        .withNewSecret()
        .withSecretName(secret)
        .withDefaultMode(mode)
        .withItems(items)
        .endSecret()
        .build();
  }

  private static KeyToPath item(String key, String path) {
    return new KeyToPath(key, null, path);
  }
}
