package io.mysqlmmm.shared.json;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.mysqlmmm.shared.agent.AgentState;
import io.mysqlmmm.shared.agent.AgentState.Cut;
import io.mysqlmmm.shared.agent.AgentState.NetworkState;
import io.mysqlmmm.shared.agent.Answer;
import io.mysqlmmm.shared.agent.BootTime;
import io.mysqlmmm.shared.agent.Clone;
import io.mysqlmmm.shared.agent.Mysqld;
import io.mysqlmmm.shared.agent.Order;
import io.mysqlmmm.shared.agent.Order.Target;
import io.mysqlmmm.shared.agent.Password;
import io.mysqlmmm.shared.agent.Standing;
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
        new Order.Roles(TARGET, List.of("10.77.0.101"), List.of("10.77.0.100", "10.77.0.101")),
        new Order.Databases(
            TARGET, List.of(new Order.Database("shop", "shop", new Password("pä'\"\\ss")))));
  }

  static List<Mysqld> servers() {
    return List.of(
        new Mysqld.Absent("process 7 is gone"),
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
        "GLOBAL lock");
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
        "no route");
  }

  private static AgentState state(Mysqld mysqld) {
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
        Optional.of(
            Clone.begun(
                    new Order.Source("db1", "10.77.0.11", 3306, "uuid1"),
                    "over",
                    "",
                    false,
                    Instant.EPOCH)
                .failed("gone", true, Instant.EPOCH.plusSeconds(1))),
        Optional.of(new Clone.Facts(true, 1, 2)));
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

  @Test
  void everyKindIsTried() {
    assertThat(kinds(orders())).isEqualTo(permitted(Order.class));
    assertThat(kinds(servers())).isEqualTo(permitted(Mysqld.class));
    assertThat(kinds(answers().toList())).isEqualTo(permitted(Answer.class));
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

    assertThat(json).doesNotContain("mayWrite", "received", "untouched", "\"running\"");
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
