package io.mysqlmmm.agent.server;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Base64;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Certificates and keys in PEM. */
final class Pem {
  private static final Pattern KEY =
      Pattern.compile("-----BEGIN PRIVATE KEY-----([A-Za-z0-9+/=\\s]+)-----END PRIVATE KEY-----");

  private Pem() {}

  static List<X509Certificate> certificates(Path file)
      throws IOException, GeneralSecurityException {
    try (InputStream in = Files.newInputStream(file)) {
      List<X509Certificate> all =
          CertificateFactory.getInstance("X.509").generateCertificates(in).stream()
              .map(X509Certificate.class::cast)
              .toList();
      if (all.isEmpty()) {
        throw new IOException(file + " holds no certificate");
      }
      return all;
    }
  }

  /** A private key in PKCS #8; its algorithm is that of the certificate. */
  static PrivateKey key(Path file, String algorithm) throws IOException, GeneralSecurityException {
    Matcher matcher = KEY.matcher(Files.readString(file));
    if (!matcher.find()) {
      throw new IOException(file + " holds no private key in PKCS #8 (BEGIN PRIVATE KEY)");
    }
    byte[] der = Base64.getMimeDecoder().decode(matcher.group(1));
    return KeyFactory.getInstance(algorithm).generatePrivate(new PKCS8EncodedKeySpec(der));
  }
}
