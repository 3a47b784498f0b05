package io.mysqlmmm.agent.mysql;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.sql.SQLException;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * The CA's certificates as the driver wants them: a PKCS #12 file, made anew whenever ca.crt
 * changes. It holds nothing secret.
 */
public final class TrustStore {
  static final String TYPE = "PKCS12";
  static final String PASSWORD = "public";

  private final Path ca;
  private final Path store;
  private final ReentrantLock lock = new ReentrantLock();
  private @Nullable FileTime made;

  public TrustStore(Path ca, Path store) {
    this.ca = ca;
    this.store = store;
  }

  /** Where the driver finds it. */
  String url() throws SQLException {
    lock.lock();
    try {
      FileTime changed = Files.getLastModifiedTime(ca);
      if (!changed.equals(made)) {
        write();
        made = changed;
      }
      return store.toUri().toURL().toString();
    } catch (IOException | GeneralSecurityException e) {
      throw new SQLException("cannot make a trust store of " + ca, e);
    } finally {
      lock.unlock();
    }
  }

  private void write() throws IOException, GeneralSecurityException {
    KeyStore keys = KeyStore.getInstance(TYPE);
    keys.load(null, null);
    try (InputStream in = Files.newInputStream(ca)) {
      int n = 0;
      for (Certificate c : CertificateFactory.getInstance("X.509").generateCertificates(in)) {
        keys.setCertificateEntry("ca" + n++, c);
      }
    }
    Path next = store.resolveSibling(store.getFileName() + ".tmp");
    try (OutputStream out = Files.newOutputStream(next)) {
      keys.store(out, PASSWORD.toCharArray());
    }
    Files.move(next, store, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
  }
}
