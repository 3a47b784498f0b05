package io.mysqlmmm.shared.agent;

import io.mysqlmmm.shared.gtid.GtidSet;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * What the operator asks of an agent. Idempotent: the same order twice has the effect of one. Each
 * names its target and the ledger version it rests on, and is answered with what was observed
 * afterwards.
 */
public sealed interface Order {
  Target target();

  /**
   * Whom an order is for and what it rests on.
   *
   * @param resourceUid uid of the MySQLMultiMaster
   * @param serverUuid the data set the order was decided for (S8); a new disk refuses it
   * @param version ledger version it rests on (S8)
   * @param epoch epoch it speaks of
   * @param budget how long the agent may work on it, counted from its arrival
   */
  record Target(String resourceUid, String serverUuid, long version, long epoch, Duration budget) {}

  /** Follow no writer of this epoch or an older one any more: stops the IO thread. */
  record Promise(Target target) implements Order {}

  /**
   * Never write at this epoch or an older one again: durable record, super_read_only, client
   * connections killed, writer VIP off (S19).
   *
   * @param kill a fence: the VIP goes first, and mysqld is killed when super_read_only cannot be
   *     had
   */
  record Release(Target target, boolean kill) implements Order {}

  /** Answer when everything in {@code gtids} is applied here, or the budget is over. */
  record Await(Target target, GtidSet gtids) implements Order {}

  /**
   * Write at this epoch: drain, semi-sync source on if paired, writable, writer VIP, announce.
   *
   * @param pairedWith the other master's data set; empty when alone
   * @param echo the agent's clock as the operator heard it last: the operator's first vote for this
   *     epoch, so that a paired writer has a lease from the start, and a late order none
   */
  record Activate(
      Target target,
      WriteMode mode,
      boolean lossless,
      List<String> vips,
      String pairedWith,
      BootTime echo)
      implements Order {}

  /** Go on alone: semi-sync off (S14). Refused unless active in exactly this epoch (S5). */
  record Solo(Target target) implements Order {}

  /** Go on paired with this data set: a lease is needed, and each commit waits (S15). */
  record Lease(Target target, boolean lossless, String pairedWith) implements Order {}

  /**
   * Commit a marker row; answered when the peer has acknowledged it (S15), and carries every
   * transaction that was in the binlog before it.
   */
  record Mark(Target target) implements Order {}

  /**
   * mysqld may start. A host that wrote with commits waiting for its peer does not start by itself:
   * mysqld would commit what nobody acknowledged (S18).
   *
   * @param keep what the writer that took over has, told when it was active: the end of the binlog
   *     that is not in it is cut off first. Empty: the host is the writer, and starts as it is
   */
  record Start(Target target, Optional<GtidSet> keep) implements Order {}

  /** Replicate from this source. Refused for epochs up to the promise (S20). */
  record Replicate(Target target, Source source) implements Order {}

  /** Stop replicating, both threads: for a host whose data must not be mixed with others'. */
  record Hold(Target target) implements Order {}

  /**
   * Hold exactly these balanced IPs, and know which IPs are managed at all: any other managed IP
   * found on the interface, and not held as the writer's, is removed.
   */
  record Roles(Target target, List<String> readers, List<String> managed) implements Order {}

  /** On the writer: create the databases and their users, or set the users' passwords anew. */
  record Databases(Target target, List<Database> databases) implements Order {}

  /**
   * Give up the data set and take the donor's in its place, by MySQL's CLONE (S21). Answered when
   * it has begun; it goes on for minutes to hours.
   *
   * @param version the donor's mysqld; only the same series can be cloned
   * @param bytes the donor's data, which must fit here
   * @param maxDataBandwidth MiB of data per second and thread; 0: no limit
   * @param maxNetworkBandwidth MiB per second over the network; 0: no limit
   * @param requestedAt time of the person's request, which is its name; empty: nobody asked
   */
  record Clone(
      Target target,
      Source donor,
      String version,
      long bytes,
      int maxDataBandwidth,
      int maxNetworkBandwidth,
      String requestedAt)
      implements Order {}

  /**
   * Make a copy of the data, by MySQL's CLONE LOCAL, in the directory for backups. Answered when it
   * has begun; the server serves meanwhile.
   *
   * @param name of the new directory
   * @param requestedAt time of the person's request, which tells it from others
   */
  record Backup(Target target, String name, String requestedAt) implements Order {}

  /**
   * Take settings over without a restart: all of them, or none; answered with why not. A setting
   * that is fixed until a restart is a reason. Sessions that are open keep their own values.
   */
  record Settings(Target target, List<Setting> settings) implements Order {}

  /** A setting as my.cnf has it; empty: the server's own default. */
  record Setting(String name, Optional<String> value) {}

  /**
   * Where to replicate from.
   *
   * @param delay how long after the source each transaction is applied
   */
  record Source(String host, String address, int port, String serverUuid, Duration delay) {
    public Source {
      delay = Objects.requireNonNullElse(delay, Duration.ZERO);
    }

    /** Applied as soon as received. */
    public Source(String host, String address, int port, String serverUuid) {
      this(host, address, port, serverUuid, Duration.ZERO);
    }
  }

  /** A database and the user that owns it. */
  record Database(String name, String user, Password password) {}
}
