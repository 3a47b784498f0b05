package io.mysqlmmm.operator.pki;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.security.GeneralSecurityException;
import java.security.cert.CertPathValidator;
import java.security.cert.CertificateFactory;
import java.security.cert.PKIXParameters;
import java.security.cert.TrustAnchor;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class CertificateAuthorityTest {
  private static final Instant NOW = Instant.parse("2026-11-22T10:00:00Z");
  private static final String UID = "11111111-2222-3333-4444-555555555555";

  private final CertificateAuthority authority = CertificateAuthority.create(NOW);

  @Test
  void issuesCertificatesThatValidateAgainstIt() throws GeneralSecurityException {
    X509Certificate issued = authority.issueAgent("db1", UID, "10.77.0.11", NOW).certificate();

    PKIXParameters parameters =
        new PKIXParameters(Set.of(new TrustAnchor(authority.certificate(), null)));
    parameters.setDate(Date.from(NOW));
    parameters.setRevocationEnabled(false);
    CertPathValidator.getInstance("PKIX")
        .validate(
            CertificateFactory.getInstance("X.509").generateCertPath(List.of(issued)), parameters);
    assertThat(issued.getBasicConstraints()).isEqualTo(-1);
  }

  @Test
  void namesHostResourceAndAddress() throws GeneralSecurityException {
    X509Certificate issued = authority.issueAgent("db1", UID, "10.77.0.11", NOW).certificate();

    assertThat(issued.getSubjectX500Principal().getName()).isEqualTo("CN=db1,O=" + UID);
    assertThat(issued.getSubjectAlternativeNames())
        .containsExactlyInAnyOrder(List.of(7, "10.77.0.11"), List.of(2, "db1"));
    assertThat(issued.getExtendedKeyUsage())
        .containsExactlyInAnyOrder("1.3.6.1.5.5.7.3.1", "1.3.6.1.5.5.7.3.2");
  }

  @Test
  void namesTheOperator() {
    X509Certificate issued = authority.issueOperator(NOW).certificate();

    assertThat(issued.getSubjectX500Principal().getName()).isEqualTo("CN=operator,O=mysql-mmm");
  }

  @Test
  void keepsACertificateForTwoThirdsOfItsLife() {
    X509Certificate issued = authority.issueAgent("db1", UID, "fd00::1", NOW).certificate();
    Instant due = CertificateAuthority.renewalDue(issued);

    assertThat(Duration.between(NOW, due).toDays()).isEqualTo(243);
    assertThat(authority.stillGood(issued, "db1", UID, "fd00:0::0:1", NOW)).isTrue();
    assertThat(authority.stillGood(issued, "db1", UID, "fd00::1", due.minusSeconds(1))).isTrue();
    assertThat(authority.stillGood(issued, "db1", UID, "fd00::1", due)).isFalse();
  }

  @Test
  void replacesACertificateOfAnotherHostResourceAddressOrAuthority() {
    X509Certificate issued = authority.issueAgent("db1", UID, "10.77.0.11", NOW).certificate();

    assertThat(authority.stillGood(issued, "db2", UID, "10.77.0.11", NOW)).isFalse();
    assertThat(authority.stillGood(issued, "db1", "other", "10.77.0.11", NOW)).isFalse();
    assertThat(authority.stillGood(issued, "db1", UID, "10.77.0.12", NOW)).isFalse();
    assertThat(CertificateAuthority.create(NOW).stillGood(issued, "db1", UID, "10.77.0.11", NOW))
        .isFalse();
  }

  @Test
  void survivesItsPem() throws GeneralSecurityException {
    CertificateAuthority read =
        CertificateAuthority.fromPem(authority.certificatePem(), authority.keyPem());
    X509Certificate issued = read.issueAgent("db1", UID, "10.77.0.11", NOW).certificate();

    assertThat(authority.stillGood(issued, "db1", UID, "10.77.0.11", NOW)).isTrue();
  }

  @Test
  void refusesWhatIsNoAuthority() {
    KeyAndCertificate agent = authority.issueAgent("db1", UID, "10.77.0.11", NOW);
    CertificateAuthority other = CertificateAuthority.create(NOW);

    assertThatThrownBy(() -> CertificateAuthority.fromPem("", ""))
        .isInstanceOf(GeneralSecurityException.class);
    assertThatThrownBy(() -> CertificateAuthority.fromPem(agent.certificatePem(), agent.keyPem()))
        .isInstanceOf(GeneralSecurityException.class);
    assertThatThrownBy(
            () -> CertificateAuthority.fromPem(authority.certificatePem(), other.keyPem()))
        .isInstanceOf(GeneralSecurityException.class);
    assertThatThrownBy(
            () ->
                CertificateAuthority.fromPem(
                    authority.certificatePem(),
                    "-----BEGIN PRIVATE KEY-----\n!\n-----END PRIVATE KEY-----\n"))
        .isInstanceOf(GeneralSecurityException.class);
  }

  @Test
  void neverPrintsAKey() {
    assertThat(authority.issueOperator(NOW).toString())
        .doesNotContain("BEGIN")
        .contains("operator");
  }
}
