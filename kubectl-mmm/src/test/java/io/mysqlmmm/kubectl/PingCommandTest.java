package io.mysqlmmm.kubectl;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import org.junit.jupiter.api.Test;

class PingCommandTest extends PluginTest {
  @Test
  void readsTheOperatorsLease() {
    server.lease(
        200,
        """
        {"spec": {"holderIdentity": "o", "leaseDurationSeconds": 3, "renewTime": "%s"}}
        """
            .formatted(Instant.now()));

    assertDone("OK: Pinged successfully!", "ping");
  }

  @Test
  void goesOnWithoutTheLeaseWhenItMayNotBeRead() {
    server.lease(403, "{\"message\": \"leases is forbidden\"}");

    assertThat(run("ping", "shop")).isZero();
    assertThat(out()).startsWith("OK: Pinged successfully! The operator's Lease may not be read.");
  }

  @Test
  void findsNoOperator() {
    assertThat(run("ping")).isEqualTo(3);
    assertThat(err()).startsWith("ERROR: Can't connect to monitor daemon! Namespace ");
  }

  @Test
  void looksWhereTheOperatorIsSaidToBe() {
    assertThat(run("ping", "--operator-namespace", "elsewhere")).isEqualTo(3);
    assertThat(server.requests().getLast())
        .isEqualTo(
            "GET /apis/coordination.k8s.io/v1/namespaces/elsewhere/leases/mysql-mmm-operator");
  }
}
