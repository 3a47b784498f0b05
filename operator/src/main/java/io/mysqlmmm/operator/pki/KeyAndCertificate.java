package io.mysqlmmm.operator.pki;

import java.security.GeneralSecurityException;
import java.security.PrivateKey;
import java.security.cert.X509Certificate;

/** A private key and the certificate of its public key. Never prints the key. */
public record KeyAndCertificate(PrivateKey key, X509Certificate certificate) {

  /**
   * Reads what {@link #certificatePem} and {@link #keyPem} wrote.
   *
   * @throws GeneralSecurityException when either is not of that form
   */
  public static KeyAndCertificate fromPem(String certificatePem, String keyPem)
      throws GeneralSecurityException {
    return new KeyAndCertificate(Pem.readKey(keyPem), Pem.readCertificate(certificatePem));
  }

  public String certificatePem() {
    return Pem.certificate(certificate);
  }

  public String keyPem() {
    return Pem.key(key);
  }

  @Override
  public String toString() {
    return "KeyAndCertificate[" + certificate.getSubjectX500Principal() + "]";
  }
}
