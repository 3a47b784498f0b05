package io.mysqlmmm.operator.monitor;

import io.mysqlmmm.api.v1alpha1.MySQLMultiMasterStatus;
import io.mysqlmmm.operator.core.Command.EndBackup;
import io.mysqlmmm.operator.core.Command.EndClone;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** People's requests for clones and backups that are over without having begun. */
final class Refusals {
  private static final Logger LOG = LoggerFactory.getLogger(Refusals.class);

  private final StatusWriter status;
  private final Ticker ticker;
  private final Predicate<UnaryOperator<MySQLMultiMasterStatus>> write;

  /**
   * @param write writes an edit of the status; whether it was written
   */
  Refusals(
      StatusWriter status, Ticker ticker, Predicate<UnaryOperator<MySQLMultiMasterStatus>> write) {
    this.status = status;
    this.ticker = ticker;
    this.write = write;
  }

  /** Whether that is remembered now; told once it is. */
  boolean end(EndClone end) {
    LOG.info("clone of {} refused: {}", end.host(), end.message());
    return refused(
        s -> CloneStatuses.refused(s, end.host(), end.request(), end.message(), ticker.wall()),
        "CloneFailed",
        "%s was not cloned: %s".formatted(end.host(), end.message()));
  }

  /** Whether that is remembered now; told once it is. */
  boolean end(EndBackup end) {
    LOG.info("backup of {} refused: {}", end.host(), end.message());
    return refused(
        s -> BackupStatuses.refused(s, end.host(), end.request(), end.message(), ticker.wall()),
        "BackupFailed",
        "%s was not backed up: %s".formatted(end.host(), end.message()));
  }

  private boolean refused(
      UnaryOperator<MySQLMultiMasterStatus> edit, String event, String sentence) {
    boolean written = write.test(edit);
    if (written) {
      status.event(true, event, sentence);
    }
    return written;
  }
}
