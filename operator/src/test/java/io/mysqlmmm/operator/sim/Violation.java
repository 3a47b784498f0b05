package io.mysqlmmm.operator.sim;

/** An invariant that was broken. */
final class Violation extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /** Not covered: nobody could tell that the ledger was an old one. */
  static final String UNRECOGNISED = "unrecognised";

  final String invariant;

  Violation(String invariant, String what) {
    super(invariant + ": " + what);
    this.invariant = invariant;
  }
}
