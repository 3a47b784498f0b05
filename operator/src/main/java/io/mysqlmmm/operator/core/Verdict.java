package io.mysqlmmm.operator.core;

/**
 * What a decision found. Each has a paragraph in docs/clustering.md; a verdict that waits is a
 * state in which the operator deliberately does nothing.
 */
public enum Verdict {
  /** Both masters in sync, the writer serves. */
  HEALTHY,
  /** The writer serves alone; the other master is being brought back or waited for. */
  SOLO,
  /** The resource is paused: nothing is changed (I5). */
  PASSIVE,
  /** No ledger yet: both masters' agents must answer before a writer is designated (S6). */
  AWAITING_BOTH_MASTERS,
  /** No ledger, and a host has data of unknown origin: nobody is made writer over it. */
  UNKNOWN_DATA,
  /** No ledger yet, and a virtual IP answers from another machine: it is not taken over. */
  IP_IN_USE,
  /** No ledger yet, and a host cannot hold virtual IPs (its interface is missing, say). */
  NO_NETWORK,
  /** A first writer, or one rebuilt from both agents' words, is being designated. */
  DESIGNATING,
  /** The designated writer is being activated. */
  ACTIVATING,
  /** The other master has to confirm that it will not write before the writer is activated (S5). */
  AWAITING_PROOF,
  /** A planned move is under way. */
  MOVING,
  /** A planned move is being undone. */
  ABORTING,
  /** The writer is gone and the other master is being promoted. */
  FAILING_OVER,
  /** What is due needs the ledger, and the API server does not answer: it is not begun. */
  LEDGER_UNREACHABLE,
  /** The writer is down and there is nobody who may be promoted: it has to come back. */
  WRITER_DOWN,
  /** Nothing is known of the writer: unknown is not down, nobody is promoted (I4). */
  WRITER_UNKNOWN,
  /** The writer is down and the mode is not Active: somebody has to move the role. */
  MANUAL;

  /** Whether clients may be waiting for the next step. */
  public boolean switching() {
    return switch (this) {
      case DESIGNATING, ACTIVATING, MOVING, ABORTING, FAILING_OVER -> true;
      case HEALTHY,
          SOLO,
          PASSIVE,
          AWAITING_BOTH_MASTERS,
          UNKNOWN_DATA,
          IP_IN_USE,
          NO_NETWORK,
          AWAITING_PROOF,
          LEDGER_UNREACHABLE,
          WRITER_DOWN,
          WRITER_UNKNOWN,
          MANUAL ->
          false;
    };
  }
}
