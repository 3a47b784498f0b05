package io.mysqlmmm.e2e;

import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;

/** The lab: three nodes in network namespaces of this machine (e2e/lab). */
public final class Lab {
  public static final List<String> NODES = List.of("node1", "node2", "node3");

  private static final Path ROOT =
      Path.of(System.getProperty("mmm.root", "..")).toAbsolutePath().normalize();
  private static final String SCRIPT = ROOT.resolve("e2e/lab/lab").toString();

  private Lab() {}

  public static Path root() {
    return ROOT;
  }

  /** The administrator's client; the lab must be up. */
  public static KubernetesClient client() {
    if (System.getenv("KUBECONFIG") == null) {
      throw new IllegalStateException(
          "KUBECONFIG is not set: run these tests by `make e2e`, or after"
              + " `eval \"$(make -s lab-env)\"`");
    }
    return new KubernetesClientBuilder().build();
  }

  /** The lab's own commands (e2e/lab/lab help). */
  public static String script() {
    return SCRIPT;
  }

  /** Runs one of them, which must succeed. */
  public static String lab(String... words) {
    return Command.require(
        Stream.concat(Stream.of(SCRIPT), Arrays.stream(words)).toArray(String[]::new));
  }

  /** A command on a node, in its network. */
  public static String onNode(String node, String... words) {
    return Command.require(
        Stream.concat(Stream.of(SCRIPT, "node", node), Arrays.stream(words))
            .toArray(String[]::new));
  }

  /** Nodes whose eth0 has this address. */
  public static List<String> holders(String ip) {
    return NODES.stream()
        .filter(
            node ->
                onNode(node, "ip", "-o", "address", "show", "dev", "eth0").contains(" " + ip + "/"))
        .toList();
  }

  /** Process ids of a program in a node's containers. */
  public static List<String> pids(String node, String program) {
    return Command.require(SCRIPT, "pids", node, program)
        .lines()
        .filter(l -> !l.isBlank())
        .toList();
  }

  public static void kill9(String pid) {
    Command.require("kill", "-9", pid);
  }
}
