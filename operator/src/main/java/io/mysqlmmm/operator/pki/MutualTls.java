package io.mysqlmmm.operator.pki;

import java.io.IOException;
import java.net.Socket;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.Principal;
import java.security.PrivateKey;
import java.security.SecureRandom;
import java.security.cert.X509Certificate;
import java.time.Clock;
import java.time.Instant;
import java.util.function.Function;
import javax.net.ssl.KeyManager;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509ExtendedKeyManager;
import org.jspecify.annotations.Nullable;

/**
 * TLS 1.3 with certificates on both ends, trusting the installation's authority and nobody else.
 * Endpoint identification is left as it is in {@code HttpClient}: on, so that an agent is believed
 * only at the IP address its certificate names.
 */
public final class MutualTls {
  private MutualTls() {}

  /**
   * For the operator's {@code HttpClient}. The client certificate is issued in memory and issued
   * anew, for later handshakes, once two thirds of its life are over.
   */
  public static SSLContext operatorContext(CertificateAuthority authority, Clock clock) {
    return context(authority.certificate(), new Renewing(authority::issueOperator, clock));
  }

  static SSLContext context(X509Certificate trusted, X509ExtendedKeyManager keys) {
    try {
      KeyStore store = KeyStore.getInstance(KeyStore.getDefaultType());
      store.load(null, null);
      store.setCertificateEntry("authority", trusted);
      TrustManagerFactory trust = TrustManagerFactory.getInstance("PKIX");
      trust.init(store);
      SSLContext context = SSLContext.getInstance("TLSv1.3");
      TrustManager[] trustManagers = trust.getTrustManagers();
      context.init(new KeyManager[] {keys}, trustManagers, new SecureRandom());
      return context;
    } catch (GeneralSecurityException | IOException e) {
      throw new IllegalStateException("no TLS context could be made", e);
    }
  }

  /** Shows one key, which it has issued anew in time. */
  static final class Renewing extends X509ExtendedKeyManager {
    private static final String ALIAS = "self";

    private final Function<Instant, KeyAndCertificate> issuer;
    private final Clock clock;
    private KeyAndCertificate current;

    Renewing(Function<Instant, KeyAndCertificate> issuer, Clock clock) {
      this.issuer = issuer;
      this.clock = clock;
      this.current = issuer.apply(clock.instant());
    }

    private synchronized KeyAndCertificate current() {
      Instant now = clock.instant();
      if (!now.isBefore(CertificateAuthority.renewalDue(current.certificate()))) {
        current = issuer.apply(now);
      }
      return current;
    }

    @Override
    public X509Certificate[] getCertificateChain(String alias) {
      return new X509Certificate[] {current().certificate()};
    }

    @Override
    public PrivateKey getPrivateKey(String alias) {
      return current().key();
    }

    @Override
    public String[] getClientAliases(String keyType, Principal @Nullable [] issuers) {
      return new String[] {ALIAS};
    }

    @Override
    public String chooseClientAlias(
        String[] keyType, Principal @Nullable [] issuers, @Nullable Socket socket) {
      return ALIAS;
    }

    @Override
    public String chooseEngineClientAlias(
        String[] keyType, Principal @Nullable [] issuers, @Nullable SSLEngine engine) {
      return ALIAS;
    }

    @Override
    public String[] getServerAliases(String keyType, Principal @Nullable [] issuers) {
      return new String[] {ALIAS};
    }

    @Override
    public String chooseServerAlias(
        String keyType, Principal @Nullable [] issuers, @Nullable Socket socket) {
      return ALIAS;
    }

    @Override
    public String chooseEngineServerAlias(
        String keyType, Principal @Nullable [] issuers, @Nullable SSLEngine engine) {
      return ALIAS;
    }
  }
}
