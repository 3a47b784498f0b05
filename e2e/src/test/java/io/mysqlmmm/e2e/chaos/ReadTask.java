package io.mysqlmmm.e2e.chaos;

import java.sql.SQLException;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Reads each list and each register in turn. */
final class ReadTask implements Task {
  private final Clock clock;
  private int turn;

  ReadTask(Clock clock) {
    this.clock = clock;
  }

  @Override
  public void once(Link link, Sheet sheet) throws SQLException {
    int offset = turn++ % (Schema.LISTS + Schema.REGISTERS);
    if (offset < Schema.LISTS) {
      list(link, sheet, sheet.firstKey() + offset);
    } else {
      register(link, sheet, sheet.firstKey() + offset - Schema.LISTS);
    }
  }

  private void list(Link link, Sheet sheet, int list) throws SQLException {
    long start = clock.now();
    Set<Long> values = new HashSet<>();
    Application.rows(link.connection(), "SELECT value FROM chaos_appends WHERE list = " + list)
        .forEach(row -> values.add(Long.valueOf(row.getFirst())));
    sheet.history().add(new ListRead(list, values, link.host(), new Span(start, clock.now())));
  }

  private void register(Link link, Sheet sheet, int register) throws SQLException {
    long start = clock.now();
    List<List<String>> rows =
        Application.rows(
            link.connection(), "SELECT value FROM chaos_registers WHERE id = " + register);
    long value = rows.isEmpty() ? 0 : Long.parseLong(rows.getFirst().getFirst());
    sheet
        .history()
        .add(new RegisterRead(register, value, link.host(), new Span(start, clock.now())));
  }
}
