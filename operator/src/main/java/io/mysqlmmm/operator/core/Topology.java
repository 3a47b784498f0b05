package io.mysqlmmm.operator.core;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * What the user asked for, checked and complete: every default filled in, every name resolved.
 *
 * @param uid uid of the resource; orders carry it
 * @param roles all roles
 * @param activeMasterRole the exclusive role whose holder is the writer
 * @param policy how hosts are judged
 * @param adopted the master whose data set was made elsewhere and is the pair's first; empty: the
 *     pair began with new ones
 */
public record Topology(
    String namespace,
    String name,
    String uid,
    Instant createdAt,
    Mode mode,
    Durability durability,
    List<Host> hosts,
    List<Role> roles,
    String activeMasterRole,
    Optional<String> networkInterface,
    MySql mysql,
    Agent agent,
    Timing timing,
    Policy policy,
    Rejoin rejoin,
    Optional<String> adopted) {

  /** Where nobody decides about clones but people. */
  public Topology(
      String namespace,
      String name,
      String uid,
      Instant createdAt,
      Mode mode,
      Durability durability,
      List<Host> hosts,
      List<Role> roles,
      String activeMasterRole,
      Optional<String> networkInterface,
      MySql mysql,
      Agent agent,
      Timing timing,
      Policy policy) {
    this(
        namespace,
        name,
        uid,
        createdAt,
        mode,
        durability,
        hosts,
        roles,
        activeMasterRole,
        networkInterface,
        mysql,
        agent,
        timing,
        policy,
        Rejoin.MANUAL,
        Optional.empty());
  }

  /** Who decides that a host which cannot replicate is cloned. */
  public enum Rejoin {
    AUTOMATIC,
    MANUAL
  }

  /** MMM's monitor modes. */
  public enum Mode {
    ACTIVE,
    MANUAL,
    WAIT,
    PASSIVE
  }

  /** What an acknowledged write survives. */
  public enum Durability {
    LOSSLESS,
    AVAILABLE
  }

  /** What a host is for. */
  public enum Kind {
    MASTER,
    REPLICA
  }

  /** How the IPs of a role are given out. */
  public enum RoleMode {
    EXCLUSIVE,
    BALANCED
  }

  /**
   * One MySQL host.
   *
   * @param address where the operator and the peer reach it
   * @param delay of a replica: how long after the writer it applies each transaction
   * @param leaving whether it is in the spec no more, and only followed until its pod is gone
   * @param external whether its mysqld is the node's own, and the agent alone is in its pod
   */
  public record Host(
      String name,
      String nodeName,
      Kind kind,
      Optional<String> peer,
      String address,
      Duration delay,
      boolean leaving,
      boolean external) {
    public Host(
        String name,
        String nodeName,
        Kind kind,
        Optional<String> peer,
        String address,
        Duration delay) {
      this(name, nodeName, kind, peer, address, delay, false, false);
    }

    public Host(String name, String nodeName, Kind kind, Optional<String> peer, String address) {
      this(name, nodeName, kind, peer, address, Duration.ZERO, false, false);
    }

    /** The same, put elsewhere. */
    Host at(String node, String elsewhere) {
      return new Host(name, node, kind, peer, elsewhere, delay, leaving, external);
    }
  }

  /** A role; its IPs in the order of the spec. */
  public record Role(
      String name, RoleMode mode, List<String> hosts, List<String> ips, Optional<String> prefer) {}

  /** Ports of mysqld on the hosts, the databases to create, and how fast hosts are cloned. */
  public record MySql(int port, int adminPort, List<Database> databases, CloneLimits cloneLimits) {
    public MySql(int port, int adminPort, List<Database> databases) {
      this(port, adminPort, databases, CloneLimits.NONE);
    }
  }

  /** MiB per second of a clone: of data in each thread, and over the network; 0: no limit. */
  public record CloneLimits(int dataMib, int networkMib) {
    public static final CloneLimits NONE = new CloneLimits(0, 0);
  }

  /** A database, its user, and the Secret with the user's password. */
  public record Database(String name, String user, String secret) {}

  /** The agents' port. */
  public record Agent(int port) {}

  /** Bounds, each from the spec. */
  public record Timing(
      Duration heartbeat, Duration leaseTtl, Duration moveTimeout, Duration maxLag) {}

  /**
   * How hosts are judged, from spec.monitor.
   *
   * @param offline hosts that are to be offline
   * @param flapCount 0: flaps are not counted
   * @param autoSetOnline how long a host awaits recovery; empty: until somebody sets it online
   * @param waitForOtherMaster zero: for ever
   * @param pingIps addresses that tell whether the operator's own network works; empty: not asked
   */
  public record Policy(
      Set<String> offline,
      Map<Check, CheckRule> checks,
      Duration maxBacklog,
      int flapCount,
      Duration flapDuration,
      Optional<Duration> autoSetOnline,
      Duration waitForOtherMaster,
      List<String> pingIps,
      Optional<Fencing> fencing) {
    public Policy {
      offline = Set.copyOf(offline);
      checks = Map.copyOf(checks);
      pingIps = List.copyOf(pingIps);
    }

    /** How a check is done. */
    public CheckRule check(Check check) {
      CheckRule rule = checks.get(check);
      if (rule == null) {
        throw new IllegalArgumentException("the policy has no check " + check);
      }
      return rule;
    }
  }

  /**
   * A hook that takes a host out of service for sure.
   *
   * @param required whether a writer that cannot be reached is replaced on its word alone
   */
  public record Fencing(String url, Duration timeout, boolean required) {}

  /** The same with this mode in force. */
  public Topology in(Mode inForce) {
    return with(inForce, hosts);
  }

  /** The same with other hosts. */
  Topology withHosts(List<Host> others) {
    return with(mode, List.copyOf(others));
  }

  private Topology with(Mode inForce, List<Host> others) {
    return new Topology(
        namespace,
        name,
        uid,
        createdAt,
        inForce,
        durability,
        others,
        roles,
        activeMasterRole,
        networkInterface,
        mysql,
        agent,
        timing,
        policy,
        rejoin,
        adopted);
  }

  public Host host(String wanted) {
    return hosts.stream().filter(h -> h.name().equals(wanted)).findFirst().orElseThrow();
  }

  public Role writerRole() {
    return role(activeMasterRole);
  }

  public Role role(String wanted) {
    return roles.stream().filter(r -> r.name().equals(wanted)).findFirst().orElseThrow();
  }

  /** Every role but the writer's. */
  public List<Role> otherRoles() {
    return roles.stream().filter(r -> !r.name().equals(activeMasterRole)).toList();
  }

  /** The two masters, in the order of the spec. */
  public List<Host> masters() {
    return hosts.stream().filter(h -> h.kind() == Kind.MASTER).toList();
  }

  /** The other master. */
  public Host peerOf(String master) {
    return masters().stream().filter(h -> !h.name().equals(master)).findFirst().orElseThrow();
  }

  /** Every virtual IP of every role. */
  public List<String> managedIps() {
    return roles.stream().flatMap(r -> r.ips().stream()).toList();
  }
}
