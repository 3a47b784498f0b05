package io.mysqlmmm.kubectl.legacy;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The resource, as far as the configuration says what it is to be.
 *
 * @param network the interface for virtual IPs; empty: the one that has the host's address
 */
record Draft(
    String name,
    Optional<String> namespace,
    String mode,
    String activeMasterRole,
    List<Host> hosts,
    List<Role> roles,
    Optional<String> network,
    Ports ports,
    Monitoring monitoring) {

  /** A host; the address is empty where MMM had a name in its place. */
  record Host(
      String name,
      String node,
      Optional<String> address,
      boolean isMaster,
      Optional<String> peer) {}

  record Role(
      String name,
      boolean isExclusive,
      List<String> hosts,
      List<String> ips,
      Optional<String> prefer) {}

  /** The ports on every node. */
  record Ports(int mysql, int agent) {
    static final int DEFAULT_MYSQL = 3306;
    static final int DEFAULT_AGENT = 9989;
    static final int DEFAULT_ADMIN = 33062;

    /** mysqld's admin port: the usual one, or the next that is free. */
    int admin() {
      int port = DEFAULT_ADMIN;
      while (port == mysql || port == agent) {
        port++;
      }
      return port;
    }
  }

  /**
   * {@code spec.monitor}, with what the configuration sets only.
   *
   * @param settings name to value
   * @param checks check to its settings
   */
  record Monitoring(
      Map<String, String> settings, List<String> pingIps, Map<String, Map<String, String>> checks) {
    boolean isEmpty() {
      return settings.isEmpty() && pingIps.isEmpty() && checks.isEmpty();
    }
  }
}
