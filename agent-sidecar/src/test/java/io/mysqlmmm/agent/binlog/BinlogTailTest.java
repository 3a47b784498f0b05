package io.mysqlmmm.agent.binlog;

import static org.assertj.core.api.Assertions.assertThat;

import io.mysqlmmm.agent.binlog.BinlogTail.Plan;
import io.mysqlmmm.shared.gtid.GtidSet;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BinlogTailTest {
  private static final byte[] NONE = TestBinlog.NO_VARIABLES;
  private static final GtidSet FIVE = upTo(5);

  @TempDir Path data;

  private static GtidSet upTo(long number) {
    return GtidSet.parse(TestBinlog.SOURCE + ":1-" + number);
  }

  private static GtidSet only(String numbers) {
    return GtidSet.parse(TestBinlog.SOURCE + ":" + numbers);
  }

  private static TestBinlog crashed() {
    return new TestBinlog(true, 3).rows(4).rows(5);
  }

  private void assertRefused(TestBinlog last, String reason) throws IOException {
    last.write(data, 1);

    assertThat(BinlogTail.plan(data, FIVE))
        .isInstanceOfSatisfying(
            Plan.Refused.class, refused -> assertThat(refused.reason()).contains(reason));
  }

  private void assertCut(TestBinlog last, long position, String numbers) throws IOException {
    Path file = last.write(data, 1);

    assertThat(BinlogTail.plan(data, FIVE))
        .isInstanceOfSatisfying(
            Plan.Cut.class,
            cut -> {
              assertThat(cut.file()).isEqualTo(file);
              assertThat(cut.position()).isEqualTo(position);
              assertThat(cut.gtids()).isEqualTo(only(numbers));
              assertThat(cut.begin()).isBetween(4L, position);
            });
  }

  @Test
  void cutsAtTheFirstTransactionThatTheWriterLacks() throws IOException {
    TestBinlog last = crashed();
    int position = last.size();

    assertCut(last.rows(6).rows(7), position, "6-7");
  }

  @Test
  void cutsDdlThatCommitsInTwoPhases() throws IOException {
    TestBinlog last = crashed();
    int position = last.size();

    assertCut(last.gtid(6).query("CREATE TABLE t (i INT)", TestBinlog.WITH_XID), position, "6");
  }

  @Test
  void cutsCreateTableSelectWhichEndsWithAnXid() throws IOException {
    TestBinlog last = crashed();
    int position = last.size();

    assertCut(
        last.gtid(6).query("CREATE TABLE t (i INT) START TRANSACTION", NONE).xid(), position, "6");
  }

  @Test
  void cutsXa() throws IOException {
    TestBinlog last = crashed();
    int position = last.size();
    last.gtid(6).query("XA START X'61',X'',1", NONE).query("XA END X'61',X'',1", NONE);
    last.event(38, 14).gtid(7).query("XA COMMIT X'62',X'',1", NONE);

    assertCut(last, position, "6-7");
  }

  @Test
  void cutsACompressedPayloadWhichIsAlwaysTransactional() throws IOException {
    TestBinlog last = crashed();
    int position = last.size();

    assertCut(last.gtid(6).event(40, 100), position, "6");
  }

  @Test
  void cutsATransactionThatTheCrashTore() throws IOException {
    TestBinlog last = crashed();
    int position = last.size();

    assertCut(last.rows(6).gtid(7).query("BEGIN", NONE).torn(), position, "6-7");
  }

  @Test
  void doesNothingWhenTheWriterHasAll() throws IOException {
    crashed().torn().write(data, 1);

    assertThat(BinlogTail.plan(data, FIVE)).isInstanceOf(Plan.Nothing.class);
  }

  @Test
  void doesNothingToADataSetWithoutBinlog() {
    assertThat(BinlogTail.plan(data, FIVE)).isInstanceOf(Plan.Nothing.class);
  }

  @Test
  void doesNothingWhenMysqldEndedInOrder() throws IOException {
    new TestBinlog(false, 3).rows(4).rows(5).rows(6).write(data, 1);

    assertThat(BinlogTail.plan(data, FIVE)).isInstanceOf(Plan.Nothing.class);
  }

  @Test
  void refusesWhatAnEngineWithoutTransactionsDid() throws IOException {
    TestBinlog last = crashed().gtid(6).query("BEGIN", NONE).event(30, 40);

    assertRefused(last.query("COMMIT", NONE), ":6 is not transactional: COMMIT");
  }

  @Test
  void refusesAStatementThatIsDoneAtOnce() throws IOException {
    assertRefused(
        crashed().rows(6).gtid(7).query("ANALYZE TABLE t", NONE),
        ":7 is not transactional: ANALYZE TABLE t");
  }

  @Test
  void refusesAStatementWhoseVariablesItDoesNotKnow() throws IOException {
    byte[] unknown = {99, 17, 1, 0, 0, 0, 0, 0, 0, 0};

    assertRefused(crashed().gtid(6).query("DROP TABLE t", unknown), "DROP TABLE t");
  }

  @Test
  void refusesAnIncident() throws IOException {
    assertRefused(crashed().gtid(6).event(26, 4).xid(), "incident");
  }

  @Test
  void refusesWhenTheWriterHasSomethingThatComesAfter() throws IOException {
    new TestBinlog(true, 3).rows(5).rows(4).write(data, 1);

    assertThat(BinlogTail.plan(data, upTo(4)))
        .isInstanceOfSatisfying(
            Plan.Refused.class, refused -> assertThat(refused.reason()).contains("comes after"));
  }

  @Test
  void refusesWhenMysqldWasStartedSince() throws IOException {
    crashed().rows(6).write(data, 1);

    assertRefused(new TestBinlog(true, 6), "was started since");
  }

  @Test
  void refusesAnEndThatBeginsInAnOlderFile() throws IOException {
    crashed().gtid(6).query("FLUSH TABLES", NONE).write(data, 1);
    new TestBinlog(true, 5).rows(7).write(data, 2);

    assertThat(BinlogTail.plan(data, FIVE))
        .isInstanceOfSatisfying(
            Plan.Refused.class,
            refused -> {
              assertThat(refused.reason()).contains("before the last one");
              assertThat(refused.gtids()).isEqualTo(only("6"));
            });
  }

  @Test
  void looksBehindFilesThatHoldNothing() throws IOException {
    crashed().gtid(6).query("FLUSH TABLES", NONE).write(data, 1);
    new TestBinlog(true, 5).write(data, 2);
    new TestBinlog(true, 5).write(data, 3);

    assertThat(BinlogTail.plan(data, FIVE)).isInstanceOf(Plan.Refused.class);
  }

  @Test
  void cutsTheLastFileWhenThoseBeforeAreKnown() throws IOException {
    new TestBinlog(false, 2).rows(3).write(data, 1);
    Path last = new TestBinlog(true, 3).rows(4).rows(5).rows(6).write(data, 2);

    assertThat(BinlogTail.plan(data, FIVE))
        .isInstanceOfSatisfying(Plan.Cut.class, cut -> assertThat(cut.file()).isEqualTo(last));
  }

  @Test
  void refusesWhatItCannotRead() throws IOException {
    Path file = crashed().rows(6).write(data, 1);
    byte[] bytes = Files.readAllBytes(file);
    bytes[0] = (byte) 0xfd;
    Files.write(file, bytes);

    assertThat(BinlogTail.plan(data, FIVE))
        .isInstanceOfSatisfying(
            Plan.Refused.class, refused -> assertThat(refused.reason()).contains("encrypted"));
  }

  @Test
  void refusesIdentifiersWithTags() throws IOException {
    assertRefused(crashed().event(42, 40), "tags");
  }

  @Test
  void isReadableAtEveryLength() throws IOException {
    Path file = crashed().rows(6).write(data, 1);
    byte[] whole = Files.readAllBytes(file);
    for (int length = 0; length < whole.length; length += 997) {
      Files.write(file, java.util.Arrays.copyOf(whole, length));

      // A crash tears the end off, nothing else: then the plan is one of the three, never a throw.
      assertThat(BinlogTail.plan(data, FIVE)).isNotNull();
    }
  }
}
