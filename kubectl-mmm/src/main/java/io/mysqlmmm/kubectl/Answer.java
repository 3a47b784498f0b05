package io.mysqlmmm.kubectl;

/**
 * What a verb says in the end: one line, and the exit status that goes with it.
 *
 * @param line begins with {@code OK: } or {@code ERROR: }, as mmm_control's answers did
 */
record Answer(ExitStatus status, String line) {
  static Answer done(String sentence) {
    return new Answer(ExitStatus.DONE, "OK: " + sentence);
  }

  static Answer refused(String sentence) {
    return failed(ExitStatus.REFUSED, sentence);
  }

  static Answer failed(ExitStatus status, String sentence) {
    return new Answer(status, "ERROR: " + sentence);
  }

  /** Says it: what is done to standard output, everything else to standard error. */
  ExitStatus tell(Console console) {
    (status == ExitStatus.DONE ? console.out() : console.err()).println(line);
    return status;
  }
}
