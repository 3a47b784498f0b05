package io.mysqlmmm.operator.core;

/** MMM's host states (MMM Monitor.pm); {@link Transition} tells what leads from one to another. */
public enum HostState {
  /** It may hold roles. */
  ONLINE,
  /** Somebody set it offline: no roles, no replication, until somebody sets it online. */
  ADMIN_OFFLINE,
  /** Its agent or its mysqld does not answer. */
  HARD_OFFLINE,
  /** It was down and is fine again; it goes ONLINE by rule, or when somebody sets it online. */
  AWAITING_RECOVERY,
  /** It does not replicate. */
  REPLICATION_FAIL,
  /** It is too far behind. */
  REPLICATION_DELAY
}
