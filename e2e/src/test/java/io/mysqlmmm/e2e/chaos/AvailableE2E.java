package io.mysqlmmm.e2e.chaos;

import static org.assertj.core.api.Assertions.assertThat;

import io.mysqlmmm.e2e.Eventually;
import io.mysqlmmm.e2e.PairUnderTest;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** durability Available: no acknowledgement of the peer stands between two writers. */
class AvailableE2E extends EachWithAPair {
  private static final Duration SOON = Duration.ofSeconds(30);

  private final Undos undos = new Undos();
  private volatile boolean stopping;

  @Override
  String manifest() {
    return super.manifest().replace("durability: Lossless", "durability: Available");
  }

  @AfterEach
  void heal() {
    stopping = true;
    undos.runAll();
  }

  /** Commits at one host's own address for as long as it lets us; notes each acknowledgement. */
  private Thread commitAt(String host, AtomicLong first, AtomicLong last) {
    return Thread.ofPlatform()
        .start(
            () -> {
              while (!stopping) {
                try (Connection connection = pair.connect(PairUnderTest.address(host));
                    Statement statement = connection.createStatement()) {
                  while (!stopping) {
                    statement.execute("INSERT INTO ticks (host) VALUES ('" + host + "')");
                    long now = System.nanoTime();
                    first.compareAndSet(0, now);
                    last.set(now);
                  }
                } catch (SQLException e) {
                  // Read-only, or away: tried again.
                  Thread.onSpinWait();
                }
              }
            });
  }

  @Test
  void mysqldOfAFrozenAgentIsDeadBeforeThePeerWrites() throws Exception {
    String before = pair.writer();
    String after = pair.standby();
    pair.execute(
        PairUnderTest.WRITER_IP,
        "CREATE TABLE ticks (id BIGINT AUTO_INCREMENT PRIMARY KEY, host CHAR(3))");
    AtomicLong lastAtOld = new AtomicLong();
    AtomicLong firstAtNew = new AtomicLong();
    Thread old = commitAt(before, new AtomicLong(), lastAtOld);
    Thread next = commitAt(after, firstAtNew, new AtomicLong());
    Eventually.within(SOON, () -> assertThat(lastAtOld.get()).isPositive());
    List<String> mysqld = Processes.mysqld(before);

    Fault.Undo thaw = Processes.freeze(Processes.agent(before));
    undos.add(thaw);

    Eventually.within(SOON, () -> assertThat(firstAtNew.get()).isPositive());
    assertThat(Processes.mysqld(before)).doesNotContainAnyElementsOf(mysqld);
    stopping = true;
    old.join();
    next.join();
    assertThat(Duration.ofNanos(firstAtNew.get() - lastAtOld.get())).isPositive();
    System.out.println(
        "Available, writer's agent frozen: pause between the two writers "
            + Duration.ofNanos(firstAtNew.get() - lastAtOld.get()));
    assertThat(pair.writer()).isEqualTo(after);

    thaw.run();

    Eventually.within(SOON, () -> assertThat(pair.writable()).containsExactly(after));
  }
}
