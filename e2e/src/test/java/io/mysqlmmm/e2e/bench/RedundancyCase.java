package io.mysqlmmm.e2e.bench;

import io.mysqlmmm.e2e.Lab;
import io.mysqlmmm.e2e.PairUnderTest;
import io.mysqlmmm.e2e.chaos.Administrator;
import io.mysqlmmm.e2e.chaos.TailKill;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * The writer's mysqld gets SIGKILL with commits in its binlog that its peer never received, once
 * such that they can be cut off, once with one among them that forbids it, so that the host is
 * cloned. The pair holds some gigabytes.
 */
final class RedundancyCase {
  private static final Duration LOADED = Duration.ofMinutes(20);
  private static final Duration BACK = Duration.ofMinutes(30);

  /** For each GB of data, on each host: the binlogs of the last one, and room to spare. */
  private static final int SPACE = 3;

  private static final int MEBIBYTES = 1024;
  private static final int ROWS = 16;
  private static final String BULK =
      """
      INSERT INTO bulk (body)
      WITH RECURSIVE n AS (SELECT 1 AS i UNION ALL SELECT i + 1 FROM n WHERE i < %d)
      SELECT REPEAT(SHA2(RAND(), 512), 8192) FROM n"""
          .formatted(ROWS);

  private static final String MEASURED =
      "%d GB, from the writer's kill -9 to two hosts in sync, %s";

  private RedundancyCase() {}

  static List<Figure> measure(Ground ground, int gigabytes) throws Exception {
    String cut = MEASURED.formatted(gigabytes, "the end of the binlog cut off");
    String clone = MEASURED.formatted(gigabytes, "cloned, as the end may not be cut");
    long free = freeGigabytes();
    // Both hosts' data are on this machine's disk.
    if (free < 2L * SPACE * gigabytes) {
      String why = "not measured: %d GB free".formatted(free);
      return List.of(Figure.left(cut, "5 s", why, ""), Figure.left(clone, "-", why, ""));
    }
    load(ground, gigabytes);
    return List.of(
        one(ground, cut, "5 s", TailKill.Kind.AS_IT_COMES),
        one(ground, clone, "-", TailKill.Kind.LASTING));
  }

  private static long freeGigabytes() {
    String node = PairUnderTest.node(PairUnderTest.HOSTS.getFirst());
    String free = Lab.onNode(node, "df", "--output=avail", "-BG", "/var/lib/mysql-mmm");
    return Long.parseLong(free.lines().toList().getLast().replaceAll("\\D", ""));
  }

  /** Rows of one MiB, in transactions of sixteen; the binlogs of each GB are purged. */
  private static void load(Ground ground, int gigabytes) throws Exception {
    String ip = PairUnderTest.WRITER_IP;
    ground
        .application()
        .execute(ip, "CREATE TABLE bulk (id BIGINT AUTO_INCREMENT PRIMARY KEY, body LONGTEXT)");
    for (int gigabyte = 0; gigabyte < gigabytes; gigabyte++) {
      for (int i = 0; i < MEBIBYTES / ROWS; i++) {
        ground.application().execute(ip, BULK);
      }
      ground.pair().awaitCaughtUp(LOADED);
      for (String host : PairUnderTest.HOSTS) {
        purge(ground, host);
      }
    }
  }

  private static void purge(Ground ground, String host) throws Exception {
    Process purge =
        Administrator.of(ground.client())
            .session(
                host,
                "FLUSH BINARY LOGS; PURGE BINARY LOGS BEFORE DATE_ADD(NOW(), INTERVAL 1 DAY)");
    if (purge.waitFor() != 0) {
      throw new IllegalStateException("the binlogs of " + host + " could not be purged");
    }
  }

  private static Figure one(Ground ground, String what, String target, TailKill.Kind kind)
      throws SQLException {
    ground.awaitWell();
    ground.pair().awaitCaughtUp(LOADED);
    String killed = ground.pair().writer();
    long version = ground.version();
    Optional<String> clone = ground.lastClone(killed);
    long start = ground.tailKill().perform(kind);
    ground.awaitBack(killed, version, BACK);
    Duration took = ground.since(start);
    String how = ground.lastClone(killed).equals(clone) ? "not cloned" : "cloned";
    return new Figure(what, target, "%s (%s)".formatted(Sample.text(took), how), 1, "MMM by hand");
  }
}
