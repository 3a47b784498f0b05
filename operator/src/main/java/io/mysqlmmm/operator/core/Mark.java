package io.mysqlmmm.operator.core;

import io.mysqlmmm.shared.gtid.GtidSet;

/**
 * A marker row: when the peer has received all up to it, it receives what the writer writes; under
 * a lease, it has acknowledged it, too (S15). Typed by all that it rests on (S5): it counts for no
 * other writer, peer data set, epoch, ledger version or lease.
 *
 * @param executed everything in the writer's binlog up to the marker
 */
public record Mark(
    String writerUuid, String peerUuid, long epoch, long version, long lease, GtidSet executed) {}
