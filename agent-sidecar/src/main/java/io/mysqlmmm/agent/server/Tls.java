package io.mysqlmmm.agent.server;

import io.mysqlmmm.agent.Ticker;
import java.io.IOException;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.Principal;
import java.security.PrivateKey;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.locks.ReentrantLock;
import javax.net.ssl.KeyManager;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509ExtendedKeyManager;
import javax.net.ssl.X509ExtendedTrustManager;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The agent's certificate, key and CA, as in the files now: a rotation needs no restart. Files that
 * cannot be read, or do not belong together yet, leave the last good ones in use.
 */
public final class Tls {
  private static final Logger log = LoggerFactory.getLogger(Tls.class);
  private static final String ALIAS = "agent";

  /** How long files are taken as unchanged without a look. */
  private static final long LOOK_NANOS = Duration.ofSeconds(1).toNanos();

  /** For how long a session may be resumed without showing the certificate again. */
  private static final int SESSION_SECONDS = 300;

  private record Material(
      List<FileTime> times,
      List<X509Certificate> chain,
      PrivateKey key,
      X509ExtendedTrustManager trust) {}

  private final Path directory;
  private final Ticker ticker;
  private final ReentrantLock lock = new ReentrantLock();
  private Material material;
  private long lookedAt;

  /**
   * Reads {@code directory}.
   *
   * @throws IOException a file is missing or cannot be understood
   */
  public Tls(Path directory, Ticker ticker) throws IOException, GeneralSecurityException {
    this.directory = directory;
    this.ticker = ticker;
    this.lookedAt = ticker.nanos();
    this.material = read(times());
  }

  /** A context that always uses the material of now. */
  SSLContext context() throws GeneralSecurityException {
    SSLContext context = SSLContext.getInstance("TLSv1.3");
    context.init(new KeyManager[] {new Keys(this)}, new TrustManager[] {new Trust(this)}, null);
    context.getServerSessionContext().setSessionTimeout(SESSION_SECONDS);
    return context;
  }

  private Material now() {
    lock.lock();
    try {
      if (ticker.nanos() - lookedAt >= LOOK_NANOS) {
        lookedAt = ticker.nanos();
        List<FileTime> times = times();
        if (!times.equals(material.times())) {
          material = read(times);
          log.info("new TLS certificate taken up");
        }
      }
    } catch (IOException | GeneralSecurityException e) {
      log.warn("the TLS files in {} cannot be taken up yet: {}", directory, e.toString());
    } finally {
      lock.unlock();
    }
    return material;
  }

  private List<FileTime> times() throws IOException {
    return List.of(time("tls.crt"), time("tls.key"), time("ca.crt"));
  }

  private FileTime time(String file) throws IOException {
    return Files.getLastModifiedTime(directory.resolve(file));
  }

  private Material read(List<FileTime> times) throws IOException, GeneralSecurityException {
    List<X509Certificate> chain = Pem.certificates(directory.resolve("tls.crt"));
    PrivateKey key =
        Pem.key(directory.resolve("tls.key"), chain.getFirst().getPublicKey().getAlgorithm());
    return new Material(times, chain, key, trust(Pem.certificates(directory.resolve("ca.crt"))));
  }

  private static X509ExtendedTrustManager trust(List<X509Certificate> authorities)
      throws IOException, GeneralSecurityException {
    KeyStore store = KeyStore.getInstance("PKCS12");
    store.load(null, null);
    for (int i = 0; i < authorities.size(); i++) {
      store.setCertificateEntry("ca" + i, authorities.get(i));
    }
    TrustManagerFactory factory =
        TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
    factory.init(store);
    for (TrustManager manager : factory.getTrustManagers()) {
      if (manager instanceof X509ExtendedTrustManager trust) {
        return trust;
      }
    }
    throw new GeneralSecurityException("this runtime has no X.509 trust manager");
  }

  /** The one key. */
  private static final class Keys extends X509ExtendedKeyManager {
    private final Tls tls;

    private Keys(Tls tls) {
      this.tls = tls;
    }

    private @Nullable String alias(String keyType) {
      String algorithm = tls.now().key().getAlgorithm();
      return keyType.startsWith(algorithm) || keyType.equals("EdDSA") ? ALIAS : null;
    }

    @Override
    public @Nullable String chooseEngineServerAlias(
        String keyType, Principal @Nullable [] issuers, @Nullable SSLEngine engine) {
      return alias(keyType);
    }

    @Override
    public @Nullable String chooseServerAlias(
        String keyType, Principal @Nullable [] issuers, @Nullable Socket socket) {
      return alias(keyType);
    }

    @Override
    public String[] getServerAliases(String keyType, Principal @Nullable [] issuers) {
      return new String[] {ALIAS};
    }

    @Override
    public @Nullable String chooseClientAlias(
        String[] keyType, Principal @Nullable [] issuers, @Nullable Socket socket) {
      return ALIAS;
    }

    @Override
    public @Nullable String chooseEngineClientAlias(
        String[] keyType, Principal @Nullable [] issuers, @Nullable SSLEngine engine) {
      return ALIAS;
    }

    @Override
    public String @Nullable [] getClientAliases(String keyType, Principal @Nullable [] issuers) {
      return null;
    }

    @Override
    public X509Certificate[] getCertificateChain(String alias) {
      return tls.now().chain().toArray(X509Certificate[]::new);
    }

    @Override
    public PrivateKey getPrivateKey(String alias) {
      return tls.now().key();
    }
  }

  /** Trusts what the CA of now has signed. */
  private static final class Trust extends X509ExtendedTrustManager {
    private final Tls tls;

    private Trust(Tls tls) {
      this.tls = tls;
    }

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String authType, SSLEngine engine)
        throws CertificateException {
      tls.now().trust().checkClientTrusted(chain, authType, engine);
    }

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String authType, Socket socket)
        throws CertificateException {
      tls.now().trust().checkClientTrusted(chain, authType, socket);
    }

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String authType)
        throws CertificateException {
      tls.now().trust().checkClientTrusted(chain, authType);
    }

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String authType, SSLEngine engine)
        throws CertificateException {
      tls.now().trust().checkServerTrusted(chain, authType, engine);
    }

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String authType, Socket socket)
        throws CertificateException {
      tls.now().trust().checkServerTrusted(chain, authType, socket);
    }

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String authType)
        throws CertificateException {
      tls.now().trust().checkServerTrusted(chain, authType);
    }

    @Override
    public X509Certificate[] getAcceptedIssuers() {
      return tls.now().trust().getAcceptedIssuers();
    }
  }
}
