package io.mysqlmmm.operator.core;

import io.mysqlmmm.shared.gtid.GtidSet;

/**
 * A marker row that the peer acknowledged (S15). Typed by all that it rests on (S5): it counts for
 * no other writer, peer data set, epoch or lease.
 *
 * @param executed everything in the writer's binlog up to the marker
 */
public record Mark(String writerUuid, String peerUuid, long epoch, long lease, GtidSet executed) {}
