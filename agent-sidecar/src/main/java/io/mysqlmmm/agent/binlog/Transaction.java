package io.mysqlmmm.agent.binlog;

import java.util.Locale;
import java.util.Optional;

/**
 * One transaction of a binlog, as far as it matters whether crash recovery undoes it when it is cut
 * off. It does so when its engines had only prepared it: they took part in a two-phase commit with
 * the binlog.
 */
final class Transaction {
  final String source;
  final long number;
  final long position;
  private boolean twoPhase;
  private int statements;
  private String statement = "";
  private boolean atomicDdl;
  private boolean strange;

  /**
   * @param position where its GTID event begins
   */
  Transaction(String source, long number, long position) {
    this.source = source;
    this.number = number;
    this.position = position;
  }

  /** An XID, an XA PREPARE, or a compressed payload, which holds no other kind of transaction. */
  void commitsInTwoPhases() {
    twoPhase = true;
  }

  void statement(String text, boolean ddlWithXid) {
    statements++;
    statement = text;
    atomicDdl = ddlWithXid;
  }

  void isStrange() {
    strange = true;
  }

  /** Why crash recovery would leave its effects; empty when it undoes them. */
  Optional<Refusal> lasting() {
    if (strange) {
      return Optional.of(Refusal.INCIDENT);
    }
    String verb = statement.strip().toUpperCase(Locale.ROOT);
    boolean xa = verb.startsWith("XA COMMIT") || verb.startsWith("XA ROLLBACK");
    // Torn off by the crash: mysqld's recovery drops it by itself.
    boolean unfinished = statements == 0 || verb.equals("BEGIN");
    boolean one = statements == 1;
    return twoPhase || unfinished || (one && (atomicDdl || xa))
        ? Optional.empty()
        : Optional.of(Refusal.NOT_TRANSACTIONAL);
  }

  /** Its GTID. */
  String name() {
    return source + ":" + number;
  }

  /** For people: its GTID and its last statement. */
  String text() {
    return "%s is %s".formatted(name(), shortened(statement));
  }

  private static String shortened(String text) {
    String line = text.strip().replaceAll("\\s+", " ");
    return line.length() > 60 ? line.substring(0, 60) + "…" : line;
  }
}
