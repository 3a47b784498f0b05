package io.mysqlmmm.e2e.chaos;

import io.mysqlmmm.e2e.Lab;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Drops packets on nodes, by tables of nftables in the nodes' own network namespaces, each named
 * for itself, so that several faults do not undo each other.
 */
final class PacketFilter {
  private static final String PREFIX = "chaos";
  private static final AtomicInteger NUMBER = new AtomicInteger();

  private PacketFilter() {}

  /** Where in a node a packet is dropped. */
  enum Place {
    /** What comes from the bridge, ARP included. */
    INGRESS("netdev", "type filter hook ingress device eth0 priority -500;"),
    /** What goes to the bridge, ARP included. */
    EGRESS("netdev", "type filter hook egress device eth0 priority -500;"),
    /** What is for the node itself, from a pod of this node too. */
    INPUT("inet", "type filter hook input priority -500;"),
    /** What the node itself sends, to a pod of this node too. */
    OUTPUT("inet", "type filter hook output priority -500;"),
    /** What goes through the node: from and to its pods. */
    FORWARD("inet", "type filter hook forward priority -500;");

    private final String family;
    private final String chain;

    Place(String family, String chain) {
      this.family = family;
      this.chain = chain;
    }
  }

  /** Drops what a statement of nftables matches; an empty match is everything. */
  static Fault.Undo drop(String node, Place place, String match) {
    String table = PREFIX + NUMBER.incrementAndGet();
    Lab.onNode(node, "nft", rule(place, table, match));
    return removal(node, place, table);
  }

  /**
   * Drops what comes to a node, and runs a line of shell at once: nothing may take time between.
   */
  static Fault.Undo dropAndThen(String node, String match, String line) {
    String table = PREFIX + NUMBER.incrementAndGet();
    String rule = rule(Place.INGRESS, table, match);
    Lab.onNode(node, "sh", "-c", "nft '%s' && { %s; }".formatted(rule, line));
    return removal(node, Place.INGRESS, table);
  }

  private static String rule(Place place, String table, String match) {
    return "table %s %s { chain drops { %s %s drop; }; }"
        .formatted(place.family, table, place.chain, match);
  }

  private static Fault.Undo removal(String node, Place place, String table) {
    return () -> Lab.onNode(node, "nft", "delete table %s %s".formatted(place.family, table));
  }

  /** Removes what an ended campaign may have left. */
  static void removeLeftovers() {
    for (String node : Lab.NODES) {
      Lab.onNode(node, "nft", "list tables")
          .lines()
          .filter(line -> line.matches("table \\w+ " + PREFIX + "\\d+"))
          .forEach(line -> Lab.onNode(node, "nft", "delete " + line));
    }
  }
}
