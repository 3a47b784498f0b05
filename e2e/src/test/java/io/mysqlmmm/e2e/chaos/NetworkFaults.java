package io.mysqlmmm.e2e.chaos;

import io.mysqlmmm.e2e.Command;
import io.mysqlmmm.e2e.Lab;
import io.mysqlmmm.e2e.PairUnderTest;
import io.mysqlmmm.e2e.chaos.PacketFilter.Place;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * Cables pulled and packets dropped. The operators' pods have addresses in 10.78.0.0/16, without
 * translation; they reach an agent through the input of its node, the API server by forwarding.
 */
public final class NetworkFaults {
  /** Longer than a lease and its margin. */
  private static final Duration CUT = Duration.ofSeconds(8);

  /** Shorter than a lease. */
  private static final Duration BLINK = Duration.ofMillis(1500);

  private static final String PODS = "10.78.0.0/16";
  private static final int AGENT_PORT = 9989;

  private NetworkFaults() {}

  static List<Fault> all() {
    List<Fault> all = new ArrayList<>();
    for (Side side : Side.values()) {
      String of = side.word();
      all.add(Fault.lasting(of + "-link-down", CUT, s -> linkDown(s.node(side))));
      all.add(Fault.lasting(of + "-link-blink", BLINK, s -> linkDown(s.node(side))));
      all.add(
          Fault.lasting(
              of + "-hears-nothing", CUT, s -> PacketFilter.drop(s.node(side), Place.INGRESS, "")));
      all.add(
          Fault.lasting(
              of + "-says-nothing", CUT, s -> PacketFilter.drop(s.node(side), Place.EGRESS, "")));
      all.add(
          Fault.lasting(
              "operators-cut-from-" + of, CUT, s -> withoutOperators(List.of(s.node(side)))));
      all.add(Fault.lasting(of + "-deaf-to-" + side.other().word(), CUT, s -> deaf(s, side)));
    }
    all.add(Fault.lasting("masters-cut-from-each-other", CUT, NetworkFaults::betweenMasters));
    all.add(
        Fault.lasting("operators-cut-from-masters", CUT, s -> withoutOperators(nodesOfMasters())));
    all.add(Fault.lasting("operators-cut-from-all", CUT, s -> operatorsCutFromAll()));
    return all;
  }

  /** Pulls the cable at the bridge: the node keeps its routes, as with a real one. */
  public static Fault.Undo linkDown(String node) {
    String port = "lab" + node.substring("node".length());
    Command.require("ip", "link", "set", port, "down");
    return () -> Command.require("ip", "link", "set", port, "up");
  }

  private static Fault.Undo deaf(Scene scene, Side side) {
    String from = PairUnderTest.address(scene.host(side.other()));
    return PacketFilter.drop(scene.node(side), Place.INGRESS, "ip saddr " + from);
  }

  private static Fault.Undo betweenMasters(Scene scene) {
    return Fault.Undo.all(List.of(deaf(scene, Side.WRITER), deaf(scene, Side.STANDBY)));
  }

  static List<String> nodesOfMasters() {
    return PairUnderTest.HOSTS.stream().map(PairUnderTest::node).toList();
  }

  static Fault.Undo withoutOperators(List<String> nodes) {
    List<Fault.Undo> drops = new ArrayList<>();
    for (String node : nodes) {
      drops.add(
          PacketFilter.drop(
              node, Place.INPUT, "ip saddr %s tcp dport %d".formatted(PODS, AGENT_PORT)));
      drops.add(
          PacketFilter.drop(
              node, Place.OUTPUT, "ip daddr %s tcp sport %d".formatted(PODS, AGENT_PORT)));
    }
    return Fault.Undo.all(drops);
  }

  private static Fault.Undo operatorsCutFromAll() {
    List<Fault.Undo> drops = new ArrayList<>();
    drops.add(withoutOperators(nodesOfMasters()));
    for (String node : Lab.NODES) {
      drops.add(PacketFilter.drop(node, Place.FORWARD, "ip saddr " + PODS));
      drops.add(PacketFilter.drop(node, Place.FORWARD, "ip daddr " + PODS));
    }
    return Fault.Undo.all(drops);
  }
}
