package io.mysqlmmm.kubectl;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** mode, set-active and its like, set-ip. */
class ModeVerbsTest extends PluginTest {
  @Test
  void showsTheModeInCapitals() {
    assertDone("ACTIVE", "mode");
    server.change("shop", "spec: {mode: Manual}");
    assertDone("MANUAL", "mode", "shop");
  }

  @Test
  void showsAWaitThatIsOverAsActive() {
    server.change("shop", "spec: {mode: Wait}", "status: {plan: {mode: Active}}");

    assertDone("ACTIVE", "mode");
  }

  @Test
  void showsPassiveAtOnceThoughTheOperatorWritesNothing() {
    server.change("shop", "spec: {mode: Passive}", "status: {plan: {mode: Active}}");

    assertDone("PASSIVE", "mode");
  }

  @ParameterizedTest
  @CsvSource({
    "set-manual, Manual, manual",
    "set_wait, Wait, wait",
    "set-active, Active, active",
    "set_active, Active, active"
  })
  void switchesTheModeAndWaitsForTheOperator(String verb, String mode, String word) {
    server.change("shop", "spec: {mode: Passive}", "status: {plan: {mode: Passive}}");
    operatorShows("status: {plan: {mode: %s}}".formatted(mode));

    assertDone("OK: Switched into %s mode.".formatted(word), verb);
    assertThat(server.get("shop").at("/spec/mode").asText()).isEqualTo(mode);
    assertDone("OK: Already in %s mode.".formatted(word), verb);
  }

  @Test
  void waitsForNobodyInPassive() {
    assertDone("OK: Switched into passive mode.", "set-passive");
    assertDone("OK: Already in passive mode.", "set_passive");
  }

  @Test
  void doesNotTakeAModeShownBeforeForTheAnswer() {
    server.change("shop", "spec: {mode: Passive}", "status: {plan: {mode: Active}}");

    assertError(
        ExitStatus.TIMED_OUT,
        "No operator has switched into active mode within 0.2 s. The mode stays in the spec.",
        "set-active",
        "--timeout",
        "200ms");
  }

  @Test
  void takesAWaitThatIsOverAtOnceForDone() {
    operatorShows("status: {plan: {mode: Active}}");

    assertDone("OK: Switched into wait mode.", "set-wait");
  }

  @Test
  void noticesThatSomebodyElseSwitches() {
    server.whenPatched(resource -> server.change("shop", "spec: {mode: Passive}"));

    assertError(
        ExitStatus.REFUSED, "Somebody else switched into passive mode meanwhile.", "set-manual");
  }

  @Test
  void plansAnIpWithMmmsWords() {
    server.change("shop", "spec: {mode: Passive}");

    assertDone("OK: Set role 'writer(10.77.0.100)' to host 'db2'.", "set-ip", "10.77.0.100", "db2");
    assertDone("OK: Set role 'reader(10.77.0.101)' to host 'db2'.", "set_ip", "10.77.0.101", "db2");
    assertDone("OK: Set role 'writer(10.77.0.100)' to host 'db1'.", "set-ip", "10.77.0.100", "db1");
    assertThat(server.get("shop").at("/spec/setIp")).hasSize(2);
    assertThat(server.get("shop").at("/spec/setIp/0/host").asText()).isEqualTo("db1");
    assertThat(server.get("shop").at("/spec/setIp/0/requestedAt").asText()).endsWith("Z");
    assertThat(server.get("shop").at("/spec/setIp/1/ip").asText()).isEqualTo("10.77.0.101");
  }

  @Test
  void knowsAnIpv6AddressHoweverItIsWritten() {
    server.change(
        "shop",
        "spec: {mode: Passive, roles: [{name: reader, mode: Balanced, hosts: [db1, db2],"
            + " ips: ['fd00:77::64']}]}");

    assertDone(
        "OK: Set role 'reader(fd00:77::64)' to host 'db2'.", "set-ip", "FD00:77:0::64", "db2");
    assertThat(server.get("shop").at("/spec/setIp/0/ip").asText()).isEqualTo("fd00:77::64");
    assertError(ExitStatus.REFUSED, "Unknown IP 'fd00:77:::'!", "set-ip", "fd00:77:::", "db2");
  }

  @Test
  void losesNoPlanThatIsMadeAtTheSameTime() {
    server.change("shop", "spec: {mode: Manual}");
    server.beforePatch(
        () -> server.change("shop", "spec: {setIp: [{ip: 10.77.0.101, host: db2}]}"));

    assertThat(run("set-ip", "10.77.0.100", "db2")).isZero();
    assertThat(server.get("shop").at("/spec/setIp")).hasSize(2);
  }

  @Test
  void refusesAnIpInActiveModeAndWhatDoesNotFit() {
    assertError(
        ExitStatus.REFUSED,
        "This command is only allowed in passive or manual mode.",
        "set-ip",
        "10.77.0.100",
        "db2");
    server.change("shop", "spec: {mode: Manual}");
    assertError(ExitStatus.REFUSED, "Unknown IP '10.9.9.9'!", "set-ip", "10.9.9.9", "db2");
    assertError(ExitStatus.REFUSED, "Unknown host name 'db9'!", "set-ip", "10.77.0.100", "db9");
    server.change("shop", "spec: {hosts: [{name: db1}, {name: db2}, {name: db3}]}");
    assertError(
        ExitStatus.REFUSED,
        "Host 'db3' can't handle role 'writer'. Following hosts could: db1, db2",
        "set-ip",
        "10.77.0.100",
        "db3");
  }

  @Test
  void movesNoRoleInPassiveMode() {
    server.change("shop", "spec: {mode: Passive}");

    assertError(
        ExitStatus.REFUSED,
        "This command is not allowed in passive mode.",
        "move-role",
        "writer",
        "db2");
    assertThat(server.requests()).noneMatch(request -> request.startsWith("PATCH"));
  }
}
