import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Base64;
import java.util.Map;

/** The operator with the sample pair, an API server that only keeps things, and no agents. */
final class OperatorTraining implements Training {
  private static final Duration START = Duration.ofSeconds(60);

  /** What follows the first status: a few rounds of the monitor. */
  private static final Duration MORE = Duration.ofSeconds(2);

  private static final String PAIR_PATH =
      "/apis/mysqlmmm.io/v1alpha1/namespaces/default/mysqlmultimasters/shop";

  private static final String PAIR =
      """
      {"apiVersion": "mysqlmmm.io/v1alpha1", "kind": "MySQLMultiMaster",
       "metadata": {"namespace": "default", "name": "shop"},
       "spec": {"mode": "Active", "durability": "Lossless", "activeMasterRole": "writer",
        "hosts": [{"name": "db1", "nodeName": "node1", "mode": "Master", "peer": "db2"},
                  {"name": "db2", "nodeName": "node2", "mode": "Master", "peer": "db1"}],
        "roles": [{"name": "writer", "mode": "Exclusive", "hosts": ["db1", "db2"],
                   "ips": ["192.0.2.100"], "prefer": "db1"},
                  {"name": "reader", "mode": "Balanced", "hosts": ["db1", "db2"],
                   "ips": ["192.0.2.101", "192.0.2.102"]}],
        "mysql": {"image": "training", "port": 3306, "storage": {"hostPath": "/training"},
         "config": {"innodb_buffer_pool_size": "128M"},
         "databases": [{"name": "shop", "user": "shop", "secret": "shop-app"}]},
        "agent": {"port": 1}}}
      """;

  private static final String NODE =
      """
      {"apiVersion": "v1", "kind": "Node", "metadata": {"name": "node%d"},
       "status": {"addresses": [{"type": "InternalIP", "address": "127.0.0.%d"}]}}
      """;

  @Override
  public void run(ProcessBuilder java, Path directory) throws Exception {
    Keys keys = new Keys(directory);
    keys.issue("api", "CN=api");
    try (ApiStandIn api = new ApiStandIn(keys.context("api"))) {
      furnish(api);
      java.environment().putAll(environment(kubeconfig(keys, api, directory)));
      Process operator = java.start();
      try {
        if (!api.awaitStatus(START)) {
          IO.println("the operator wrote no status in its training run: its cache is poorer");
        }
        Thread.sleep(MORE);
      } finally {
        Training.end(operator);
      }
    }
  }

  private static void furnish(ApiStandIn api) throws Exception {
    ObjectMapper json = new ObjectMapper();
    api.put(PAIR_PATH, (ObjectNode) json.readTree(PAIR));
    for (int n = 1; n <= 2; n++) {
      api.put("/api/v1/nodes/node" + n, (ObjectNode) json.readTree(NODE.formatted(n, n)));
    }
  }

  private static Map<String, String> environment(Path kubeconfig) throws Exception {
    int free;
    try (ServerSocket socket = new ServerSocket(0)) {
      free = socket.getLocalPort();
    }
    return Map.of(
        "KUBECONFIG", kubeconfig.toString(),
        "MMM_NAMESPACE", "training",
        "MMM_POD_NAME", "training-0",
        "MMM_NODE_NAME", "training",
        "MMM_AGENT_IMAGE", "training",
        "MMM_WATCH_NAMESPACES", "default",
        "MMM_HTTP_PORT", Integer.toString(free));
  }

  private static Path kubeconfig(Keys keys, ApiStandIn api, Path directory) throws Exception {
    String ca = Base64.getEncoder().encodeToString(keys.authorityPem().getBytes());
    String text =
        """
        apiVersion: v1
        kind: Config
        current-context: training
        contexts: [{name: training, context: {cluster: training, user: training}}]
        users: [{name: training, user: {token: training}}]
        clusters:
        - name: training
          cluster: {server: 'https://127.0.0.1:%d', certificate-authority-data: %s}
        """;
    Path file = directory.resolve("kubeconfig");
    return Files.writeString(file, text.formatted(api.port(), ca));
  }
}
