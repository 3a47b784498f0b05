package io.mysqlmmm.shared.json;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.mysqlmmm.shared.agent.AgentState;
import io.mysqlmmm.shared.agent.AgentState.Cut;
import io.mysqlmmm.shared.agent.AgentState.NetworkState;
import io.mysqlmmm.shared.agent.Answer;
import io.mysqlmmm.shared.agent.Backup;
import io.mysqlmmm.shared.agent.BootTime;
import io.mysqlmmm.shared.agent.Clone;
import io.mysqlmmm.shared.agent.Mysqld;
import io.mysqlmmm.shared.agent.Order;
import io.mysqlmmm.shared.agent.Order.Target;
import io.mysqlmmm.shared.agent.Password;
import io.mysqlmmm.shared.agent.Preflight;
import io.mysqlmmm.shared.agent.Standing;
import io.mysqlmmm.shared.agent.Vitals;
import io.mysqlmmm.shared.agent.Vitals.Volume;
import io.mysqlmmm.shared.agent.Vitals.Writing;
import io.mysqlmmm.shared.agent.WriteMode;
import io.mysqlmmm.shared.gtid.GtidSet;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class JsonTest {
  private static final GtidSet GTIDS = GtidSet.parse("3e11fa47-71ca-11e1-9e33-c80aa9429562:1-5");
  private static final Target TARGET = new Target("uid", "uuid", 7, 3, Duration.ofMillis(1500));
  private final ObjectMapper mapper = Json.mapper();

  static List<Order> orders() {
    return List.of(
        new Order.Promise(TARGET),
        new Order.Release(TARGET, true),
        new Order.Await(TARGET, GTIDS),
        new Order.Start(TARGET, Optional.of(GTIDS)),
        new Order.Start(TARGET, Optional.empty()),
        new Order.Activate(
            TARGET,
            WriteMode.PAIRED,
            true,
            List.of("10.77.0.100", "fd00::1"),
            "peer",
            new BootTime("boot", Duration.ofNanos(1234567))),
        new Order.Solo(TARGET),
        new Order.Lease(TARGET, true, "peer"),
        new Order.Mark(TARGET),
        new Order.Replicate(TARGET, new Order.Source("db1", "10.77.0.11", 3306, "uuid1")),
        new Order.Replicate(
            TARGET, new Order.Source("db1", "10.77.0.11", 3306, "uuid1", Duration.ofMinutes(60))),
        new Order.Clone(
            TARGET, new Order.Source("db1", "10.77.0.11", 3306, "uuid1"), "9.7.4", 7, 5, 6, "at"),
        new Order.Hold(TARGET),
        new Order.Backup(TARGET, "monday", "at"),
        new Order.Roles(TARGET, List.of("10.77.0.101"), List.of("10.77.0.100", "10.77.0.101")),
        new Order.Settings(
            TARGET,
            List.of(
                new Order.Setting("max_connections", Optional.of("200")),
                new Order.Setting("sort_buffer_size", Optional.empty()))),
        new Order.Databases(
            TARGET, List.of(new Order.Database("shop", "shop", new Password("pä'\"\\ss")))));
  }

  static List<Mysqld> servers() {
    return List.of(
        new Mysqld.Absent("process 7 is gone"),
        new Mysqld.Absent("process 7 is gone", Optional.of("it ended 3 times")),
        new Mysqld.Starting(),
        new Mysqld.Unresponsive("Read timed out", 1500),
        running(Optional.empty()),
        running(Optional.of(channel(Optional.empty()))),
        running(Optional.of(channel(Optional.of(1234L)))));
  }

  static Stream<Answer> answers() {
    return servers().stream()
        .map(JsonTest::state)
        .flatMap(
            state ->
                Stream.of(
                    new Answer.Done(state),
                    new Answer.Refused("S8", "too old", state),
                    new Answer.Failed("not in time", state)));
  }

  private static Mysqld running(Optional<Mysqld.Channel> channel) {
    return new Mysqld.Running(
        "uuid",
        "9.7.4",
        true,
        GTIDS,
        GtidSet.empty(),
        channel,
        new Mysqld.SemiSync(true, false, 3, 120),
        17,
        "GLOBAL lock",
        Optional.of(Set.of("mysql_native_password")));
  }

  private static Mysqld.Channel channel(Optional<Long> lag) {
    return new Mysqld.Channel(
        "10.77.0.12",
        3306,
        "uuid2",
        Mysqld.ThreadState.CONNECTING,
        Mysqld.ThreadState.ON,
        GTIDS,
        lag,
        "no route",
        4500,
        Optional.of(Duration.ofMinutes(60)));
  }

  static List<Vitals> vitals() {
    Instant now = Instant.parse("2026-11-26T03:40:14.123456789Z");
    Volume seen = new Volume.Seen(10L << 30, 5L << 30, true, "Read-only file system", 1200);
    return List.of(
        new Vitals(now, new Volume.Silent(7000), new Writing.NotDue()),
        new Vitals(now, seen, new Writing.Due(Optional.empty(), 300, 0, false, "table is full")),
        new Vitals(now, seen, new Writing.Due(Optional.of(980L), 60_000, 20, true, "")));
  }

  private static AgentState state(Mysqld mysqld) {
    return state(mysqld, vitals().getLast());
  }

  private static AgentState state(Mysqld mysqld, Vitals vitals) {
    return new AgentState(
        42,
        "uid",
        "db1",
        new BootTime("boot", Duration.ofNanos(1234567)),
        Duration.ofMillis(250),
        "1",
        new Standing("uuid", 7, 3, 2, 1, WriteMode.SOLO, 5, "peer", 3, 9, false),
        mysqld,
        new NetworkState("eth0", "", List.of("10.77.0.100"), List.of("10.77.0.101 is at 02:00")),
        Optional.of(new Cut(GtidSet.parse("3e11fa47-71ca-11e1-9e33-c80aa9429562:5"), "cut/x", "")),
        vitals,
        Optional.of(
            Clone.begun(
                    new Order.Source("db1", "10.77.0.11", 3306, "uuid1"),
                    "over",
                    "",
                    false,
                    Instant.EPOCH)
                .failed("gone", true, Instant.EPOCH.plusSeconds(1))),
        Optional.of(new Clone.Facts(true, 1, 2, "uuid")),
        Optional.of(Backup.begun("monday", "at", 7, Instant.EPOCH).at(3)),
        Optional.of(
            new Preflight(
                List.of(
                    new Preflight.Finding(
                        "gtid_mode", Preflight.Level.MISSING, "OFF", "ON", "my.cnf")))));
  }

  @ParameterizedTest
  @MethodSource("orders")
  void orderComesBackEqual(Order order) throws JsonProcessingException {
    String json = mapper.writeValueAsString(order);

    assertThat(mapper.readValue(json, Order.class)).isEqualTo(order);
    assertThat(json)
        .doesNotContain("null")
        .contains("\"type\":\"" + order.getClass().getSimpleName() + "\"")
        .contains("\"PT1.5S\"");
  }

  @ParameterizedTest
  @MethodSource("answers")
  void answerComesBackEqual(Answer answer) throws JsonProcessingException {
    String json = mapper.writeValueAsString(answer);

    assertThat(mapper.readValue(json, Answer.class)).isEqualTo(answer);
  }

  @ParameterizedTest
  @MethodSource("vitals")
  void vitalsComeBackEqual(Vitals vitals) throws JsonProcessingException {
    AgentState state = state(new Mysqld.Starting(), vitals);

    assertThat(mapper.readValue(mapper.writeValueAsString(state), AgentState.class))
        .isEqualTo(state);
  }

  @Test
  void anAgentTooOldToTellItsVitalsIsUnderstood() throws JsonProcessingException {
    AgentState state = state(new Mysqld.Starting());
    ObjectNode json = mapper.valueToTree(state);
    json.remove("vitals");

    AgentState read = mapper.treeToValue(json, AgentState.class);

    assertThat(read).isEqualTo(state(new Mysqld.Starting(), Vitals.unknown()));
    assertThat(read.vitals().hasWallClock()).isFalse();
    assertThat(state.vitals().hasWallClock()).isTrue();
  }

  @Test
  void everyKindIsTried() {
    assertThat(kinds(orders())).isEqualTo(permitted(Order.class));
    assertThat(kinds(servers())).isEqualTo(permitted(Mysqld.class));
    assertThat(kinds(answers().toList())).isEqualTo(permitted(Answer.class));
    assertThat(kinds(vitals().stream().map(Vitals::volume).toList()))
        .isEqualTo(permitted(Volume.class));
    assertThat(kinds(vitals().stream().map(Vitals::writing).toList()))
        .isEqualTo(permitted(Writing.class));
  }

  @Test
  void unknownFieldsAreIgnored() throws JsonProcessingException {
    String json = mapper.writeValueAsString(new Order.Hold(TARGET));
    String newer = json.substring(0, json.length() - 1) + ",\"later\":{\"a\":[1]}}";

    assertThat(mapper.readValue(newer, Order.class)).isEqualTo(new Order.Hold(TARGET));
  }

  @Test
  void derivedFactsAreNotSent() throws JsonProcessingException {
    String json = mapper.writeValueAsString(state(servers().getLast()));

    assertThat(json).doesNotContain("mayWrite", "received", "untouched", "\"running\"", "hasWall");
  }

  @Test
  void unknownKindIsAnError() {
    assertThatThrownBy(() -> mapper.readValue("{\"type\":\"Explode\"}", Order.class))
        .isInstanceOf(JsonProcessingException.class);
  }

  @Test
  void missingNumberIsAnError() {
    String json =
        "{\"type\":\"Hold\",\"target\":{\"resourceUid\":\"u\",\"serverUuid\":\"s\",\"version\":1,"
            + "\"epoch\":null,\"budget\":\"PT1S\"}}";

    assertThatThrownBy(() -> mapper.readValue(json, Order.class))
        .isInstanceOf(JsonProcessingException.class);
  }

  @Test
  void passwordsDoNotPrintThemselves() {
    assertThat(orders().getLast().toString()).contains("***").doesNotContain("pä");
  }

  private static Set<String> kinds(List<?> values) {
    return values.stream().map(v -> v.getClass().getSimpleName()).collect(Collectors.toSet());
  }

  private static Set<String> permitted(Class<?> sealed) {
    return Arrays.stream(sealed.getPermittedSubclasses())
        .map(Class::getSimpleName)
        .collect(Collectors.toSet());
  }
}
