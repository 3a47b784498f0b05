package io.mysqlmmm.e2e.bench;

/**
 * One line of the table.
 *
 * @param what what was measured
 * @param target what it is to be at most (the aims that the project set itself)
 * @param runs how often
 * @param others what others take, on this kind of machine where MMM is named
 */
record Figure(String what, String target, String measured, int runs, String others) {

  static Figure of(String what, String target, Sample sample, String others) {
    return new Figure(what, target, sample.text(), sample.size(), others);
  }

  /** Something that was not measured, and why. */
  static Figure left(String what, String target, String why, String others) {
    return new Figure(what, target, why, 0, others);
  }
}
