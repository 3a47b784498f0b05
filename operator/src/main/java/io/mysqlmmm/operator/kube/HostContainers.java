package io.mysqlmmm.operator.kube;

import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.ContainerBuilder;
import io.fabric8.kubernetes.api.model.ContainerPort;
import io.fabric8.kubernetes.api.model.ContainerPortBuilder;
import io.fabric8.kubernetes.api.model.Quantity;
import io.fabric8.kubernetes.api.model.ResourceRequirements;
import io.fabric8.kubernetes.api.model.ResourceRequirementsBuilder;
import io.fabric8.kubernetes.api.model.SecurityContext;
import io.fabric8.kubernetes.api.model.SecurityContextBuilder;
import io.fabric8.kubernetes.api.model.VolumeMount;
import io.fabric8.kubernetes.api.model.VolumeMountBuilder;
import io.mysqlmmm.operator.core.Topology.Host;
import java.util.ArrayList;
import java.util.List;

/**
 * The containers of a host's pod.
 *
 * <p>No liveness probe, on purpose. mysqld: a probe cannot tell "stuck" from "waiting for the
 * peer's acknowledgement", and the kubelet's SIGTERM would acknowledge falsely; the agent fences
 * what has to be fenced. Agent: the kubelet already restarts it when its process ends.
 */
final class HostContainers {
  static final String PREPARE = "prepare";
  static final String AGENT = "agent";
  static final String MYSQLD = "mysqld";

  /** A node under load may take a while until the agent's JVM listens. */
  private static final int AGENT_START_SECONDS = 120;

  private static final int READY_PERIOD_SECONDS = 5;

  private HostContainers() {}

  static Container prepare(Blueprint pair, Host host) {
    Container inside = ownPrepare(pair, host);
    return host.external() ? ExternalHost.prepare(pair, host, inside) : inside;
  }

  private static Container ownPrepare(Blueprint pair, Host host) {
    return new ContainerBuilder()
        .withName(PREPARE)
        .withImage(pair.image())
        .withImagePullPolicy(pair.pullPolicy())
        .withCommand("/bin/sh", MountPaths.SCRIPTS + "/prepare.sh")
        .withSecurityContext(root("CHOWN", "FOWNER", "DAC_OVERRIDE"))
        .withResources(shellResources())
        .withTerminationMessagePolicy("FallbackToLogsOnError")
        .withVolumeMounts(
            mount(HostPod.DATA, MountPaths.STATE), readOnly(HostPod.SCRIPTS, MountPaths.SCRIPTS))
        .addAllToVolumeMounts(BackupVolume.mounts(pair, host))
        .build();
  }

  /**
   * A sidecar: an init container that goes on running, started before mysqld and ended after it.
   */
  static Container agent(Blueprint pair, Host host) {
    Container inside = ownAgent(pair, host);
    return host.external() ? ExternalHost.agent(pair, host, inside) : inside;
  }

  private static Container ownAgent(Blueprint pair, Host host) {
    int port = pair.topology().agent().port();
    return new ContainerBuilder()
        .withName(AGENT)
        .withImage(pair.agentImage())
        .withImagePullPolicy(pair.settings().agentPullPolicy())
        .withRestartPolicy("Always")
        .withSecurityContext(root("NET_ADMIN", "NET_RAW", "KILL"))
        .withResources(pair.agentResources().orElseGet(HostContainers::agentResources))
        .withPorts(port("agent", port))
        .withNewStartupProbe()
        .withNewTcpSocket()
        .withHost(host.address())
        .withNewPort(port)
        .endTcpSocket()
        .withPeriodSeconds(1)
        .withFailureThreshold(AGENT_START_SECONDS)
        .endStartupProbe()
        .withTerminationMessagePolicy("FallbackToLogsOnError")
        .withVolumeMounts(
            mount(HostPod.DATA, MountPaths.STATE),
            mount(HostPod.RUN, MountPaths.run(pair.topology(), host)),
            mount(HostPod.AGENT_TMP, "/tmp"),
            readOnly(HostPod.AGENT_CONFIG, MountPaths.AGENT_CONFIG),
            readOnly(HostPod.TLS, MountPaths.TLS),
            readOnly(HostPod.CREDENTIALS, MountPaths.CREDENTIALS))
        .addAllToVolumeMounts(BackupVolume.mounts(pair, host))
        .build();
  }

  static Container mysqld(Blueprint pair, Host host) {
    Container inside = ownMysqld(pair, host);
    return host.external() ? ExternalHost.mysqld(pair, host, inside) : inside;
  }

  private static Container ownMysqld(Blueprint pair, Host host) {
    return new ContainerBuilder()
        .withName(MYSQLD)
        .withImage(pair.image())
        .withImagePullPolicy(pair.pullPolicy())
        .withCommand("/bin/sh", MountPaths.SCRIPTS + "/launch.sh")
        .withSecurityContext(
            restricted()
                .withRunAsNonRoot(true)
                .withRunAsUser(HostPod.MYSQL_ID)
                .withRunAsGroup(HostPod.MYSQL_ID)
                .build())
        .withResources(pair.mysqlResources().orElseGet(HostContainers::mysqlResources))
        .withPorts(
            port("mysql", pair.topology().mysql().port()),
            port("mysql-admin", pair.topology().mysql().adminPort()))
        .withNewLifecycle()
        .withNewPreStop()
        .withNewExec()
        .withCommand("/bin/sh", MountPaths.SCRIPTS + "/pre-stop.sh")
        .endExec()
        .endPreStop()
        .endLifecycle()
        // Not by a connection: mysqld counts those that say nothing, and locks their host out.
        .withNewReadinessProbe()
        .withNewExec()
        .withCommand(
            "/bin/sh",
            "-c",
            "[ -S %1$s/mysqld.sock ] && read -r pid <%1$s/mysqld.pid && kill -0 \"$pid\""
                .formatted(MountPaths.run(pair.topology(), host)))
        .endExec()
        .withPeriodSeconds(READY_PERIOD_SECONDS)
        .withTimeoutSeconds(READY_PERIOD_SECONDS)
        .endReadinessProbe()
        .withTerminationMessagePolicy("FallbackToLogsOnError")
        .withVolumeMounts(mysqldMounts(pair, host))
        .build();
  }

  static List<VolumeMount> mysqldMounts(Blueprint pair, Host host) {
    List<VolumeMount> mounts =
        new ArrayList<>(
            List.of(
                mount(HostPod.DATA, MountPaths.STATE),
                mount(HostPod.RUN, MountPaths.run(pair.topology(), host)),
                mount(HostPod.MYSQL_TMP, "/tmp"),
                readOnly(HostPod.SCRIPTS, MountPaths.SCRIPTS),
                readOnly(HostPod.MYSQL_CONFIG, MountPaths.MYSQL_CONFIG),
                readOnly(HostPod.TLS, MountPaths.TLS)));
    mounts.addAll(BackupVolume.mounts(pair, host));
    return mounts;
  }

  static ResourceRequirements shellResources() {
    return new ResourceRequirementsBuilder()
        .addToRequests("cpu", new Quantity("10m"))
        .addToRequests("memory", new Quantity("16Mi"))
        .addToLimits("memory", new Quantity("64Mi"))
        .build();
  }

  private static ResourceRequirements agentResources() {
    return new ResourceRequirementsBuilder()
        .addToRequests("cpu", new Quantity("50m"))
        .addToRequests("memory", new Quantity("96Mi"))
        .addToLimits("memory", new Quantity("256Mi"))
        .build();
  }

  /** No limit: it depends on the buffer pool, and exceeding it would kill the writer. */
  private static ResourceRequirements mysqlResources() {
    return new ResourceRequirementsBuilder()
        .addToRequests("cpu", new Quantity("100m"))
        .addToRequests("memory", new Quantity("512Mi"))
        .build();
  }

  static SecurityContext root(String... capabilities) {
    return restricted()
        .withRunAsUser(0L)
        .withRunAsGroup(0L)
        .editCapabilities()
        .withAdd(capabilities)
        .endCapabilities()
        .build();
  }

  private static SecurityContextBuilder restricted() {
    return new SecurityContextBuilder()
        .withAllowPrivilegeEscalation(false)
        .withReadOnlyRootFilesystem(true)
        .withNewCapabilities()
        .withDrop("ALL")
        .endCapabilities();
  }

  /** On the node's network a port is the node's. */
  private static ContainerPort port(String name, int number) {
    return new ContainerPortBuilder()
        .withName(name)
        .withContainerPort(number)
        .withHostPort(number)
        .withProtocol("TCP")
        .build();
  }

  private static VolumeMount mount(String volume, String path) {
    return new VolumeMountBuilder().withName(volume).withMountPath(path).build();
  }

  private static VolumeMount readOnly(String volume, String path) {
    return new VolumeMountBuilder().withName(volume).withMountPath(path).withReadOnly(true).build();
  }
}
