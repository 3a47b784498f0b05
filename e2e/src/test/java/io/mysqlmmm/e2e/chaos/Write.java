package io.mysqlmmm.e2e.chaos;

/**
 * What a client wants written. Values are used once in a campaign, so each is found again.
 *
 * @param key list or register
 * @param value never 0
 */
record Write(Kind kind, int key, long value) {

  /** What a write does to its key. */
  enum Kind {
    /** Adds a value to the end of a list. */
    APPEND,
    /** Replaces the value of a register. */
    SET
  }
}
