package io.mysqlmmm.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.client.KubernetesClient;
import io.mysqlmmm.api.v1alpha1.LastMove;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/**
 * The sample pair with an IPv6 address for its writer, and readers of both kinds, for clients on
 * the bridge. The hosts themselves keep their IPv4 addresses.
 */
class Ipv6E2E {
  private static final Duration START = Duration.ofMinutes(3);
  private static final Duration SOON = Duration.ofSeconds(30);
  private static final String WRITER = "fd00:77::64";
  private static final List<String> READERS = List.of("fd00:77::65", "10.77.0.102");
  private static final String PREFIX = "fd00:77::";

  private static KubernetesClient client;
  private static PairUnderTest pair;
  private static String bridge = "";

  @BeforeAll
  static void apply() {
    client = Lab.client();
    bridge =
        Command.require("ip", "-o", "route", "get", "10.77.0.11")
            .replaceFirst("(?s).* dev (\\S+).*", "$1");
    Command.require("ip", "address", "replace", PREFIX + "1/64", "dev", bridge, "nodad");
    for (String node : Lab.NODES) {
      Lab.onNode(node, "ip", "address", "replace", own(node), "dev", "eth0", "nodad");
    }
    pair = new PairUnderTest(client);
    pair.apply(
        PairUnderTest.sample()
            .replace("[10.77.0.100]", "['" + WRITER + "']")
            .replace("[10.77.0.101, 10.77.0.102]", "['fd00:77::65', 10.77.0.102]")
            .replace(", prefer: db1", ""));
    pair.awaitTrue("Ready", START);
    pair.awaitTrue("Redundant", SOON);
  }

  @AfterAll
  static void cleanUp() {
    pair.remove();
    client.close();
    for (String node : Lab.NODES) {
      Lab.onNode(node, "ip", "address", "delete", own(node), "dev", "eth0");
    }
    Command.require("ip", "address", "delete", PREFIX + "1/64", "dev", bridge);
  }

  private static String own(String node) {
    return PREFIX + "1" + node.substring("node".length()) + "/64";
  }

  /** The MAC address that the client's machine has for an IPv6 address. */
  private static String neighbour(String ip) {
    return Command.require("ip", "-6", "neighbour", "show", ip, "dev", bridge)
        .replaceFirst("(?s).*lladdr (\\S+).*", "$1");
  }

  private static String mac(String node) {
    return Lab.onNode(node, "ip", "-o", "link", "show", "dev", "eth0")
        .replaceFirst("(?s).* link/ether (\\S+).*", "$1");
  }

  /** It writes behind the IPv6 address, and the client's machine knows that. */
  private static void assertServedBy(String host) {
    String node = PairUnderTest.node(host);
    Eventually.within(
        SOON,
        () -> {
          assertThat(Lab.holders(WRITER)).containsExactly(node);
          assertThat(pair.query("[" + WRITER + "]", "SELECT @@GLOBAL.report_host"))
              .containsExactly(PairUnderTest.address(host));
          assertThat(neighbour(WRITER)).isEqualTo(mac(node));
        });
  }

  @Test
  void clientsFollowTheWritersIpv6Address() throws Exception {
    String first = pair.writer();
    String second = pair.standby();
    assertServedBy(first);
    for (String reader : READERS) {
      Eventually.within(SOON, () -> assertThat(Lab.holders(reader)).as(reader).hasSize(1));
    }
    assertThat(Command.require("kubectl", "mmm", "show")).contains("writer(" + WRITER + ")");
    try (WriteProbe probe = new WriteProbe(pair, "[" + WRITER + "]", "ipv6", 2)) {
      probe.awaitMore(20, SOON);

      LastMove move = pair.outcome(pair.requestMove("writer", second), SOON);

      assertThat(move.outcome()).as(move.toString()).isEqualTo("Done");
      assertServedBy(second);
      probe.awaitMore(20, SOON);
      pair.awaitTrue("Redundant", SOON);

      pair.killMysqld(second);

      Eventually.within(SOON, () -> assertThat(pair.writer()).isEqualTo(first));
      assertServedBy(first);
      probe.awaitMore(20, SOON);
      pair.awaitTrue("Redundant", START);
      System.out.println("longest gap between writes by IPv6: " + probe.longestGap());
      probe.stop();
      probe.awaitNothingLost(SOON);
    }
  }
}
