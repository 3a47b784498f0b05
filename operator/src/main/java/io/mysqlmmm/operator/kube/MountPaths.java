package io.mysqlmmm.operator.kube;

import io.mysqlmmm.operator.core.Topology;
import io.mysqlmmm.operator.core.Topology.Host;

/** Where things are in a pod's containers: the contract with launch.sh and the agent. */
final class MountPaths {
  /** The data volume: {@code mysql/} belongs to mysqld, {@code agent/} to the agent. */
  static final String STATE = "/var/lib/mmm";

  /** Where backups go. */
  static final String BACKUP = "/var/lib/mmm-backup";

  private static final String RUN = "/run/mmm";

  static final String SCRIPTS = "/etc/mmm/scripts";
  static final String MYSQL_CONFIG = "/etc/mmm/mysql";
  static final String AGENT_CONFIG = "/etc/mmm/agent";
  static final String TLS = "/etc/mmm/tls";
  static final String CREDENTIALS = "/etc/mmm/credentials";

  private MountPaths() {}

  /** Sockets, pids and the handshake files; in memory. */
  static String run(Topology pair, Host host) {
    return host.external() ? ExternalHost.run(pair, host) : RUN;
  }
}
