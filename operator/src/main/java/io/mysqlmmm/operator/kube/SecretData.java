package io.mysqlmmm.operator.kube;

import io.fabric8.kubernetes.api.model.Secret;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** The contents of a Secret. */
final class SecretData {
  private SecretData() {}

  /** The value of {@code key} as UTF-8 text; empty when there is no such key. */
  static Optional<String> text(Secret secret, String key) {
    String encoded = secret.getData() == null ? null : secret.getData().get(key);
    return encoded == null
        ? Optional.empty()
        : Optional.of(new String(Base64.getDecoder().decode(encoded), StandardCharsets.UTF_8));
  }

  /** For {@code data}: {@code stringData} and server-side apply do not go together. */
  static Map<String, String> encode(Map<String, String> texts) {
    Map<String, String> encoded = new TreeMap<>();
    texts.forEach(
        (key, text) ->
            encoded.put(
                key, Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8))));
    return encoded;
  }
}
