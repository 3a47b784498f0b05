/** The end of mysqld's binlog, read while mysqld is down: what in it nobody acknowledged (S18). */
@NullMarked
package io.mysqlmmm.agent.binlog;

import org.jspecify.annotations.NullMarked;
