package io.mysqlmmm.operator.pki;

import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Base64;

/** PEM text of certificates and of EC private keys (PKCS #8, unencrypted). */
final class Pem {
  private static final String KEY_BEGIN = "-----BEGIN PRIVATE KEY-----";
  private static final String KEY_END = "-----END PRIVATE KEY-----";

  private Pem() {}

  static String certificate(X509Certificate certificate) {
    try {
      return block("CERTIFICATE", certificate.getEncoded());
    } catch (CertificateException e) {
      throw new IllegalStateException("a certificate that was just made has no encoding", e);
    }
  }

  static String key(PrivateKey key) {
    return block("PRIVATE KEY", key.getEncoded());
  }

  /** The first certificate in {@code pem}. */
  static X509Certificate readCertificate(String pem) throws GeneralSecurityException {
    byte[] bytes = pem.getBytes(StandardCharsets.US_ASCII);
    return (X509Certificate)
        CertificateFactory.getInstance("X.509")
            .generateCertificate(new ByteArrayInputStream(bytes));
  }

  static PrivateKey readKey(String pem) throws GeneralSecurityException {
    int begin = pem.indexOf(KEY_BEGIN);
    int end = pem.indexOf(KEY_END);
    if (begin < 0 || end < begin) {
      throw new GeneralSecurityException("no unencrypted PKCS #8 private key in PEM form");
    }
    try {
      byte[] der = Base64.getMimeDecoder().decode(pem.substring(begin + KEY_BEGIN.length(), end));
      return KeyFactory.getInstance("EC").generatePrivate(new PKCS8EncodedKeySpec(der));
    } catch (IllegalArgumentException e) {
      throw new GeneralSecurityException("the private key is not base64", e);
    }
  }

  private static String block(String kind, byte[] der) {
    Base64.Encoder lines = Base64.getMimeEncoder(64, new byte[] {'\n'});
    return "-----BEGIN %s-----%n%s%n-----END %s-----%n"
        .formatted(kind, lines.encodeToString(der), kind)
        .replace(System.lineSeparator(), "\n");
  }
}
