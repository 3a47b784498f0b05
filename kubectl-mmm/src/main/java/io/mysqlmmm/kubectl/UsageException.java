package io.mysqlmmm.kubectl;

/** What was asked for cannot be meant: one sentence on how to ask. */
final class UsageException extends Exception {
  private static final long serialVersionUID = 1L;

  UsageException(String message) {
    super(message);
  }
}
