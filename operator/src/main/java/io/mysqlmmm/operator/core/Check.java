package io.mysqlmmm.operator.core;

import java.util.Collections;
import java.util.EnumSet;
import java.util.Locale;
import java.util.Set;

/** What is looked at of each host: MMM's four checks, and what MMM never looked at. */
public enum Check {
  /** Whether its agent answers the operator, or the other master's agent. */
  PING,
  /** Whether its mysqld answers. */
  MYSQL,
  /** Whether both replication threads run, from the writer, and nothing speaks against it. */
  REP_THREADS,
  /** How far behind the writer it is. */
  REP_BACKLOG,
  /** Whether the writer can really write. */
  WRITE,
  /** Whether the data's volume answers, takes writes, and has room. */
  DISK,
  /** Whether its wall clock is the operator's. */
  CLOCK;

  /** MMM's four, by which a host's state is judged. */
  public static final Set<Check> OF_MMM =
      Collections.unmodifiableSet(EnumSet.of(PING, MYSQL, REP_THREADS, REP_BACKLOG));

  /** MMM's name. */
  public String text() {
    return name().toLowerCase(Locale.ROOT);
  }
}
