package io.mysqlmmm.e2e.chaos;

import io.mysqlmmm.e2e.PairUnderTest;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * The campaign's tables. No unique key on values: a doubled one must be able to be there. Each run
 * has lists and registers of its own, numbered from {@link #firstKey}.
 */
final class Schema {
  /** Lists, and registers, of a run. */
  static final int LISTS = 4;

  static final int REGISTERS = 2;
  static final List<String> TABLES = List.of("chaos_appends", "chaos_registers", "chaos_bulk");

  private static final int KEYS_PER_RUN = 10;

  private Schema() {}

  static int firstKey(int run) {
    return run * KEYS_PER_RUN;
  }

  /** Makes the tables anew. */
  static void create(Application application) throws SQLException {
    application.execute(
        PairUnderTest.WRITER_IP,
        "DROP TABLE IF EXISTS " + String.join(", ", TABLES),
        """
        CREATE TABLE chaos_appends (seq BIGINT AUTO_INCREMENT PRIMARY KEY, list INT NOT NULL,
          value BIGINT NOT NULL, host VARCHAR(64) NOT NULL, KEY (list, seq))""",
        """
        CREATE TABLE chaos_registers (id INT PRIMARY KEY, value BIGINT NOT NULL,
          host VARCHAR(64) NOT NULL)""",
        "CREATE TABLE chaos_bulk (id BIGINT AUTO_INCREMENT PRIMARY KEY, text VARCHAR(200))");
  }

  /** What a host holds of a run. */
  static Contents contents(Application application, String host, int run) throws SQLException {
    String keys = "BETWEEN %d AND %d".formatted(firstKey(run), firstKey(run + 1) - 1);
    String address = PairUnderTest.address(host);
    Map<Integer, List<Long>> lists =
        application
            .query(
                address,
                "SELECT list, value FROM chaos_appends WHERE list %s ORDER BY seq".formatted(keys))
            .stream()
            .collect(
                Collectors.groupingBy(
                    row -> Integer.valueOf(row.getFirst()),
                    Collectors.mapping(row -> Long.valueOf(row.getLast()), Collectors.toList())));
    Map<Integer, Long> registers = new HashMap<>();
    application
        .query(address, "SELECT id, value FROM chaos_registers WHERE id %s".formatted(keys))
        .forEach(
            row -> registers.put(Integer.valueOf(row.getFirst()), Long.valueOf(row.getLast())));
    return new Contents(lists, registers);
  }

  static String gtids(Application application, String host) throws SQLException {
    return application
        .query(PairUnderTest.address(host), "SELECT @@GLOBAL.gtid_executed")
        .getFirst()
        .getFirst();
  }

  /** Table and checksum, for each table. */
  static List<List<String>> checksums(Application application, String host) throws SQLException {
    return application.query(
        PairUnderTest.address(host), "CHECKSUM TABLE " + String.join(", ", TABLES));
  }
}
