/**
 * The agent beside one mysqld: it observes, keeps its word on disk, obeys the operator's orders,
 * holds virtual IPs. Here: the start, the wiring and what all parts share (clock, board).
 */
@NullMarked
package io.mysqlmmm.agent;

import org.jspecify.annotations.NullMarked;
