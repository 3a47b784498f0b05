package io.mysqlmmm.operator.succession;

import io.mysqlmmm.api.v1alpha1.HostStatus;
import io.mysqlmmm.api.v1alpha1.MySQLMultiMaster;
import io.mysqlmmm.api.v1alpha1.MySQLMultiMasterStatus;
import io.mysqlmmm.operator.observe.SpecReader;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Whether the agents can be reached from here: who cannot had better not lead. */
final class AgentReach {
  private static final Logger LOG = LoggerFactory.getLogger(AgentReach.class);
  private static final int CONNECT_MILLIS = 1_000;

  private AgentReach() {}

  /** Blocks for a second at most for each host, and ends with the first that is not reached. */
  static boolean ofAll(Collection<MySQLMultiMaster> pairs) {
    return pairs.stream()
        .allMatch(pair -> hosts(pair).stream().allMatch(host -> accepts(host, port(pair))));
  }

  private static List<HostStatus> hosts(MySQLMultiMaster pair) {
    MySQLMultiMasterStatus status = pair.getStatus();
    List<HostStatus> hosts = status == null ? null : status.hosts();
    return hosts == null ? List.of() : hosts;
  }

  private static int port(MySQLMultiMaster pair) {
    Integer port = pair.getSpec().agent() == null ? null : pair.getSpec().agent().port();
    return Objects.requireNonNullElse(port, SpecReader.DEFAULT_AGENT_PORT);
  }

  private static boolean accepts(HostStatus host, int port) {
    String address = host.address();
    if (address == null) {
      return false;
    }
    try (Socket socket = new Socket()) {
      socket.connect(new InetSocketAddress(address, port), CONNECT_MILLIS);
      return true;
    } catch (IOException e) {
      LOG.info("not asking to lead: the agent of {} is not reached: {}", host.name(), e.toString());
      return false;
    }
  }
}
