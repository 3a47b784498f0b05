package io.mysqlmmm.kubectl;

import static org.assertj.core.api.Assertions.assertThat;

import io.mysqlmmm.kubectl.cluster.TestResources;
import io.mysqlmmm.kubectl.text.PairText;
import org.junit.jupiter.api.Test;

class CloneTest extends PluginTest {
  private static final String RUNNING =
      "state: Running, from: db1, stage: copying, bytesDone: %d, bytesTotal: 2791728742,"
          + " startedAt: '2026-11-22T10:00:00Z'";
  private static final String DONE = "state: Done, from: db1, bytesDone: 2791728742";

  private void operatorSays(String fields) {
    server.change(
        "shop",
        "status: {hosts: [{name: db2, clone: {requestedAt: '%s', %s}}]}"
            .formatted(server.get("shop").at("/spec/hosts/1/clone/requestedAt").asText(), fields));
  }

  @Test
  void asksForACopyAndTellsHowFarItIs() {
    server.whenPatched(resource -> operatorSays(RUNNING.formatted(1288490189L)));
    server.whenWatched(
        () -> {
          operatorSays(RUNNING.formatted(1288490189L));
          operatorSays(RUNNING.formatted(2576980378L));
          operatorSays(DONE);
        });

    assertThat(run("clone", "db2", "--from", "db1")).isZero();
    assertThat(out())
        .isEqualTo(
            """
            # copying, 46 % (1.2 of 2.6 GiB)
            # copying, 92 % (2.4 of 2.6 GiB)
            OK: Host 'db2' has been cloned from 'db1' (2.6 GiB).
            """);
    assertThat(server.get("shop").at("/spec/hosts/1/clone/from").asText()).isEqualTo("db1");
  }

  @Test
  void onlyAsksWhenToldNotToWait() {
    assertDone("OK: Clone of host 'db2' has been asked for.", "clone", "db2", "--no-wait");
    assertThat(server.get("shop").at("/spec/hosts/1/clone").has("from")).isFalse();
  }

  @Test
  void printsWhyItFailed() {
    server.whenPatched(resource -> operatorSays("state: Failed, message: db1 has no space left."));

    assertError(ExitStatus.REFUSED, "db1 has no space left.", "clone", "db2");
  }

  @Test
  void takesNoEarlierCloneForItsOwn() {
    server.change(
        "shop",
        "status: {hosts: [{name: db2, clone: {requestedAt: '2026-11-22T09:30:00Z', state: Done}}]}");

    assertError(
        ExitStatus.TIMED_OUT,
        "Host 'db2' is not cloned after 0.2 s: no operator has taken the request up. The request"
            + " stays. Look with: kubectl mmm show -n default shop",
        "clone",
        "db2",
        "--timeout",
        "200ms");
  }

  @Test
  void saysThatItStillRuns() {
    server.whenPatched(resource -> operatorSays("state: Running"));

    assertThat(run("clone", "db2", "--timeout", "200ms")).isEqualTo(4);
    assertThat(err()).contains("after 0.2 s: the clone is running. The request stays.");
  }

  @Test
  void refusesToOverwriteTheWriterOrToCopyFromNowhere() {
    assertError(
        ExitStatus.REFUSED, "Host 'db1' is the writer: its data is not replaced.", "clone", "db1");
    assertError(ExitStatus.REFUSED, "Unknown host name 'db9'!", "clone", "db9");
    assertError(ExitStatus.REFUSED, "Unknown host name 'db9'!", "clone", "db2", "--from", "db9");
    assertError(
        ExitStatus.REFUSED,
        "Host 'db2' cannot be cloned from itself.",
        "clone",
        "db2",
        "--from",
        "db2");
    assertThat(server.requests()).noneMatch(request -> request.startsWith("PATCH"));
  }

  @Test
  void isShownWhileItRunsAndWhenItFailed() {
    assertThat(shown(RUNNING.formatted(1288490189L)))
        .contains(
            "# Clone of db2 from db1 since 2026-11-22T10:00:00Z: copying, 46 % (1.2 of 2.6 GiB)\n");
    assertThat(shown("state: Failed, finishedAt: '2026-11-22T11:00:00Z', message: no space."))
        .contains("# Clone of db2: Failed at 2026-11-22T11:00:00Z: no space.\n");
    assertThat(shown(DONE)).doesNotContain("Clone");
  }

  private static String shown(String clone) {
    return new PairText(new PairText.Detail(false, false, false))
        .render(
            TestResources.shop(
                "status: {hosts: [{name: db2, state: ONLINE, clone: {%s}}]}".formatted(clone)));
  }
}
