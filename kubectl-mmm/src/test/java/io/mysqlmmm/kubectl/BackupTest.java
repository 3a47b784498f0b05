package io.mysqlmmm.kubectl;

import static org.assertj.core.api.Assertions.assertThat;

import io.mysqlmmm.kubectl.cluster.TestResources;
import io.mysqlmmm.kubectl.text.PairText;
import org.junit.jupiter.api.Test;

class BackupTest extends PluginTest {
  private static final String RUNNING =
      "state: Running, name: monday, bytesDone: %d, bytesTotal: 734003200";
  private static final String DONE = "state: Done, name: monday, bytesDone: 734003200";

  private void operatorSays(String fields) {
    server.change(
        "shop",
        "status: {hosts: [{name: db2, backup: {requestedAt: '%s', %s}}]}"
            .formatted(server.get("shop").at("/spec/hosts/1/backup/requestedAt").asText(), fields));
  }

  @Test
  void asksForABackupAndTellsHowFarItIs() {
    server.whenPatched(resource -> operatorSays(RUNNING.formatted(0)));
    server.whenWatched(
        () -> {
          operatorSays(RUNNING.formatted(0));
          operatorSays(RUNNING.formatted(367001600));
          operatorSays(DONE);
        });

    assertThat(run("backup", "db2", "--name", "monday")).isZero();
    assertThat(out())
        .isEqualTo(
            """
            # copying, 0 of 700 MiB
            # copying, 350 of 700 MiB
            OK: Host 'db2' has been backed up: 'monday' (700 MiB).
            """);
    assertThat(server.get("shop").at("/spec/hosts/1/backup/name").asText()).isEqualTo("monday");
  }

  @Test
  void namesItAfterTheTimeAndOnlyAsksWhenToldNotToWait() {
    assertThat(run("backup", "db2", "--no-wait")).isZero();

    String name = server.get("shop").at("/spec/hosts/1/backup/name").asText();
    assertThat(name).matches("\\d{8}T\\d{6}Z");
    assertThat(out()).isEqualTo("OK: Backup '" + name + "' of host 'db2' has been asked for.\n");
  }

  @Test
  void printsWhyItFailed() {
    server.whenPatched(
        resource -> operatorSays("state: Failed, name: monday, message: monday is there already."));

    assertError(
        ExitStatus.REFUSED, "monday is there already.", "backup", "db2", "--name", "monday");
  }

  @Test
  void takesNoEarlierBackupForItsOwn() {
    server.change(
        "shop",
        "status: {hosts: [{name: db2, backup: {requestedAt: '2026-11-22T09:30:00Z', state: Done}}]}");

    assertError(
        ExitStatus.TIMED_OUT,
        "Host 'db2' is not backed up yet: no operator has taken the request up. The request stays."
            + " Look with: kubectl mmm show -n default shop",
        "backup",
        "db2",
        "--timeout",
        "200ms");
  }

  @Test
  void saysThatItStillRuns() {
    server.whenPatched(resource -> operatorSays("state: Running"));

    assertThat(run("backup", "db2", "--timeout", "200ms")).isEqualTo(4);
    assertThat(err()).contains("the backup is running. The request stays.");
  }

  @Test
  void knowsItsHosts() {
    assertError(ExitStatus.REFUSED, "Unknown host name 'db9'!", "backup", "db9");
  }

  @Test
  void isShownWhileItRunsAndWhenItFailed() {
    assertThat(shown(RUNNING.formatted(367001600)))
        .contains("# Backup monday of db2: copying, 350 of 700 MiB\n");
    assertThat(shown("state: Failed, name: monday, message: no space."))
        .contains("# Backup monday of db2: Failed: no space.\n");
    assertThat(shown(DONE)).doesNotContain("Backup");
  }

  private static String shown(String backup) {
    return new PairText(new PairText.Detail(false, false, false))
        .render(
            TestResources.shop(
                "status: {hosts: [{name: db2, state: ONLINE, backup: {%s}}]}".formatted(backup)));
  }
}
