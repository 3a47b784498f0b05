package io.mysqlmmm.operator.sim;

import io.mysqlmmm.shared.agent.BootTime;
import io.mysqlmmm.shared.agent.Standing;
import io.mysqlmmm.shared.gtid.GtidSet;
import java.util.UUID;

/** What a host's volume holds: it survives every death, and is lost as a whole. */
final class Disk {
  Standing standing;
  BootTime leaseEnd = BootTime.NEVER;
  GtidSet executed = GtidSet.empty();
  GtidSet relayed = GtidSet.empty();

  /** What its sessions waited for the peer with when mysqld died: only prepared by the engines. */
  GtidSet tail = GtidSet.empty();

  /** In which boot of its machine it was opened last. */
  int boot;

  /** As auto.cnf has it. */
  String uuid;

  private Disk(Standing standing) {
    this.standing = standing;
    this.uuid = standing.serverUuid();
  }

  /** A new data set: {@code number} makes its server_uuid another one each time. */
  static Disk fresh(String host, int number) {
    String name = host + "-" + number;
    String uuid =
        UUID.nameUUIDFromBytes(name.getBytes(java.nio.charset.StandardCharsets.UTF_8)).toString();
    return new Disk(Standing.initial().of(uuid).started());
  }

  /**
   * Cuts the end of the binlog that is not in {@code keep} off, and tells it; what was committed
   * stays (S18).
   */
  GtidSet cut(GtidSet keep) {
    GtidSet lacking = tail.minus(keep);
    executed = executed.minus(lacking);
    tail = GtidSet.empty();
    return lacking;
  }

  /** A relay log is not synced for each transaction; binlogs, engines and the standing are. */
  void loseUnsynced() {
    relayed = GtidSet.empty();
  }

  GtidSet received() {
    return executed.union(relayed);
  }
}
