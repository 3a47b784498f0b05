package io.mysqlmmm.operator.kube;

import io.fabric8.kubernetes.api.model.Secret;
import io.mysqlmmm.operator.core.Topology.Database;
import io.mysqlmmm.shared.agent.Password;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/** Whether what a Secret holds is fit for use. Pure; no sentence ever quotes a password. */
final class SecretRules {
  static final String USERNAME = "username";
  static final String PASSWORD = "password";

  /** caching_sha2_password takes no longer ones (MySQL: MAX_PLAINTEXT_LENGTH 256, with the NUL). */
  private static final int MAX_PASSWORD_BYTES = 255;

  /** CHANGE REPLICATION SOURCE TO SOURCE_PASSWORD takes no longer ones (MySQL manual). */
  private static final int MAX_REPLICATION_PASSWORD_BYTES = 32;

  private SecretRules() {}

  static Credentials database(Secret secret, Database database) {
    String name = secret.getMetadata().getName();
    Optional<String> username = SecretData.text(secret, USERNAME);
    if (username.isEmpty()) {
      return new Credentials.Bad(missing(name, USERNAME));
    }
    if (!username.orElseThrow().equals(database.user())) {
      return new Credentials.Bad(
          ("Secret \"%s\" names the user \"%s\", but database \"%s\" has the user \"%s\": make both"
                  + " the same")
              .formatted(
                  name, printable(username.orElseThrow()), database.name(), database.user()));
    }
    Optional<String> bad = badPassword(secret, PASSWORD, MAX_PASSWORD_BYTES);
    return bad.isPresent()
        ? new Credentials.Bad(bad.orElseThrow())
        : new Credentials.Ok(database.user(), password(secret, PASSWORD));
  }

  static SystemCredentials system(Secret secret) {
    for (String key : SystemSecret.KEYS) {
      int max =
          key.equals(SystemSecret.REPLICATION)
              ? MAX_REPLICATION_PASSWORD_BYTES
              : MAX_PASSWORD_BYTES;
      Optional<String> bad = badPassword(secret, key, max);
      if (bad.isPresent()) {
        return new SystemCredentials.Bad(bad.orElseThrow());
      }
    }
    return new SystemCredentials.Ok(
        password(secret, SystemSecret.ROOT),
        password(secret, SystemSecret.AGENT),
        password(secret, SystemSecret.REPLICATION));
  }

  private static Password password(Secret secret, String key) {
    return new Password(SecretData.text(secret, key).orElseThrow());
  }

  private static Optional<String> badPassword(Secret secret, String key, int maxBytes) {
    String name = secret.getMetadata().getName();
    Optional<String> value = SecretData.text(secret, key);
    if (value.isEmpty()) {
      return Optional.of(missing(name, key));
    }
    String text = value.orElseThrow();
    if (text.isEmpty()) {
      return Optional.of(
          "the key \"%s\" of Secret \"%s\" is empty: put a password into it".formatted(key, name));
    }
    int bytes = text.getBytes(StandardCharsets.UTF_8).length;
    if (bytes > maxBytes) {
      return Optional.of(
          "the key \"%s\" of Secret \"%s\" has %d bytes, but MySQL takes %d at most: use a shorter one"
              .formatted(key, name, bytes, maxBytes));
    }
    if (text.endsWith("\n")) {
      return Optional.of(
          ("the key \"%s\" of Secret \"%s\" ends with a line break, as files made with echo do:"
                  + " make it without (echo -n, or kubectl create secret --from-literal)")
              .formatted(key, name));
    }
    if (text.chars().anyMatch(c -> Character.isISOControl(c) || c == '\uFFFD')) {
      return Optional.of(
          "the key \"%s\" of Secret \"%s\" has control characters or is no UTF-8 text: use printable characters"
              .formatted(key, name));
    }
    return Optional.empty();
  }

  private static String missing(String secret, String key) {
    return "Secret \"%s\" has no key \"%s\": add it".formatted(secret, key);
  }

  private static String printable(String text) {
    return text.replaceAll("\\p{Cntrl}", "?");
  }
}
