package io.mysqlmmm.operator.core;

/** Whether hosts replicate as they should. */
public final class Replication {
  private Replication() {}

  /**
   * Whether a host is heard and neither the writer nor replicating from it. Of one that is not
   * heard nothing is known, and unknown is not trouble (I4).
   */
  public static boolean isBroken(Snapshot seen, String host) {
    return seen.agent(host).isPresent()
        && seen.ledger()
            .map(ledger -> Pair.of(seen, ledger))
            .filter(p -> host.equals(p.writer()) || p.replicates(host, p.writer()))
            .isEmpty();
  }
}
