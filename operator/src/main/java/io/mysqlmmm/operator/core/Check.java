package io.mysqlmmm.operator.core;

import java.util.Locale;

/** What is looked at of each host: MMM's four checks, and what MMM never looked at. */
public enum Check {
  /** Whether its agent answers the operator, or the other master's agent. */
  PING,
  /** Whether its mysqld answers. */
  MYSQL,
  /** Whether both replication threads run, from the writer, and nothing speaks against it. */
  REP_THREADS,
  /** How far behind the writer it is. */
  REP_BACKLOG;

  /** MMM's name. */
  public String text() {
    return name().toLowerCase(Locale.ROOT);
  }
}
