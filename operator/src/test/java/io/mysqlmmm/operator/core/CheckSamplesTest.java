package io.mysqlmmm.operator.core;

import static org.assertj.core.api.Assertions.assertThat;

import io.mysqlmmm.shared.agent.Mysqld;
import io.mysqlmmm.shared.gtid.GtidSet;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What a look of MMM's four checks finds. db1 writes, db2 follows it. */
class CheckSamplesTest {
  private final SimulatedPair pair = SimulatedPair.healthy();

  private Sample look(String host, Check check) {
    return Samples.of(pair.snapshot(), host, check);
  }

  private void db2Says(Mysqld mysqld) {
    pair.db2.told = Optional.of(mysqld);
  }

  @Test
  void allIsWell() {
    for (Check check : Check.OF_MMM) {
      assertThat(look("db1", check)).as(check.toString()).isInstanceOf(Sample.Good.class);
      assertThat(look("db2", check)).as(check.toString()).isInstanceOf(Sample.Good.class);
    }
  }

  @Test
  void aWriterThatThePeerHearsIsNotSilent() {
    pair.db1.reachable = false;
    assertThat(look("db1", Check.PING)).isInstanceOf(Sample.Unknown.class);

    pair.db2.writerUnheard = Duration.ofSeconds(5);

    assertThat(look("db1", Check.PING)).isInstanceOf(Sample.Bad.class);
    assertThat(look("db1", Check.MYSQL))
        .as("what the silent agent would say of its server is not known")
        .isInstanceOf(Sample.Unknown.class);
  }

  @Test
  void aServerThatIsGoneOrStartsIsCertainlyDown() {
    db2Says(new Mysqld.Absent("it was killed"));
    assertThat(look("db2", Check.MYSQL)).isEqualTo(new Sample.Bad("it was killed", true));
    db2Says(new Mysqld.Starting());
    assertThat(look("db2", Check.MYSQL)).isEqualTo(new Sample.Bad("mysqld is starting", true));
  }

  @Test
  void aServerThatIsSlowIsUnknownUntilItsTimeoutAndNeverCertain() {
    db2Says(new Mysqld.Unresponsive("no answer", 999));
    assertThat(look("db2", Check.MYSQL)).isInstanceOf(Sample.Unknown.class);
    db2Says(new Mysqld.Unresponsive("no answer", 1000));
    assertThat(look("db2", Check.MYSQL))
        .isInstanceOfSatisfying(Sample.Bad.class, b -> assertThat(b.certain()).isFalse());
  }

  /** With MMM a receiver that connected in vain passed, for ever. */
  @Test
  void aThreadThatStandsOrConnectsInVainIsBad() {
    pair.db2.io = false;
    assertThat(look("db2", Check.REP_THREADS)).isInstanceOf(Sample.Bad.class);
    pair.db2.io = true;
    pair.db2.sql = false;
    assertThat(look("db2", Check.REP_THREADS)).isInstanceOf(Sample.Bad.class);
    pair.db2.sql = true;
    assertThat(look("db2", Check.REP_THREADS)).isInstanceOf(Sample.Good.class);

    db2Says(channel(Mysqld.ThreadState.CONNECTING));

    assertThat(look("db2", Check.REP_THREADS)).isInstanceOf(Sample.Bad.class);
  }

  private Mysqld channel(Mysqld.ThreadState io) {
    Mysqld.Running running = pair.snapshot().running("db2").orElseThrow();
    Mysqld.Channel c = running.channel().orElseThrow();
    return new Mysqld.Running(
        running.serverUuid(),
        running.version(),
        running.superReadOnly(),
        running.executed(),
        running.purged(),
        Optional.of(
            new Mysqld.Channel(
                c.sourceAddress(),
                c.sourcePort(),
                c.sourceUuid(),
                io,
                c.sql(),
                c.retrieved(),
                c.lagMillis(),
                c.error(),
                5000,
                c.delay())),
        running.semiSync(),
        0,
        "",
        Optional.empty());
  }

  @Test
  void aSurplusIsBadThoughBothThreadsRun() {
    pair.db2.executed =
        pair.db2.executed.union(GtidSet.parse("cccccccc-0000-0000-0000-000000000003:1"));

    assertThat(look("db2", Check.REP_THREADS))
        .isInstanceOfSatisfying(
            Sample.Bad.class, b -> assertThat(b.message()).startsWith("ErrantTransactions"));
  }

  /** With MMM no figure was 0 seconds, and passed. */
  @Test
  void howFarBehindIsUnknownGoodOrTooMuch() {
    pair.db2.lagMillis = Optional.empty();
    assertThat(look("db2", Check.REP_BACKLOG)).isInstanceOf(Sample.Unknown.class);
    pair.db2.lagMillis = Optional.of(60_000L);
    assertThat(look("db2", Check.REP_BACKLOG)).isInstanceOf(Sample.Good.class);
    pair.db2.lagMillis = Optional.of(60_001L);
    assertThat(look("db2", Check.REP_BACKLOG)).isInstanceOf(Sample.Bad.class);
  }

  @Test
  void withoutAWriterReplicationIsNotJudged() {
    pair.db1.kill();

    assertThat(look("db2", Check.REP_THREADS)).isInstanceOf(Sample.Unknown.class);
    assertThat(look("db2", Check.REP_BACKLOG)).isInstanceOf(Sample.Unknown.class);
  }
}
