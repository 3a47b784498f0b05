package io.mysqlmmm.kubectl.cluster;

import io.mysqlmmm.kubectl.cluster.ClusterException.Kind;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.security.spec.InvalidKeySpecException;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Certificates and private keys in PEM (RFC 7468). The JDK reads PKCS#8 keys alone; what OpenSSL,
 * kubeadm and k3s write besides (PKCS#1, RFC 8017; SEC1, RFC 5915) is wrapped into PKCS#8.
 */
final class Pem {
  private static final Pattern BLOCK =
      Pattern.compile("-----BEGIN ([A-Z0-9 ]+)-----([^-]+)-----END \\1-----");
  private static final List<String> KEY_ALGORITHMS = List.of("RSA", "EC", "EdDSA");

  private static final int INTEGER = 0x02;
  private static final int OCTET_STRING = 0x04;
  private static final int SEQUENCE = 0x30;
  private static final int PARAMETERS = 0xa0;
  // INTEGER 0: the version of PKCS#8.
  private static final byte[] VERSION = {INTEGER, 1, 0};
  // rsaEncryption, 1.2.840.113549.1.1.1, and its NULL parameters.
  private static final byte[] RSA_ENCRYPTION = {
    0x06,
    0x09,
    0x2a,
    (byte) 0x86,
    0x48,
    (byte) 0x86,
    (byte) 0xf7,
    0x0d,
    0x01,
    0x01,
    0x01,
    0x05,
    0x00
  };
  // ecPublicKey, 1.2.840.10045.2.1; the curve follows.
  private static final byte[] EC_PUBLIC_KEY = {
    0x06, 0x07, 0x2a, (byte) 0x86, 0x48, (byte) 0xce, 0x3d, 0x02, 0x01
  };

  private Pem() {}

  /** All certificates in the text, in order; at least one. */
  static List<X509Certificate> certificates(String pem) throws ClusterException {
    List<X509Certificate> certificates = new ArrayList<>();
    try {
      CertificateFactory factory = CertificateFactory.getInstance("X.509");
      Matcher blocks = BLOCK.matcher(pem);
      while (blocks.find()) {
        if (blocks.group(1).equals("CERTIFICATE")) {
          Certificate parsed =
              factory.generateCertificate(new ByteArrayInputStream(decode(blocks.group(2))));
          certificates.add((X509Certificate) parsed);
        }
      }
    } catch (GeneralSecurityException | IllegalArgumentException e) {
      throw new ClusterException(
          Kind.KUBECONFIG, "A certificate in the kubeconfig cannot be read.", e);
    }
    if (certificates.isEmpty()) {
      throw new ClusterException(
          Kind.KUBECONFIG, "The kubeconfig has no certificate where one is expected.");
    }
    return certificates;
  }

  /** The first private key in the text. */
  static PrivateKey privateKey(String pem) throws ClusterException {
    Matcher blocks = BLOCK.matcher(pem);
    try {
      while (blocks.find()) {
        byte[] der = decode(blocks.group(2));
        switch (blocks.group(1)) {
          case "PRIVATE KEY" -> {
            return fromPkcs8(der);
          }
          case "RSA PRIVATE KEY" -> {
            return fromPkcs8(pkcs8(RSA_ENCRYPTION, der));
          }
          case "EC PRIVATE KEY" -> {
            return fromPkcs8(pkcs8(concat(EC_PUBLIC_KEY, curve(der)), der));
          }
          default -> {
            // EC PARAMETERS and the like.
          }
        }
      }
    } catch (GeneralSecurityException | IllegalArgumentException | IndexOutOfBoundsException e) {
      throw new ClusterException(
          Kind.KUBECONFIG, "The client key in the kubeconfig cannot be read.", e);
    }
    throw new ClusterException(
        Kind.KUBECONFIG, "The kubeconfig's client key is not an unencrypted private key in PEM.");
  }

  private static byte[] decode(String base64) {
    return Base64.getMimeDecoder().decode(base64);
  }

  private static PrivateKey fromPkcs8(byte[] der) throws GeneralSecurityException {
    for (String algorithm : KEY_ALGORITHMS) {
      try {
        return KeyFactory.getInstance(algorithm).generatePrivate(new PKCS8EncodedKeySpec(der));
      } catch (InvalidKeySpecException e) {
        // Another algorithm's key: the next one knows it.
      }
    }
    throw new InvalidKeySpecException("none of " + KEY_ALGORITHMS);
  }

  private static byte[] pkcs8(byte[] algorithm, byte[] key) {
    return tagged(
        SEQUENCE, concat(VERSION, tagged(SEQUENCE, algorithm), tagged(OCTET_STRING, key)));
  }

  /** The curve's object identifier: the content of the [0] element of an ECPrivateKey. */
  private static byte[] curve(byte[] sec1) throws InvalidKeySpecException {
    int at = contentStart(sec1, 0);
    while (at < sec1.length) {
      int content = contentStart(sec1, at);
      int end = content + length(sec1, at);
      if ((sec1[at] & 0xff) == PARAMETERS) {
        return java.util.Arrays.copyOfRange(sec1, content, end);
      }
      at = end;
    }
    throw new InvalidKeySpecException("the key does not name its curve");
  }

  private static int contentStart(byte[] der, int at) {
    int first = der[at + 1] & 0xff;
    return first < 0x80 ? at + 2 : at + 2 + (first & 0x7f);
  }

  private static int length(byte[] der, int at) {
    int first = der[at + 1] & 0xff;
    if (first < 0x80) {
      return first;
    }
    int length = 0;
    for (int i = 0; i < (first & 0x7f); i++) {
      length = (length << 8) | (der[at + 2 + i] & 0xff);
    }
    return length;
  }

  private static byte[] tagged(int tag, byte[] content) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    out.write(tag);
    if (content.length < 0x80) {
      out.write(content.length);
    } else {
      // Two bytes do for every key that TLS takes.
      out.write(0x82);
      out.write(content.length >> 8);
      out.write(content.length);
    }
    out.writeBytes(content);
    return out.toByteArray();
  }

  private static byte[] concat(byte[]... parts) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    for (byte[] part : parts) {
      out.writeBytes(part);
    }
    return out.toByteArray();
  }
}
