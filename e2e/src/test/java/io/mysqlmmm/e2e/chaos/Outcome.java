package io.mysqlmmm.e2e.chaos;

import java.sql.SQLException;
import java.util.Set;

/** What the client knows of a write. */
enum Outcome {
  /** It is there, and has to stay there. */
  ACKNOWLEDGED,
  /** It is not there, and must not come. */
  REFUSED,
  /** The answer was lost: it may be there, may come later, or never. */
  UNKNOWN;

  /**
   * Errors after which the statement has done nothing for certain: lock wait timeout, deadlock,
   * read-only (ER_OPTION_PREVENTS_STATEMENT) and read-only transaction mode, from the MySQL error
   * reference.
   */
  private static final Set<Integer> NOTHING_DONE = Set.of(1205, 1213, 1290, 1836);

  static Outcome of(SQLException failure) {
    return NOTHING_DONE.contains(failure.getErrorCode()) ? REFUSED : UNKNOWN;
  }
}
