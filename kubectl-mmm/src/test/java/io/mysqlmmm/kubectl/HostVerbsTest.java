package io.mysqlmmm.kubectl;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import org.junit.jupiter.api.Test;

/** set-online and set-offline. */
class HostVerbsTest extends PluginTest {
  private static final String OFFLINE =
      "status: {hosts: [{name: db1, state: ONLINE}, {name: db2, state: ADMIN_OFFLINE}]}";
  private static final String WAITING =
      """
      status: {hosts: [{name: db1, state: ONLINE},
        {name: db2, state: AWAITING_RECOVERY, reason: it has just come back}]}
      """;

  private JsonNode host(int index) {
    return server.get("shop").at("/spec/hosts/" + index);
  }

  /** The operator deals with the request of db2. */
  private void deals(String state, String outcome) {
    server.whenPatched(
        resource ->
            server.change(
                "shop",
                """
                status: {hosts: [{name: db1, state: ONLINE}, {name: db2, state: %s,
                  guard: {setOnline: '%s', setOnlineOutcome: '%s'}}]}
                """
                    .formatted(state, resource.at("/spec/hosts/1/setOnline").asText(), outcome)));
  }

  @Test
  void takesAHostOfflineWithMmmsWords() {
    operatorShows(OFFLINE);

    assertDone(
        "OK: State of 'db2' changed to ADMIN_OFFLINE. Now you can wait some time and check all"
            + " roles!",
        "set-offline",
        "db2");
    assertThat(host(1).path("offline").asBoolean()).isTrue();
    assertThat(host(0).has("offline")).isFalse();
  }

  @Test
  void waitsUntilTheOperatorHasTakenTheHostOffline() {
    server.whenWatched(() -> server.change("shop", "status: {observedGeneration: 2}", OFFLINE));

    assertThat(run("set_offline", "db2", "shop")).isZero();
  }

  @Test
  void doesNotTakeAStateFromBeforeTheRequestForItsOutcome() {
    server.change("shop", OFFLINE);

    assertError(
        ExitStatus.TIMED_OUT,
        "Host 'db2' is still ADMIN_OFFLINE after 0.2 s. The request stays. Look with: kubectl mmm"
            + " show -n default shop",
        "set-offline",
        "db2",
        "--timeout",
        "200ms");
  }

  @Test
  void skipsAHostThatIsOfflineAlready() {
    server.change(
        "shop",
        OFFLINE,
        """
        spec: {hosts: [{name: db1}, {name: db2, offline: true}]}
        """);

    assertDone("OK: This host is already ADMIN_OFFLINE. Skipping command.", "set-offline", "db2");
    assertThat(server.requests()).noneMatch(request -> request.startsWith("PATCH"));
  }

  @Test
  void takesAHostOnlineWithMmmsWords() {
    server.change("shop", OFFLINE, "spec: {hosts: [{name: db1}, {name: db2, offline: true}]}");
    deals("ONLINE", "Done");

    assertDone(
        "OK: State of 'db2' changed to ONLINE. Now you can wait some time and check its new"
            + " roles!",
        "set-online",
        "db2");
    assertThat(host(1).has("offline")).isFalse();
    assertThat(host(1).path("setOnline").asText()).endsWith("Z");
  }

  @Test
  void printsWhyTheOperatorDoesNotTakeItOnline() {
    server.change("shop", WAITING);
    deals("HARD_OFFLINE", "Refused: it is HARD_OFFLINE: its agent does not answer");

    assertError(
        ExitStatus.REFUSED,
        "Host 'db2' is not taken ONLINE: it is HARD_OFFLINE: its agent does not answer.",
        "set_online",
        "db2");
    deals("HARD_OFFLINE", "Refused");
    assertError(
        ExitStatus.REFUSED,
        "Host 'db2' is not taken ONLINE; the operator does not say why.",
        "set_online",
        "db2");
  }

  @Test
  void doesNotSayOnlineOfAHostThatIsOnlyForgiven() {
    server.change("shop", WAITING);
    deals(
        "REPLICATION_DELAY", "Done: its flaps are forgotten; it is REPLICATION_DELAY: 70 s behind");

    assertDone(
        "OK: Host 'db2' is not ONLINE yet: its flaps are forgotten; it is REPLICATION_DELAY: 70 s"
            + " behind.",
        "set-online",
        "db2");
  }

  @Test
  void noticesThatItsClockIsBehind() {
    server.change("shop", "metadata: {creationTimestamp: '2126-01-01T00:00:00Z'}", WAITING);

    assertThat(run("set-online", "db2")).isEqualTo(1);
    assertThat(err()).contains("is the clock of this machine behind the cluster's?");
    assertThat(server.requests()).noneMatch(request -> request.startsWith("PATCH"));
  }

  @Test
  void skipsAHostThatIsOnlineAlready() {
    assertDone("OK: This host is already ONLINE. Skipping command.", "set-online", "db1");
    assertThat(server.requests()).noneMatch(request -> request.startsWith("PATCH"));
  }

  @Test
  void asksForAFlappingHostToBeForgivenThoughItIsOnline() {
    server.change("shop", "status: {hosts: [{name: db2, state: ONLINE, guard: {flapping: true}}]}");
    deals("ONLINE", "Done");

    assertThat(run("set-online", "db2")).isZero();
    assertThat(host(1).has("setOnline")).isTrue();
  }

  @Test
  void saysInWhichStateItStillIs() {
    server.change("shop", WAITING);

    assertError(
        ExitStatus.TIMED_OUT,
        "Host 'db2' is still AWAITING_RECOVERY after 0.2 s (it has just come back). The request"
            + " stays. Look with: kubectl mmm show -n default shop",
        "set-online",
        "db2",
        "--timeout",
        "200ms");
  }

  @Test
  void reachesTheHostThoughAnotherIsPutBeforeItMeanwhile() {
    operatorShows(OFFLINE);
    server.beforePatch(
        () -> server.change("shop", "spec: {hosts: [{name: db9}, {name: db1}, {name: db2}]}"));

    assertThat(run("set-offline", "db2")).isZero();
    assertThat(host(1).has("offline")).isFalse();
    assertThat(host(2).path("offline").asBoolean()).isTrue();
  }

  @Test
  void saysThatTheHostIsGoneMeanwhile() {
    server.beforePatch(() -> server.change("shop", "spec: {hosts: [{name: db1}]}"));

    assertError(
        ExitStatus.UNAVAILABLE,
        "Host 'db2' has just been removed from the resource.",
        "set-offline",
        "db2");
  }

  @Test
  void noticesThatSomebodyElseTookItBack() {
    server.whenPatched(
        resource -> server.change("shop", "spec: {hosts: [{name: db1}, {name: db2}]}"));

    assertError(
        ExitStatus.REFUSED,
        "Somebody else took the request for host 'db2' back.",
        "set-offline",
        "db2");
  }

  @Test
  void onlyPlansInPassiveModeAndSaysSo() {
    server.change("shop", "spec: {mode: Passive}", OFFLINE);

    assertDone(
        "OK: State of 'db2' is to be ONLINE. Nothing is changed while the monitor is in passive"
            + " mode.",
        "set-online",
        "db2");
    assertDone(
        "OK: State of 'db2' is to be ADMIN_OFFLINE. Nothing is changed while the monitor is in"
            + " passive mode.",
        "set-offline",
        "db2");
  }

  @Test
  void knowsItsHosts() {
    assertError(ExitStatus.REFUSED, "Unknown host name 'db9'!", "set-online", "db9");
    assertError(ExitStatus.REFUSED, "Unknown host name 'db9'!", "set-offline", "db9");
  }
}
