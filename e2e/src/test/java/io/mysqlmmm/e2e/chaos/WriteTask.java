package io.mysqlmmm.e2e.chaos;

import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.concurrent.atomic.AtomicLong;

/** Writes one new value, to the lists or to the registers in turn, one commit each. */
final class WriteTask implements Task {
  private static final String APPEND =
      "INSERT INTO chaos_appends (list, value, host) VALUES (?, ?, @@GLOBAL.report_host)";
  private static final String SET =
      "INSERT INTO chaos_registers (id, value, host) VALUES (?, ?, @@GLOBAL.report_host) AS wanted"
          + " ON DUPLICATE KEY UPDATE value = wanted.value, host = wanted.host";

  private final Write.Kind kind;
  private final int keys;
  private final boolean byWriterIp;
  private final AtomicLong values;
  private final Clock clock;

  WriteTask(Write.Kind kind, boolean byWriterIp, AtomicLong values, Clock clock) {
    this.kind = kind;
    this.keys = kind == Write.Kind.APPEND ? Schema.LISTS : Schema.REGISTERS;
    this.byWriterIp = byWriterIp;
    this.values = values;
    this.clock = clock;
  }

  @Override
  public void once(Link link, Sheet sheet) throws SQLException {
    long value = values.incrementAndGet();
    Write write = new Write(kind, sheet.firstKey() + (int) (value % keys), value);
    long start = clock.now();
    // Whatever else is thrown, the answer is unknown.
    Outcome outcome = Outcome.UNKNOWN;
    try {
      execute(link, write);
      outcome = Outcome.ACKNOWLEDGED;
    } catch (SQLException e) {
      outcome = Outcome.of(e);
      throw e;
    } finally {
      Span span = new Span(start, clock.now());
      sheet.history().add(new Attempt(write, link.host(), span, outcome, byWriterIp));
    }
  }

  private static void execute(Link link, Write write) throws SQLException {
    String sql = write.kind() == Write.Kind.APPEND ? APPEND : SET;
    try (PreparedStatement statement = link.connection().prepareStatement(sql)) {
      statement.setInt(1, write.key());
      statement.setLong(2, write.value());
      statement.executeUpdate();
    }
  }
}
