package io.mysqlmmm.operator.sim;

/** An invariant that was broken. */
final class Violation extends RuntimeException {
  private static final long serialVersionUID = 1L;
  final String invariant;

  Violation(String invariant, String what) {
    super(invariant + ": " + what);
    this.invariant = invariant;
  }
}
