package io.mysqlmmm.operator.pki;

import java.io.IOException;
import java.math.BigInteger;
import java.net.InetAddress;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.SecureRandom;
import java.security.cert.X509Certificate;
import java.security.spec.ECGenParameterSpec;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.Date;
import java.util.List;
import java.util.Optional;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x500.X500NameBuilder;
import org.bouncycastle.asn1.x500.style.BCStyle;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.ExtendedKeyUsage;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.asn1.x509.KeyPurposeId;
import org.bouncycastle.asn1.x509.KeyUsage;
import org.bouncycastle.cert.jcajce.JcaX509CertificateConverter;
import org.bouncycastle.cert.jcajce.JcaX509ExtensionUtils;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;

/**
 * The installation's own certificate authority: EC P-256, valid for ten years. It issues
 * certificates of one year to agents (CN = host, O = uid of the resource, SANs = the host's IP
 * address and name) and to the operator (CN = operator, O = mysql-mmm), all for both ends of mutual
 * TLS. They are to be renewed once two thirds of their life are over.
 *
 * <p>Renewing the authority itself is out of scope: after ten years, or after a leak of its key,
 * delete its Secret and all {@code NAME-tls-HOST} Secrets, and restart the operator and the pods.
 */
public final class CertificateAuthority {
  static final Duration AUTHORITY_LIFE = Duration.ofDays(3650);
  static final Duration CERTIFICATE_LIFE = Duration.ofDays(365);

  /** Clocks of nodes may be behind ours by so much. */
  private static final Duration BACKDATED = Duration.ofMinutes(10);

  private static final String OPERATOR_COMMON_NAME = "operator";
  private static final String OPERATOR_ORGANIZATION = "mysql-mmm";

  private final KeyAndCertificate self;

  private CertificateAuthority(KeyAndCertificate self) {
    this.self = self;
  }

  /** A new authority with a new key. */
  public static CertificateAuthority create(Instant now) {
    KeyPair keys = newKeys();
    X500Name name = name("mysql-mmm certificate authority", OPERATOR_ORGANIZATION);
    JcaX509v3CertificateBuilder builder = builder(name, name, keys, now, AUTHORITY_LIFE);
    try {
      JcaX509ExtensionUtils ids = new JcaX509ExtensionUtils();
      builder.addExtension(Extension.basicConstraints, true, new BasicConstraints(0));
      builder.addExtension(
          Extension.keyUsage, true, new KeyUsage(KeyUsage.keyCertSign | KeyUsage.cRLSign));
      builder.addExtension(
          Extension.subjectKeyIdentifier, false, ids.createSubjectKeyIdentifier(keys.getPublic()));
      return new CertificateAuthority(
          new KeyAndCertificate(keys.getPrivate(), sign(builder, keys)));
    } catch (IOException | GeneralSecurityException e) {
      throw new IllegalStateException("the certificate authority could not be made", e);
    }
  }

  /**
   * The authority that {@link #certificatePem} and {@link #keyPem} were taken from.
   *
   * @throws GeneralSecurityException when the two are unreadable, do not belong together, or are
   *     not of an authority; the message says which
   */
  public static CertificateAuthority fromPem(String certificatePem, String keyPem)
      throws GeneralSecurityException {
    KeyAndCertificate read = KeyAndCertificate.fromPem(certificatePem, keyPem);
    if (read.certificate().getBasicConstraints() < 0) {
      throw new GeneralSecurityException("the certificate is not one of an authority");
    }
    CertificateAuthority authority = new CertificateAuthority(read);
    X509Certificate probe = authority.issueOperator(Instant.now()).certificate();
    probe.verify(read.certificate().getPublicKey());
    return authority;
  }

  public X509Certificate certificate() {
    return self.certificate();
  }

  public String certificatePem() {
    return self.certificatePem();
  }

  public String keyPem() {
    return self.keyPem();
  }

  /**
   * A new key and certificate for the agent and mysqld of a host.
   *
   * @param address literal IP address that the operator and the peer reach the host by
   */
  public KeyAndCertificate issueAgent(
      String host, String resourceUid, String address, Instant now) {
    GeneralNames names =
        new GeneralNames(
            new GeneralName[] {
              new GeneralName(GeneralName.iPAddress, address),
              new GeneralName(GeneralName.dNSName, host)
            });
    return issue(name(host, resourceUid), Optional.of(names), now);
  }

  /** A new key and certificate for the operator, as a client of the agents. */
  public KeyAndCertificate issueOperator(Instant now) {
    return issue(name(OPERATOR_COMMON_NAME, OPERATOR_ORGANIZATION), Optional.empty(), now);
  }

  /**
   * Whether an agent's certificate serves on as it is: issued by this authority, for this host,
   * resource and address, and not yet in the last third of its life.
   */
  public boolean stillGood(
      X509Certificate certificate, String host, String resourceUid, String address, Instant now) {
    try {
      certificate.verify(self.certificate().getPublicKey());
      return now.isBefore(renewalDue(certificate))
          && X500Name.getInstance(certificate.getSubjectX500Principal().getEncoded())
              .equals(name(host, resourceUid))
          && sameAddress(certificate.getSubjectAlternativeNames(), address);
    } catch (GeneralSecurityException notOurs) {
      return false;
    }
  }

  /** When two thirds of its life are over. */
  public static Instant renewalDue(X509Certificate certificate) {
    Instant from = certificate.getNotBefore().toInstant();
    Duration life = Duration.between(from, certificate.getNotAfter().toInstant());
    return from.plus(life.multipliedBy(2).dividedBy(3));
  }

  private static boolean sameAddress(Collection<List<?>> names, String address) {
    // The JDK writes IPv6 addresses out in full, so compare what is meant.
    InetAddress wanted = InetAddress.ofLiteral(address);
    return names != null
        && names.stream()
            .filter(entry -> entry.getFirst().equals(GeneralName.iPAddress))
            .anyMatch(entry -> InetAddress.ofLiteral((String) entry.get(1)).equals(wanted));
  }

  private KeyAndCertificate issue(
      X500Name subject, Optional<GeneralNames> alternativeNames, Instant now) {
    KeyPair keys = newKeys();
    X500Name issuer =
        X500Name.getInstance(self.certificate().getSubjectX500Principal().getEncoded());
    JcaX509v3CertificateBuilder builder = builder(issuer, subject, keys, now, CERTIFICATE_LIFE);
    try {
      JcaX509ExtensionUtils ids = new JcaX509ExtensionUtils();
      builder.addExtension(Extension.basicConstraints, true, new BasicConstraints(false));
      builder.addExtension(Extension.keyUsage, true, new KeyUsage(KeyUsage.digitalSignature));
      builder.addExtension(
          Extension.extendedKeyUsage,
          false,
          new ExtendedKeyUsage(
              new KeyPurposeId[] {KeyPurposeId.id_kp_serverAuth, KeyPurposeId.id_kp_clientAuth}));
      builder.addExtension(
          Extension.authorityKeyIdentifier,
          false,
          ids.createAuthorityKeyIdentifier(self.certificate().getPublicKey()));
      builder.addExtension(
          Extension.subjectKeyIdentifier, false, ids.createSubjectKeyIdentifier(keys.getPublic()));
      if (alternativeNames.isPresent()) {
        builder.addExtension(
            Extension.subjectAlternativeName, false, alternativeNames.orElseThrow());
      }
      return new KeyAndCertificate(
          keys.getPrivate(), sign(builder, new KeyPair(keys.getPublic(), self.key())));
    } catch (IOException | GeneralSecurityException e) {
      throw new IllegalStateException("no certificate could be issued for " + subject, e);
    }
  }

  private static JcaX509v3CertificateBuilder builder(
      X500Name issuer, X500Name subject, KeyPair keys, Instant now, Duration life) {
    return new JcaX509v3CertificateBuilder(
        issuer,
        new BigInteger(127, new SecureRandom()).setBit(126),
        Date.from(now.minus(BACKDATED)),
        Date.from(now.plus(life)),
        subject,
        keys.getPublic());
  }

  private static X509Certificate sign(JcaX509v3CertificateBuilder builder, KeyPair signer)
      throws GeneralSecurityException {
    try {
      return new JcaX509CertificateConverter()
          .getCertificate(
              builder.build(
                  new JcaContentSignerBuilder("SHA256withECDSA").build(signer.getPrivate())));
    } catch (OperatorCreationException e) {
      throw new GeneralSecurityException("the key cannot sign", e);
    }
  }

  private static KeyPair newKeys() {
    try {
      KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
      generator.initialize(new ECGenParameterSpec("secp256r1"));
      return generator.generateKeyPair();
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("this JDK cannot make EC keys", e);
    }
  }

  private static X500Name name(String commonName, String organization) {
    return new X500NameBuilder(BCStyle.INSTANCE)
        .addRDN(BCStyle.O, organization)
        .addRDN(BCStyle.CN, commonName)
        .build();
  }
}
