package io.mysqlmmm.kubectl.cluster;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Optional;

/**
 * Who we are to the API server.
 *
 * @param certificate client certificate and key
 * @param authorization value of the Authorization header
 * @param impersonation headers that ask to be taken for somebody else
 */
public record Identity(
    Optional<Certificate> certificate, Optional<String> authorization, List<Header> impersonation) {
  /** Nobody in particular: what the API server lets everybody do. */
  public static final Identity ANONYMOUS = new Identity(Optional.empty(), Optional.empty());

  public Identity {
    impersonation = List.copyOf(impersonation);
  }

  public Identity(Optional<Certificate> certificate, Optional<String> authorization) {
    this(certificate, authorization, List.of());
  }

  /** A header of a request. */
  public record Header(String name, String value) {}

  /**
   * A client certificate and its key.
   *
   * @param chain certificates, PEM, our own first
   * @param key private key, PEM
   */
  public record Certificate(String chain, String key) {
    @Override
    public String toString() {
      return "Certificate[***]";
    }
  }

  public static String bearer(String token) {
    return "Bearer " + token.strip();
  }

  public static String basic(String user, String password) {
    byte[] pair = (user + ":" + password).getBytes(StandardCharsets.UTF_8);
    return "Basic " + Base64.getEncoder().encodeToString(pair);
  }

  /** Never the secret itself. */
  @Override
  public String toString() {
    return "Identity[***]";
  }
}
