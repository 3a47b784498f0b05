package io.mysqlmmm.kubectl.cluster;

import io.mysqlmmm.kubectl.cluster.ClusterException.Kind;
import java.io.IOException;
import java.net.Socket;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.X509Certificate;
import java.util.List;
import javax.net.ssl.KeyManager;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509ExtendedTrustManager;

/** TLS as a kubeconfig asks for it: its CA, or the runtime's; its client certificate, or none. */
final class Tls {
  private static final char[] NO_PASSWORD = {};

  private Tls() {}

  static SSLContext context(ClusterAccess access) throws ClusterException {
    try {
      SSLContext context = SSLContext.getInstance("TLS");
      context.init(keyManagers(access), trustManagers(access), null);
      return context;
    } catch (GeneralSecurityException | IOException e) {
      throw new ClusterException(
          Kind.KUBECONFIG, "TLS cannot be set up from the kubeconfig: " + e.getMessage() + ".", e);
    }
  }

  private static KeyManager[] keyManagers(ClusterAccess access)
      throws GeneralSecurityException, IOException, ClusterException {
    if (access.identity().certificate().isEmpty()) {
      return new KeyManager[0];
    }
    Identity.Certificate own = access.identity().certificate().get();
    KeyStore store = emptyStore();
    X509Certificate[] chain = Pem.certificates(own.chain()).toArray(new X509Certificate[0]);
    store.setKeyEntry("client", Pem.privateKey(own.key()), NO_PASSWORD, chain);
    KeyManagerFactory factory = KeyManagerFactory.getInstance("PKIX");
    factory.init(store, NO_PASSWORD);
    return factory.getKeyManagers();
  }

  private static TrustManager[] trustManagers(ClusterAccess access)
      throws GeneralSecurityException, IOException, ClusterException {
    if (access.insecure()) {
      return new TrustManager[] {new TrustAnything()};
    }
    TrustManagerFactory factory = TrustManagerFactory.getInstance("PKIX");
    if (access.authority().isEmpty()) {
      factory.init((KeyStore) null);
    } else {
      KeyStore store = emptyStore();
      List<X509Certificate> authorities = Pem.certificates(access.authority().get());
      for (int i = 0; i < authorities.size(); i++) {
        store.setCertificateEntry("ca" + i, authorities.get(i));
      }
      factory.init(store);
    }
    return factory.getTrustManagers();
  }

  /** Never written anywhere. PKCS12 would stretch its password 20 000 times to keep the key. */
  private static KeyStore emptyStore() throws GeneralSecurityException, IOException {
    KeyStore store = KeyStore.getInstance("JKS");
    store.load(null, null);
    return store;
  }

  /** For insecure-skip-tls-verify alone. Being an extended manager, no host name is checked. */
  private static final class TrustAnything extends X509ExtendedTrustManager {
    @Override
    public void checkServerTrusted(X509Certificate[] chain, String type, SSLEngine engine) {}

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String type, Socket socket) {}

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String type) {}

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String type, SSLEngine engine) {}

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String type, Socket socket) {}

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String type) {}

    @Override
    public X509Certificate[] getAcceptedIssuers() {
      return new X509Certificate[0];
    }
  }
}
