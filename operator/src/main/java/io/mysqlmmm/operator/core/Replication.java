package io.mysqlmmm.operator.core;

/** Whether hosts replicate as they should. */
public final class Replication {
  private Replication() {}

  /** Whether a host is the writer, or replicates from it; false while that is not known. */
  public static boolean healthy(Snapshot seen, String host) {
    if (seen.ledger().isEmpty()) {
      return false;
    }
    Pair pair = Pair.of(seen, seen.ledger().get());
    return host.equals(pair.writer()) || pair.replicates(host, pair.writer());
  }
}
