package io.mysqlmmm.operator.kube;

import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.ContainerBuilder;
import io.fabric8.kubernetes.api.model.EnvVar;
import io.fabric8.kubernetes.api.model.EnvVarBuilder;
import io.fabric8.kubernetes.api.model.Volume;
import io.fabric8.kubernetes.api.model.VolumeBuilder;
import io.mysqlmmm.operator.core.Topology;
import io.mysqlmmm.operator.core.Topology.Host;
import io.mysqlmmm.operator.kube.Storage.HostPath;
import io.mysqlmmm.operator.observe.MysqlSettings;

/**
 * A host whose mysqld is the node's own (docs/decisions/029). Its pod differs in this: its
 * processes are the node's, so that the agent sees and can kill mysqld; the directory of handshakes
 * is the node's, under a name of its own, because mysqld is told apart by it; external.sh stands in
 * mysqld's container. The unit that it publishes has the node's service manager run launch.sh, with
 * the places of a pod bound in, so that mysqld and the agent know all files by the same paths.
 */
final class ExternalHost {
  static final String SCRIPT = "external.sh";

  static final String UNIT = "mysql-mmm.conf";

  /** For launch.sh: what the node's own option file may set. */
  static final String OPTIONS = "own-options";

  private static final String RUN_ON_NODE = "/run/mysql-mmm";

  private ExternalHost() {}

  /** Where the agent and mysqld meet; the same path on the node and in the pod. */
  static String run(Topology pair, Host host) {
    return "%s/%s/%s/%s".formatted(RUN_ON_NODE, pair.namespace(), pair.name(), host.name());
  }

  static Volume runVolume(Topology pair, Host host) {
    return new VolumeBuilder()
        .withName(HostPod.RUN)
        .withNewHostPath()
        .withPath(run(pair, host))
        .withType("DirectoryOrCreate")
        .endHostPath()
        .build();
  }

  /** In place of prepare.sh, which is the unit's here. */
  static Container prepare(Blueprint pair, Host host, Container inside) {
    return shell(pair, host, inside, "publish")
        .withVolumeMounts(HostContainers.mysqldMounts(pair, host))
        .build();
  }

  static Container agent(Blueprint pair, Host host, Container inside) {
    // Files of mysqld's and directories of its are of a user that only the node knows.
    return unconfined(inside)
        .editSecurityContext()
        .editCapabilities()
        .addToAdd("DAC_OVERRIDE")
        .endCapabilities()
        .endSecurityContext()
        .addToEnv(env("MMM_RUN", run(pair.topology(), host)))
        .build();
  }

  /** In place of mysqld: the container is ready, and ends, when mysqld is and does. */
  static Container mysqld(Blueprint pair, Host host, Container inside) {
    return shell(pair, host, inside, "attend").build();
  }

  private static ContainerBuilder shell(
      Blueprint pair, Host host, Container inside, String subcommand) {
    return unconfined(
            new ContainerBuilder(inside)
                .withSecurityContext(HostContainers.root("DAC_OVERRIDE", "KILL"))
                .build())
        .withCommand("/bin/sh", MountPaths.SCRIPTS + "/" + SCRIPT, subcommand)
        // mysqld's own memory is the node's to account for.
        .withResources(HostContainers.shellResources())
        .addToEnv(env("MMM_RUN", run(pair.topology(), host)), env("MMM_PLACE", place(pair, host)));
  }

  /** AppArmor's profile for containers lets no signal out to a process that is not in one. */
  private static ContainerBuilder unconfined(Container inside) {
    return new ContainerBuilder(inside)
        .editSecurityContext()
        .withNewAppArmorProfile()
        .withType("Unconfined")
        .endAppArmorProfile()
        .endSecurityContext();
  }

  private static EnvVar env(String name, String value) {
    return new EnvVarBuilder().withName(name).withValue(value).build();
  }

  /** The host's directory on the node. */
  private static String place(Blueprint pair, Host host) {
    return switch (pair.storage()) {
      case HostPath path -> path.ofHost(pair.namespace(), pair.cluster(), host.name());
      // SpecReader lets no such pair through.
      case Storage.Claim _ ->
          throw new IllegalStateException("external host " + host.name() + " has a claim");
    };
  }

  static String options(Topology pair, Host host) {
    return MysqlSettings.rulesBefore(MyCnf.names(pair, host));
  }

  /** A drop-in for the unit of the node's mysqld. */
  static String unit(Blueprint pair, Host host) {
    String place = place(pair, host);
    String run = run(pair.topology(), host);
    String backups =
        pair.backup()
            .map(backup -> BackupVolume.hostPath(pair, host, backup))
            .map(
                path ->
                    "Environment=MMM_BACKUPS=%1$s\nBindPaths=%1$s:%2$s\n"
                        .formatted(path, MountPaths.BACKUP))
            .orElse("");
    return """
    # For mysqld's unit on node %4$s, which becomes host %3$s of %1$s/%2$s by it. Made by
    # mysql-mmm-operator. Copy it to /etc/systemd/system/mysql.service.d/ (mysqld.service.d in some
    # packages), make the lines of "Adjust" right for the package, then:
    #   systemctl daemon-reload && systemctl restart mysql
    [Unit]
    StartLimitIntervalSec=0

    [Service]
    # Adjust: mysqld's user and group, its program, its option file, and where it logs.
    Environment=MMM_MYSQL_OWNER=mysql:mysql
    Environment=MMM_MYSQLD=/usr/sbin/mysqld
    Environment=MMM_OWN_CONFIG=/etc/mysql/my.cnf
    Environment="MMM_MYSQLD_LOG=journalctl -u mysql"

    Environment=MMM_VOLUME=%5$s
    Environment=MMM_SHOWN_DATA=%5$s/mysql/data
    Environment=MMM_RUN=%6$s
    BindPaths=%5$s:/var/lib/mmm
    BindReadOnlyPaths=%5$s/node/scripts:/etc/mmm/scripts
    BindReadOnlyPaths=%5$s/node/mysql:/etc/mmm/mysql
    BindReadOnlyPaths=%5$s/node/tls:/etc/mmm/tls
    %7$s\
    Type=exec
    PIDFile=
    ExecStartPre=
    ExecStartPre=+/bin/sh %5$s/node/scripts/prepare.sh
    ExecStart=
    ExecStart=/bin/sh /etc/mmm/scripts/launch.sh
    ExecStartPost=
    # Fences the host first; else mysqld is killed, and cut off what nobody acknowledged.
    ExecStop=
    ExecStop=/bin/sh /etc/mmm/scripts/pre-stop.sh
    KillMode=mixed
    TimeoutStopSec=70
    Restart=always
    RestartSec=1
    """
        .formatted(
            pair.namespace(), pair.cluster(), host.name(), host.nodeName(), place, run, backups);
  }
}
