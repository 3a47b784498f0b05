package io.mysqlmmm.kubectl;

import static org.assertj.core.api.Assertions.assertThat;

import io.mysqlmmm.kubectl.cluster.TestResources;
import io.mysqlmmm.kubectl.text.ChecksText;
import java.time.ZoneId;
import org.junit.jupiter.api.Test;

class ChecksTest extends PluginTest {
  private static final String CHECKS =
      """
      status:
        hosts:
        - name: db1
          state: ONLINE
          checks:
          - {name: rep_threads, state: FAILED, since: "2026-11-22T09:02:03Z",
             message: Replication is broken}
          - {name: ping, state: OK, since: "2026-11-22T09:00:00.123456Z", message: OK}
          - {name: disk, state: UNKNOWN, message: the agent does not answer}
          - {name: later, state: OK}
        - name: db2
          checks: [{name: ping, state: OK, since: "2026-11-22T09:00:00Z", message: in 2 ms}]
      """;

  private static String render(String host, String check) {
    return new ChecksText(ZoneId.of("Europe/Berlin"))
        .render(TestResources.shop(CHECKS), host, check);
  }

  @Test
  void printsChecksAsMmmDidInLocalTimeAndMmmsOrder() {
    assertThat(render("all", "all"))
        .isEqualTo(
            """
            db1  ping         [last change: 2026/11/22 10:00:00]  OK
            db1  rep_threads  [last change: 2026/11/22 10:02:03]  ERROR: Replication is broken
            db1  disk         [last change: unknown]  UNKNOWN: the agent does not answer
            db1  later        [last change: unknown]  OK
            db2  ping         [last change: 2026/11/22 10:00:00]  OK: in 2 ms
            """);
  }

  @Test
  void printsThoseOfOneHostOrOneCheck() {
    assertThat(render("db2", "all")).hasLineCount(1).startsWith("db2  ping  ");
    assertThat(render("all", "ping")).hasLineCount(2).doesNotContain("disk");
    assertThat(render("db1", "disk")).hasLineCount(1);
  }

  @Test
  void takesMmmsArgumentsAndAName() {
    server.change("shop", CHECKS);

    assertThat(run("checks")).isZero();
    assertThat(out()).hasLineCount(5);
    assertThat(run("checks", "db1", "ping", "shop")).isZero();
    assertThat(out()).startsWith("db1  ping         [last change: 2026/11/2").hasLineCount(1);
    assertThat(run("checks", "all", "all", "bank")).isEqualTo(3);
  }

  @Test
  void refusesWhatItDoesNotKnowWithMmmsWords() {
    assertError(ExitStatus.REFUSED, "Unknown host name 'db9'!", "checks", "db9");
    assertError(ExitStatus.REFUSED, "Unknown check 'luck'!", "checks", "all", "luck");
  }

  @Test
  void saysThatThereIsNoneYet() {
    assertThat(run("checks")).isZero();
    assertThat(err()).isEqualTo("No check of default/shop is in the status yet.\n");
    assertThat(out()).isEmpty();
  }
}
