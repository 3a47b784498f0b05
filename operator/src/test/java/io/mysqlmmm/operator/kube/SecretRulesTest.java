package io.mysqlmmm.operator.kube;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.api.model.SecretBuilder;
import io.mysqlmmm.operator.core.Topology.Database;
import io.mysqlmmm.shared.agent.Password;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SecretRulesTest {
  private static final Database SHOP = new Database("shop", "shop", "shop-app");

  @Test
  void takesAnyPrintablePassword() {
    Password odd = new Password("a 'b\" \\ # é €");

    assertThat(
            SecretRules.database(secret(Map.of("username", "shop", "password", odd.value())), SHOP))
        .isEqualTo(new Credentials.Ok("shop", odd));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "shop|`secret\n`|ends with a line break",
        "shop|`sec\tret`|control characters",
        "shop|``|is empty",
        "other|secret|names the user \"other\"",
      })
  void saysWhatIsWrongWithADatabasesSecret(String username, String password, String expected) {
    assertBad(Map.of("username", username, "password", password), expected);
  }

  @Test
  void saysWhichKeyIsMissing() {
    assertBad(Map.of("username", "shop"), "no key \"password\"");
    assertBad(Map.of("password", "secret"), "no key \"username\"");
    assertBad(Map.of(), "no key \"username\"");
  }

  @Test
  void refusesAPasswordThatMySqlWouldNotTake() {
    assertBad(Map.of("username", "shop", "password", "x".repeat(256)), "has 256 bytes");
  }

  @Test
  void refusesAReplicationPasswordThatCannotBeGivenToAChannel() {
    Map<String, String> passwords =
        Map.of("rootPassword", "a", "agentPassword", "b", "replicationPassword", "x".repeat(33));

    assertThat(SecretRules.system(secret(passwords)))
        .isInstanceOfSatisfying(
            SystemCredentials.Bad.class,
            bad -> assertThat(bad.sentence()).contains("replicationPassword", "33", "32"));
  }

  @Test
  void readsThePairsOwnPasswords() {
    Map<String, String> passwords =
        Map.of("rootPassword", "a", "agentPassword", "b", "replicationPassword", "c");

    assertThat(SecretRules.system(secret(passwords)))
        .isEqualTo(
            new SystemCredentials.Ok(new Password("a"), new Password("b"), new Password("c")));
  }

  private static void assertBad(Map<String, String> data, String expected) {
    assertThat(SecretRules.database(secret(data), SHOP))
        .isInstanceOfSatisfying(
            Credentials.Bad.class,
            bad ->
                assertThat(bad.sentence())
                    .contains("shop-app", expected)
                    .doesNotContain("secret\n", "sec\tret"));
  }

  private static Secret secret(Map<String, String> data) {
    return new SecretBuilder()
        .withNewMetadata()
        .withName("shop-app")
        .endMetadata()
        .withData(SecretData.encode(data))
        .build();
  }
}
