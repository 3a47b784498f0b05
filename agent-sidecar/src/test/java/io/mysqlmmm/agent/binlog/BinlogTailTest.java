package io.mysqlmmm.agent.binlog;

import static org.assertj.core.api.Assertions.assertThat;

import io.mysqlmmm.agent.binlog.BinlogTail.Plan;
import io.mysqlmmm.shared.gtid.GtidSet;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.regex.Pattern;
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

  private Plan.Refused assertRefused(TestBinlog last, Refusal why) throws IOException {
    last.write(data, 1);
    return assertRefused(FIVE, why);
  }

  private Plan.Refused assertRefused(GtidSet keep, Refusal why) {
    Plan plan = BinlogTail.plan(data, keep);

    assertThat(plan).isInstanceOf(Plan.Refused.class);
    Plan.Refused refused = (Plan.Refused) plan;
    assertThat(refused.why()).as(refused.reason()).isEqualTo(why);
    return refused;
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
  void doesNothingWhenMysqldEndedInOrderAndTheWriterHasAll() throws IOException {
    new TestBinlog(false, 3).rows(4).rows(5).write(data, 1);

    assertThat(BinlogTail.plan(data, FIVE)).isInstanceOf(Plan.Nothing.class);
  }

  @Test
  void refusesWhatAServerCommittedThatEndedInOrder() throws IOException {
    Plan.Refused refused =
        assertRefused(new TestBinlog(false, 3).rows(4).rows(5).rows(6), Refusal.ENDED_IN_ORDER);

    assertThat(refused.gtids()).isEqualTo(only("6"));
  }

  @Test
  void refusesWhatAnEngineWithoutTransactionsDid() throws IOException {
    TestBinlog last = crashed().gtid(6).query("BEGIN", NONE).event(30, 40);

    assertThat(assertRefused(last.query("COMMIT", NONE), Refusal.NOT_TRANSACTIONAL).reason())
        .isEqualTo("NotTransactional: %s:6 is COMMIT".formatted(TestBinlog.SOURCE));
  }

  @Test
  void refusesAStatementThatIsDoneAtOnce() throws IOException {
    Plan.Refused refused =
        assertRefused(
            crashed().rows(6).gtid(7).query("ANALYZE TABLE t", NONE), Refusal.NOT_TRANSACTIONAL);

    assertThat(refused.reason()).endsWith(":7 is ANALYZE TABLE t");
    assertThat(refused.gtids()).isEqualTo(only("6-7"));
  }

  @Test
  void refusesAStatementWhoseVariablesItDoesNotKnow() throws IOException {
    byte[] unknown = {99, 17, 1, 0, 0, 0, 0, 0, 0, 0};

    assertRefused(crashed().gtid(6).query("DROP TABLE t", unknown), Refusal.NOT_TRANSACTIONAL);
  }

  @Test
  void refusesAnIncident() throws IOException {
    assertRefused(crashed().gtid(6).event(26, 4).xid(), Refusal.INCIDENT);
  }

  @Test
  void refusesWhenTheWriterHasSomethingThatComesAfter() throws IOException {
    new TestBinlog(true, 3).rows(5).rows(4).write(data, 1);

    assertRefused(upTo(4), Refusal.NOT_THE_END);
  }

  @Test
  void refusesWhenMysqldWasStartedSince() throws IOException {
    crashed().rows(6).write(data, 1);

    assertRefused(new TestBinlog(true, 6), Refusal.STARTED_SINCE);
  }

  @Test
  void refusesAnEndThatBeginsInAnOlderFile() throws IOException {
    crashed().gtid(6).query("FLUSH TABLES", NONE).write(data, 1);
    new TestBinlog(true, 5).rows(7).write(data, 2);

    assertThat(assertRefused(FIVE, Refusal.IN_AN_OLDER_FILE).gtids()).isEqualTo(only("6"));
  }

  @Test
  void looksBehindFilesThatHoldNothing() throws IOException {
    crashed().gtid(6).query("FLUSH TABLES", NONE).write(data, 1);
    new TestBinlog(true, 5).write(data, 2);
    new TestBinlog(true, 5).write(data, 3);

    assertRefused(FIVE, Refusal.IN_AN_OLDER_FILE);
  }

  @Test
  void cutsTheLastFileWhenThoseBeforeAreKnown() throws IOException {
    new TestBinlog(false, 2).rows(3).write(data, 1);
    Path last = new TestBinlog(true, 3).rows(4).rows(5).rows(6).write(data, 2);

    assertThat(BinlogTail.plan(data, FIVE))
        .isInstanceOfSatisfying(Plan.Cut.class, cut -> assertThat(cut.file()).isEqualTo(last));
  }

  @Test
  void refusesAnEncryptedBinlog() throws IOException {
    beginsWith(crashed().rows(6).write(data, 1), 0xfd);

    assertRefused(FIVE, Refusal.ENCRYPTED);
  }

  @Test
  void refusesWhatIsNoBinlog() throws IOException {
    beginsWith(crashed().rows(6).write(data, 1), 0);

    assertRefused(FIVE, Refusal.UNREADABLE);
  }

  @Test
  void refusesWhenAFileOfTheIndexIsMissing() throws IOException {
    Files.delete(crashed().rows(6).write(data, 1));

    assertRefused(FIVE, Refusal.UNREADABLE);
  }

  private static void beginsWith(Path file, int first) throws IOException {
    byte[] bytes = Files.readAllBytes(file);
    bytes[0] = (byte) first;
    Files.write(file, bytes);
  }

  @Test
  void refusesIdentifiersWithTagsAndTransactionsWithoutAny() throws IOException {
    assertRefused(crashed().event(42, 40), Refusal.UNKNOWN_IDENTIFIERS);
    assertRefused(crashed().event(34, 40), Refusal.UNKNOWN_IDENTIFIERS);
  }

  @Test
  void eachRefusalIsInTheDocsAndNoOther() throws IOException {
    String page = Files.readString(Path.of("../docs/clustering.md"));
    String section = page.split("\n## Cutting off ", 2)[1].split("\n## ", 2)[0];

    String[] described =
        Pattern.compile("^- `([A-Za-z]+)`: ", Pattern.MULTILINE)
            .matcher(section)
            .results()
            .map(found -> found.group(1))
            .toArray(String[]::new);

    assertThat(described)
        .containsExactlyInAnyOrder(
            Arrays.stream(Refusal.values()).map(Refusal::word).toArray(String[]::new));
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
