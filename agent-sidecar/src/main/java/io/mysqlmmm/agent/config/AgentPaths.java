package io.mysqlmmm.agent.config;

import java.nio.file.Path;

/**
 * Every path the agent touches.
 *
 * @param config agent.json
 * @param data the agent's own directory on the data's volume
 * @param run shared with mysqld's container: pid file and handshakes
 * @param tls tls.crt, tls.key and ca.crt
 * @param credentials rootPassword, agentPassword and replicationPassword
 * @param mysqlData mysqld's data directory
 * @param backups where backups go, if anywhere; the same path in mysqld's container
 * @param sourceCa the CA's certificate, by the path that <em>mysqld</em> knows it by
 */
public record AgentPaths(
    Path config,
    Path data,
    Path run,
    Path tls,
    Path credentials,
    Path mysqlData,
    Path backups,
    String sourceCa) {

  /** The paths of the pod, all below {@code root} (normally "/"). */
  public static AgentPaths below(Path root) {
    Path tls = root.resolve("etc/mmm/tls");
    return new AgentPaths(
        root.resolve("etc/mmm/agent/agent.json"),
        root.resolve("var/lib/mmm/agent"),
        root.resolve("run/mmm"),
        tls,
        root.resolve("etc/mmm/credentials"),
        root.resolve("var/lib/mmm/mysql/data"),
        root.resolve("var/lib/mmm-backup"),
        tls.resolve("ca.crt").toString());
  }

  /** Where mysqld keeps its server_uuid. */
  public Path autoCnf() {
    return mysqlData.resolve("auto.cnf");
  }

  /** Where mysqld is the node's own. */
  public AgentPaths withRun(Path directory) {
    return new AgentPaths(config, data, directory, tls, credentials, mysqlData, backups, sourceCa);
  }

  public AgentPaths withConfig(Path file) {
    return new AgentPaths(file, data, run, tls, credentials, mysqlData, backups, sourceCa);
  }
}
