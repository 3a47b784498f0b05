package io.mysqlmmm.agent.vip;

import io.mysqlmmm.agent.posix.NetworkNamespace;
import io.mysqlmmm.agent.wire.MacAddress;
import java.io.IOException;

/**
 * Two hosts on one cable, each a network namespace with an interface eth0: {@code here}, 10.77.0.11
 * and 2001:db8:77::11, and {@code peer}, 10.77.0.12 and 2001:db8:77::12.
 */
public record VethPair(NetworkNamespace here, NetworkNamespace peer) implements AutoCloseable {
  public static final MacAddress HERE_MAC = MacAddress.of("02:00:00:00:00:01");
  public static final MacAddress PEER_MAC = MacAddress.of("02:00:00:00:00:02");

  public static VethPair create() throws IOException {
    VethPair pair = new VethPair(NetworkNamespace.create(), NetworkNamespace.create());
    String peerNamespace = pair.peer.path().toString();
    pair.here.run(
        "ip", "link", "add", "eth0", "type", "veth", "peer", "eth0", "netns", peerNamespace);
    configure(pair.here, HERE_MAC, 11);
    configure(pair.peer, PEER_MAC, 12);
    Eventually.eventually(
        () -> {
          if (!pair.here.run("ip", "link", "show", "eth0").contains("LOWER_UP")) {
            throw new AssertionError("no carrier");
          }
        });
    return pair;
  }

  @Override
  public void close() {
    here.close();
    peer.close();
  }

  private static void configure(NetworkNamespace host, MacAddress mac, int number) {
    String commands =
        """
        link set lo up
        link set eth0 address %s
        addr add 10.77.0.%d/24 dev eth0
        addr add 2001:db8:77::%d/64 dev eth0 nodad
        link set eth0 up
        """
            .formatted(mac, number, number);
    host.run("sh", "-c", "ip -batch - <<'END'\n" + commands + "END");
  }
}
