package io.mysqlmmm.e2e.chaos;

import io.mysqlmmm.e2e.Eventually;
import io.mysqlmmm.e2e.PairUnderTest;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * Kills the writer's mysqld when commits wait in it that its peer will never receive: what its
 * server sends to the peer's is dropped for the moment before. Somebody has to write meanwhile.
 */
public final class TailKill {
  /** What stands among them. */
  public enum Kind {
    /** What the clients write. */
    AS_IT_COMES,
    /** And an ANALYZE TABLE, which no recovery undoes, so that nothing may be cut off. */
    LASTING
  }

  /** Long enough for commits; after half a second the writer would go on alone. */
  private static final String SECONDS = "0.15";

  private static final Duration REPLACED = Duration.ofSeconds(60);

  private static final String ANALYZE = "ANALYZE TABLE tail_kill";
  private final Site site;
  private final Undos undos;

  /**
   * @param undos takes what is still to be lifted, should the campaign end meanwhile
   */
  public TailKill(Site site, Undos undos) {
    this.site = site;
    this.undos = undos;
  }

  /** Makes the table that {@link Kind#LASTING} needs. */
  public void prepare() throws SQLException {
    site.application()
        .execute(
            PairUnderTest.WRITER_IP, "CREATE TABLE IF NOT EXISTS tail_kill (id INT PRIMARY KEY)");
  }

  /**
   * Kills it and returns when another host is designated, or it is back: it was alone already.
   *
   * @return the moment before the kill, by the site's clock
   */
  public long perform(Kind kind) throws SQLException {
    String writer = site.pair().writer();
    String killed = only(Processes.mysqld(writer));
    boolean lasting = kind == Kind.LASTING;
    AtomicBoolean over = new AtomicBoolean();
    try (Connection analyzing = site.application().connect(PairUnderTest.address(writer))) {
      if (lasting) {
        Thread _ =
            Thread.ofPlatform().daemon().name("analyze").start(() -> analyze(analyzing, over));
      }
      long before = site.clock().now();
      undos.add(
          PacketFilter.dropAndThen(
              PairUnderTest.node(PairUnderTest.other(writer)),
              "ip saddr %s tcp sport 3306".formatted(PairUnderTest.address(writer)),
              "sleep %s; kill -9 %s".formatted(SECONDS, killed)));
      awaitReplaced(writer, killed);
      return before;
    } finally {
      over.set(true);
      undos.runAll().forEach(System.err::println);
    }
  }

  private static String only(List<String> pids) {
    if (pids.size() != 1) {
      throw new AssertionError("one mysqld expected, seen: " + pids);
    }
    return pids.getFirst();
  }

  private void awaitReplaced(String writer, String killed) {
    Eventually.within(
        REPLACED,
        () -> {
          List<String> now = Processes.mysqld(writer);
          boolean alone = List.of(writer).equals(site.pair().ledger().inSync());
          boolean back = alone && !now.isEmpty() && !now.contains(killed);
          if (site.pair().writer().equals(writer) && !back) {
            throw new AssertionError(writer + " is the writer still, and not back");
          }
        });
  }

  private static void analyze(Connection connection, AtomicBoolean over) {
    try (Statement statement = connection.createStatement()) {
      while (!over.get()) {
        statement.execute(ANALYZE);
      }
    } catch (SQLException e) {
      // The last one waits until the server is killed: that is what it is for.
      return;
    }
  }
}
