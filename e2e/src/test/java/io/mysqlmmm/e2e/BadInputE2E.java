package io.mysqlmmm.e2e;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.Condition;
import io.fabric8.kubernetes.api.model.SecretBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.dsl.Resource;
import io.fabric8.kubernetes.client.utils.Serialization;
import io.mysqlmmm.api.v1alpha1.LastMove;
import io.mysqlmmm.api.v1alpha1.MySQLMultiMaster;
import io.mysqlmmm.api.v1alpha1.MySQLMultiMasterStatus;
import java.time.Duration;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/**
 * What only shows outside the manifest: each mistake gives one clear sentence, and the pair that
 * runs beside it is untouched. What the manifest alone shows is refused by admission
 * (AdmissionE2E).
 */
class BadInputE2E {
  private static final Duration START = Duration.ofMinutes(3);
  private static final Duration SOON = Duration.ofSeconds(90);

  private static KubernetesClient client;
  private static PairUnderTest healthy;
  private static long epochBefore;

  @BeforeAll
  static void aPairAtWork() {
    client = Lab.client();
    healthy = new PairUnderTest(client);
    healthy.apply();
    healthy.awaitTrue("Ready", START);
    healthy.awaitTrue("Redundant", SOON);
    epochBefore = healthy.epoch();
  }

  @AfterEach
  void removeTheBadOne() {
    bad().delete();
    Eventually.within(Duration.ofMinutes(2), () -> assertThat(bad().get()).isNull());
    assertThat(healthy.is("Ready")).isTrue();
    assertThat(healthy.epoch()).isEqualTo(epochBefore);
    assertThat(healthy.writable()).containsExactly(healthy.writer());
  }

  @AfterAll
  static void cleanUp() {
    healthy.remove();
    client.close();
  }

  private static Resource<MySQLMultiMaster> bad() {
    return client.resources(MySQLMultiMaster.class).inNamespace("default").withName("bad");
  }

  /** A second pair on other ports, with one mistake. */
  private static void apply(UnaryOperator<String> mistake) {
    String other =
        PairUnderTest.sample()
            .replace("name: shop\n", "name: bad\n")
            .replace("10.77.0.10", "10.77.0.11")
            .replace("port: 3306", "port: 3316\n    adminPort: 33162")
            .replace("secret: shop-app", "secret: bad-app")
            .concat("  agent:\n    port: 9999\n  deletionPolicy: Delete\n");
    client
        .resource(Serialization.unmarshal(mistake.apply(other), MySQLMultiMaster.class))
        .fieldManager("e2e")
        .serverSideApply();
  }

  private static void expect(String reason, String... words) {
    Eventually.within(
        SOON,
        () -> {
          MySQLMultiMasterStatus status = bad().get().getStatus();
          assertThat(status).isNotNull();
          Condition ready =
              requireNonNull(status.conditions()).stream()
                  .filter(c -> c.getType().equals("Ready"))
                  .findFirst()
                  .orElseThrow();
          assertThat(ready.getStatus()).isEqualTo("False");
          assertThat(ready.getReason()).as(ready.getMessage()).isEqualTo(reason);
          assertThat(ready.getMessage()).contains(words);
        });
  }

  @Test
  void aNodeThatDoesNotExist() {
    // Nothing can be removed on a node that is not there.
    apply(
        y ->
            y.replace("nodeName: node2", "nodeName: node9")
                .replace("Policy: Delete", "Policy: Retain"));

    expect("NodeNotFound", "spec.hosts[1].nodeName", "node9");
  }

  @Test
  void anInterfaceThatTheNodeDoesNotHave() {
    apply(y -> y.replace("interface: eth0", "interface: eth9"));

    expect("NoNetwork", "eth9");
  }

  @Test
  void anIpThatSomebodyElseUses() {
    Command.require("ip", "address", "add", "10.77.0.111/32", "dev", "labbr0");
    try {
      apply(UnaryOperator.identity());

      expect("IpInUse", "10.77.0.111");
    } finally {
      Command.require("ip", "address", "del", "10.77.0.111/32", "dev", "labbr0");
    }
  }

  @Test
  void anIpOfAnotherPair() {
    apply(y -> y.replace("ips: [10.77.0.110]", "ips: [10.77.0.101]"));

    expect("IpTaken", "spec.roles", "10.77.0.101", "default/shop");
  }

  @Test
  void aPortOfAnotherPair() {
    apply(y -> y.replace("port: 3316", "port: 3306"));

    expect("PortTaken", "spec.mysql.port", "3306", "node1", "default/shop");
  }

  @Test
  void anImageThatCannotBePulled() {
    // Nobody listens there, so the refusal comes at once.
    apply(y -> y.replace("docker.io/lab/mysql:9.7", "10.77.0.1:9/lab/no-such-image:1"));

    expect("ImagePullBackOff", "spec.mysql.image", "lab/no-such-image:1");
  }

  @Test
  void aSecretWithoutAPassword() {
    client
        .resource(
            new SecretBuilder()
                .withNewMetadata()
                .withNamespace("default")
                .withName("bad-app")
                .endMetadata()
                .addToStringData("username", "shop")
                .addToStringData("password", "")
                .build())
        .serverSideApply();
    try {
      apply(UnaryOperator.identity());

      expect("BadSecret", "bad-app", "password");
    } finally {
      client.secrets().inNamespace("default").withName("bad-app").delete();
    }
  }

  @Test
  void aMoveToAHostThatIsDownIsRefused() {
    String standby = healthy.standby();
    client.pods().inNamespace("default").withName("shop-" + standby + "-0").delete();
    Eventually.within(
        SOON, () -> assertThat(healthy.ledger().inSync()).containsExactly(healthy.writer()));

    LastMove move = healthy.outcome(healthy.requestMove("writer", standby), SOON);

    assertThat(move.outcome()).isEqualTo("Refused");
    assertThat(move.message())
        .startsWith("Role 'writer' is not moved: ")
        .contains("host '" + standby + "'");
    healthy.awaitTrue("Redundant", START);
  }

  @Test
  void aMoveToAnUnknownHostIsRefusedByAdmission() {
    Command patched =
        Command.run(
            "kubectl",
            "patch",
            "mmm",
            "shop",
            "-n",
            "default",
            "--type",
            "merge",
            "-p",
            """
            {"spec":{"moveRole":{"role":"writer","host":"db9",\
            "requestedAt":"2030-01-01T00:00:00Z"}}}""");

    assertThat(patched.exit()).isNotZero();
    assertThat(patched.output()).contains("moveRole", "host");
  }
}
